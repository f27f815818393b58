"""Other looks at the same summary: one week, one day's two accounts, the room's screen, nights and noise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from xml.etree.ElementTree import Element

from tests.cast import Cast
from tests.mediator.keeping import note, rated, ten_days_and_one_noise
from tests.page import Page
from tests.visitor import Visitor
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]
MONDAY = date(2026, 3, 2)


def _url(trial: Trial) -> str:
    return f"/caseload/{trial.id}/summary"


def _diary(cast: Cast) -> None:
    """Nine days by Parent A; on the eighth not as planned. Parent B on the third and the eighth."""
    for n in range(9):
        said = rated("not_kept" if n == 7 else "kept") | {"night": "AABBAAABB"[n]}
        note(cast, cast.parent_a, cast.parenting, MONDAY + timedelta(days=n), answers=said)
    for n, night in ((2, "other"), (7, "B")):
        note(cast, cast.parent_b, cast.parenting, MONDAY + timedelta(days=n), answers=rated() | {"night": night})


def test_one_week_counts_its_own_days_alone(cast: Cast, visit: Visit) -> None:
    _diary(cast)
    browser = visit(cast.mediator)
    whole = browser.get(_url(cast.parenting))
    assert [o.get("value") for o in whole.all("option")] == ["", "1", "2"]
    page = browser.get(_url(cast.parenting) + "?week=2")
    assert page.has("2 of 2 days 2 on time")
    assert page.has("1 of 2 days 1 on time")
    assert page.has("1 of 2 1 not as planned")
    assert page.has("Handoffs 1 planned")  # Monday the 9th is no first day: the night before was with Parent A
    assert page.has("With Parent B 2 2 1")
    for of_the_whole in ("To talk about first", "Week by week"):
        assert whole.has(of_the_whole)
        assert not page.has(of_the_whole)
    assert "?term=bedtime&week=2#days" in page.links()
    for nonsense in ("0", "3", "99", "-1", "x", "²"):
        assert browser.get(_url(cast.parenting) + f"?week={nonsense}").has("9 of 9 days")


def test_a_night_with_its_month_fits_its_cell_on_a_narrow_phone(cast: Cast, visit: Visit) -> None:
    """It may break there: as one word it lay across the next night, with its marks."""
    _diary(cast)
    page = visit(cast.mediator).get(_url(cast.parenting))
    assert "2 Mar" in [e.text for e in page.all("span") if e.get("class") == "date num"]


def test_each_cell_opens_that_days_two_accounts(cast: Cast, visit: Visit) -> None:
    _diary(cast)
    hidden = {"terms": {"bedtime": "kept"}, "night": "A", "child": 1}
    note(
        cast,
        cast.parent_b,
        cast.parenting,
        date(2026, 3, 9),
        answers=hidden,
        text="For the mediator.",
        at=datetime(2026, 3, 10, 12, tzinfo=UTC),
    )
    browser = visit(cast.mediator)
    summary = browser.get(_url(cast.parenting))
    days = [link for link in summary.links() if "/summary/days/" in link]
    assert len(days) == 2 * 9
    page = browser.get(next(day for day in days if day.endswith("2026-03-09")))
    assert page.has("Monday 9 Mar")
    assert not page.has("Monday 9 March")
    assert page.has("Lights out by 20:30 on school nights: not as planned")
    assert page.has("Night with Parent B")
    assert page.text.index("Parent A") < page.text.index("not as planned") < page.text.rindex("Night with Parent A")
    assert not page.has("For the mediator.")
    assert not page.has("The child's day")  # between a party and the mediator, not among what the summary counts
    assert f"/caseload/{cast.parenting.id}#day-2026-03-09" in page.links()
    assert f"{_url(cast.parenting)}/days/2026-03-08" in page.links()
    for outside in ("2026-03-01", "2026-03-11", "2026-04-01"):
        browser.get(f"{_url(cast.parenting)}/days/{outside}", 404)


def test_on_the_rooms_screen_there_is_only_the_summary(cast: Cast, visit: Visit) -> None:
    _diary(cast)
    browser = visit(cast.mediator)
    page = browser.get(_url(cast.parenting) + "?present=yes")
    assert "present" in (page.all("body")[0].get("class") or "").split()
    assert page.has("As planned, by term")
    assert page.links().count(_url(cast.parenting)) == 2  # the way out, above everything and below it
    assert page.text.index("Stop presenting") < page.text.index("What both accounts say Day by day")
    for private in ("Not released yet", "Preview, then release", "The parties do not see this yet"):
        assert browser.get(_url(cast.parenting)).has(private) or private == "Not released yet"
        assert not page.has(private)


def test_nights_stand_as_a_calendar_of_both(cast: Cast, visit: Visit) -> None:
    _diary(cast)
    page = visit(cast.mediator).get(_url(cast.parenting))
    assert page.has("Wed 4 Mar: planned Parent B, Parent A says Parent B, Parent B says somewhere else")
    assert page.has("Mon 2 Mar: planned Parent A, Parent A says Parent A, Parent B says no entry")
    cells = {_first(td): td for td in _table(page, "nights").iter("td") if len(td)}
    assert len(cells) == 9
    framed = [text for text, td in cells.items() if (td[0].get("class") or "") == "differs"]
    # Parent A noted the eighth night with Parent B and so did Parent B: as planned, like all but the third.
    assert [text[:10] for text in framed] == ["Wed 4 Mar:"]


def _table(page: Page, name: str) -> Element:
    return next(table for table in page.all("table") if name in (table.get("class") or ""))


def _first(cell: Element) -> str:
    return " ".join("".join(cell[0][0].itertext()).split())


def test_disturbed_and_quiet_nights_are_drawn_and_stand_in_a_table(cast: Cast, visit: Visit) -> None:
    ten_days_and_one_noise(cast)
    page = visit(cast.mediator).get(_url(cast.noise))
    assert page.has("Mon 0 of 3 1 of 3 Tue 0 of 3 0 of 3")  # Mondays 23 February, 2 and 9 March
    assert page.has("Disturbed nights, of all with quiet hours Nights, week from Upstairs Downstairs")
    assert page.has("22 Feb 0 of 7 1 of 7 1 Mar 0 of 7 0 of 7")
    bars = [e.get("class") for e in page.all("rect") if e.get("class") in ("full", "open", "none") and e.get("height")]
    # By week: Upstairs three of unknown nights; Downstairs 1 full and 6 quiet, 3 quiet and 4 unknown, 3 unknown.
    assert bars[:3] == ["none"] * 3
    assert bars[3:8] == ["full", "open", "open", "none", "none"]
    for svg in page.all("svg"):
        if svg.get("role") == "img":
            assert "as in the table below" in (svg.get("aria-label") or "")
