"""The calendar: whole weeks, whose night, quiet hours, own marks; nothing of the other party's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from tests.cast import Cast
from tests.conftest import NOW
from tests.page import Page
from tests.party.day import url
from tests.visitor import Visitor
from tracker.db import db
from tracker.trials import rest
from tracker.trials.model import Acceptance

Visit = Callable[..., Visitor]
Travel = Callable[[datetime], None]


def _cell(page: Page, day: str) -> str:
    cell = next(a for a in page.all("a") if (a.get("href") or "").endswith(f"/days/{day}"))
    return " ".join(" ".join(cell.itertext()).split())


def _log(cast: Cast, browser: Visitor, rating: str) -> None:
    fields = {"kind": "day", "id": str(uuid4()), "day": "2026-03-09", "term-bedtime": rating}
    browser.post(url(cast.parenting, "observations"), fields)


def test_each_day_says_its_night_its_handoff_and_the_own_mark(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    _log(cast, browser, "partly")
    page = browser.get(url(cast.parenting, "calendar"))
    assert page.has("March 2026")
    label = "Mon 9 Mar: handoff 17:30, night with Parent B, you wrote: partly"
    assert label in _cell(page, "2026-03-09")
    assert "Wed 11 Mar: handoff 17:30, night with Parent A" in _cell(page, "2026-03-11")


def test_the_others_marks_are_not_there(cast: Cast, visit: Visit) -> None:
    before = visit(cast.parent_a).get(url(cast.parenting, "calendar")).text
    _log(cast, visit(cast.parent_b), "not_kept")
    assert visit(cast.parent_a).get(url(cast.parenting, "calendar")).text == before


def test_every_day_of_the_trial_is_there_once_and_no_other(cast: Cast, visit: Visit) -> None:
    links = visit(cast.downstairs).get(url(cast.noise, "calendar")).links()
    days = [link.rsplit("/", 1)[1] for link in links if "/days/" in link]
    assert len(days) == len(set(days)) == 30
    assert (days[0], days[-1]) == ("2026-02-22", "2026-03-23")


def test_quiet_hours_are_said_on_the_day_they_start(cast: Cast, visit: Visit) -> None:
    page = visit(cast.downstairs).get(url(cast.noise, "calendar"))
    assert "Fri 13 Mar: quiet hours 23:00 to 08:00" in _cell(page, "2026-03-13")
    assert "Sun 15 Mar: quiet hours 22:00 to 07:00" in _cell(page, "2026-03-15")


def test_weeks_begin_on_monday_and_are_whole(cast: Cast, visit: Visit) -> None:
    page = visit(cast.downstairs).get(url(cast.noise, "calendar"))
    rows = [row for body in page.all("tbody") for row in body]
    assert {len(list(row)) for row in rows} == {7}
    assert next(" ".join(th.itertext()) for th in page.all("th")).endswith("Monday")


def test_today_is_marked(cast: Cast, visit: Visit) -> None:
    page = visit(cast.parent_a).get(url(cast.parenting, "calendar"))
    (today,) = [cell for cell in page.all("td") if cell.get("aria-current") == "date"]
    assert "Tue 10 Mar" in " ".join(" ".join(today.itertext()).split())


def test_a_day_that_went_by_without_an_entry_says_so(cast: Cast, visit: Visit) -> None:
    """As every strip does; today is still open, and days to come say nothing."""
    browser = visit(cast.parent_a)
    _log(cast, browser, "partly")
    page = browser.get(url(cast.parenting, "calendar"))
    assert "Sun 8 Mar: night with Parent A, no entry" in _cell(page, "2026-03-08")
    assert not any("no entry" in _cell(page, day) for day in ("2026-03-09", "2026-03-10", "2026-03-11"))
    assert page.has("What you wrote, all terms together: Partly No entry")


def test_after_an_end_before_its_time_no_day_lacks_an_entry(cast: Cast, visit: Visit, travel: Travel) -> None:
    rest.end(cast.here(cast.parent_a, cast.parenting), cast.mediator.id, NOW)
    travel(NOW + timedelta(days=3))
    page = visit(cast.parent_a).get(url(cast.parenting, "calendar"))
    assert "no entry" in _cell(page, "2026-03-10")
    assert "no entry" not in _cell(page, "2026-03-11")


def test_a_trial_that_never_began_lacks_no_entry(cast: Cast, visit: Visit) -> None:
    db.session.query(Acceptance).delete()
    db.session.commit()
    assert not visit(cast.parent_a).get(url(cast.parenting, "calendar")).has("o entry")


def test_every_mark_and_the_double_frame_are_explained(cast: Cast, visit: Visit) -> None:
    """What one wrote, and a night that was changed by agreement; nothing is explained that is not there."""
    browser, other = visit(cast.parent_a), visit(cast.parent_b)
    page = browser.get(url(cast.parenting, "calendar"))
    assert not page.has("Partly")
    assert not page.has("Changed by agreement")
    _log(cast, browser, "partly")
    browser.post(url(cast.parenting, "changes"), {"day": "2026-03-11", "with": "B"})
    other.submit(other.get(url(cast.parenting, "calendar")), "/answers", button="Accept")
    page = browser.get(url(cast.parenting, "calendar"))
    assert page.has("What you wrote, all terms together: Partly No entry")
    assert page.has("Changed by agreement")
