"""The summary on its page: every figure beside its denominator, and of the notes only those that were marked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import Cast, begin, proposed
from tests.conftest import NOW
from tests.mediator.keeping import fill, note, rated, ten_days_and_one_noise
from tests.page import Page
from tests.visitor import Visitor, counted
from tracker.cases.model import Party
from tracker.db import db
from tracker.observations.model import Observation
from tracker.pages.summary_figures import _figures as kept
from tracker.plans.plan_json import schedule_from_json
from tracker.trials import changes
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]
MONDAY = date(2026, 3, 2)


def _url(trial: Trial) -> str:
    return f"/caseload/{trial.id}/summary"


def _strip(page: Page) -> list[list[str]]:
    """The states that the strip on the page shows, by party."""
    lists = [e for e in page.all("ul") if "cells" in (e.get("class") or "").split()]
    found: dict[str, list[str]] = {}
    for cells in lists:
        marks = [(e.get("class") or "").split()[1] for e in cells.iter() if str(e.tag).endswith("svg")]
        found.setdefault((cells.get("class") or "").split()[1], []).extend(marks)
    return [found["first"], found["second"]]


@pytest.fixture
def told(cast: Cast) -> Trial:
    """Nine days: A says kept but for the third; B wrote on six, not as planned on two where A said kept."""
    for n in range(9):
        day = MONDAY + timedelta(days=n)
        note(cast, cast.parent_a, cast.parenting, day, answers=rated("partly" if n == 2 else "kept"))
        if n < 6:
            note(cast, cast.parent_b, cast.parenting, day, answers=rated("not_kept" if n in (3, 4) else "kept"))
    return cast.parenting


def test_the_terms_stand_with_both_counts_and_how_they_match(cast: Cast, visit: Visit, told: Trial) -> None:
    page = visit(cast.mediator).get(_url(told))
    row = next(e for e in page.all("tr") if "Lights out by 20:30" in "".join(e.itertext()))
    text = " ".join("".join(row.itertext()).split())
    # A: eight kept and one partly are nine rated days. B: four kept of six rated, two not as planned, three without.
    # Both rated six: equal on days 1, 2 and 6, near on the third, kept against not kept on two.
    assert text == (
        "Lights out by 20:30 on school nights 8 of 9 1 partly 4 of 6 2 not as planned, 3 no entry "
        "Same on 3, near on 1, differ on 2 of 6 days 3 days: only one rated"
    )
    assert "2\N{NO-BREAK SPACE}not as planned, 3\N{NO-BREAK SPACE}no entry" in page.html
    assert page.has("9 of 9 days 9 on time")
    assert page.has("6 of 9 days 6 on time")
    assert page.has("9 of 28 days")


def test_the_agenda_names_its_reasons_in_numbers(cast: Cast, visit: Visit, told: Trial) -> None:
    page = visit(cast.mediator).get(_url(told))
    first = page.text.index("To talk about first")
    assert (
        page.text.index("Ready to keep") < page.text.index("Homework done before the handoff As planned on 6") < first
    )
    assert page.has("As planned on 6 (Parent A) and 6 (Parent B) of 6 days that both rated.")
    assert page.has("Accounts differ on 2 of 6 days that both rated.")


def test_with_few_days_nothing_is_suggested(cast: Cast, visit: Visit) -> None:
    for n in range(4):
        note(cast, cast.parent_a, cast.parenting, MONDAY + timedelta(days=n))
        note(cast, cast.parent_b, cast.parenting, MONDAY + timedelta(days=n))
    page = visit(cast.mediator).get(_url(cast.parenting))
    assert page.has("Too few days for a suggestion on “Lights out by 20:30 on school nights”.")
    assert page.has("Both rated it on 4 of 9 days.")


def test_the_strip_shows_all_terms_or_one(cast: Cast, visit: Visit, told: Trial) -> None:
    browser = visit(cast.mediator)
    both = _strip(browser.get(_url(told)))
    assert both[0] == ["kept", "kept", "partly"] + ["kept"] * 6 + ["ahead"] * 19
    assert both[1] == ["kept"] * 3 + ["not_kept"] * 2 + ["kept"] + ["none"] * 3 + ["ahead"] * 19
    page = browser.get(_url(told) + "?term=homework")
    assert page.has("Day by day: Homework done before the handoff")
    assert set(_strip(page)[0][:9]) == {"kept"}
    assert _strip(browser.get(_url(told) + "?term=nothing"))[0] == both[0]
    assert page.has("Wed 4 Mar: as planned")


def test_an_earlier_day_can_be_the_last(cast: Cast, visit: Visit, told: Trial) -> None:
    browser = visit(cast.mediator)
    page = browser.get(_url(told) + "?as_of=2026-03-04")
    assert page.has("3 of 28 days")
    assert page.has("3 of 3 days")
    assert browser.get(_url(told) + "?as_of=2030-01-01").has("9 of 9 days")
    assert browser.get(_url(told) + "?as_of=2020-01-01").has("1 of 1 day ")
    assert browser.get(_url(told) + "?as_of=yesterday").has("9 of 9 days")
    page = browser.get(_url(told) + "?as_of=2026-03-04&term=homework")
    assert "?term=bedtime&as_of=2026-03-04#days" in page.links()


def test_only_marked_notes_of_entries_that_count_are_quoted(cast: Cast, visit: Visit) -> None:
    tuesday = date(2026, 3, 3)
    note(cast, cast.parent_a, cast.parenting, tuesday, text="First words, taken back.", audience="summary")
    at = datetime(2026, 3, 4, 15, tzinfo=UTC)
    note(cast, cast.parent_a, cast.parenting, tuesday, text="Second words.", audience="summary", at=at)
    note(cast, cast.parent_b, cast.parenting, tuesday, text="Only for the mediator.", audience="mediator")
    note(cast, cast.parent_b, cast.parenting, MONDAY, text="Only for me.", audience="me")
    note(
        cast,
        cast.parent_b,
        cast.parenting,
        MONDAY,
        kind="moment",
        text="A moment.",
        audience="summary",
        answers={"at": "2026-03-02T12:00:00-06:00"},
    )
    page = visit(cast.mediator).get(_url(cast.parenting))
    assert page.text.index("A moment.") < page.text.index("Second words.")
    assert page.has("Parent A Tue 3 Mar")
    assert page.has("Mon 2 Mar, about a moment")
    for words in ("taken back", "Only for the mediator", "Only for me"):
        assert not page.has(words)


def test_a_quote_that_came_late_is_labelled(cast: Cast, visit: Visit) -> None:
    note(
        cast, cast.parent_a, cast.parenting, MONDAY, text="Much later.", audience="summary", at=NOW - timedelta(hours=1)
    )
    note(
        cast,
        cast.parent_a,
        cast.parenting,
        date(2026, 3, 9),
        text="A bit later.",
        audience="summary",
        at=NOW - timedelta(hours=1),
    )
    page = visit(cast.mediator).get(_url(cast.parenting))
    assert page.has("Mon 2 Mar, recollection")
    assert page.has("Mon 9 Mar, added later")


def test_handoffs_and_overnights_stand_with_their_plan(cast: Cast, visit: Visit) -> None:
    # 2-2-3 from Monday the 2nd: nights AABBAAA BB, so handoffs on Wed 4, Fri 6 and Mon 9.
    for n, night in enumerate("AABBAAABA"):
        day = MONDAY + timedelta(days=n)
        note(cast, cast.parent_a, cast.parenting, day, answers={"night": night})
        if n != 1:
            note(cast, cast.parent_b, cast.parenting, day, answers={"night": "other" if n == 0 else night})
    for day, minutes in ((date(2026, 3, 4), 20), (date(2026, 3, 6), 31)):
        answers = {"outcome": "late", "minutes_late": minutes}
        note(cast, cast.parent_a, cast.parenting, day, kind="handoff", answers=answers)
        note(cast, cast.parent_b, cast.parenting, day, kind="handoff", answers={"outcome": "on_time"})
    note(cast, cast.parent_a, cast.parenting, date(2026, 3, 5), kind="handoff", answers={"outcome": "changed"})
    page = visit(cast.mediator).get(_url(cast.parenting))
    assert page.has("Handoffs 3 planned")
    assert page.has("Same on 0, differ on 2, no entry on 1 of 3 handoffs")
    assert page.has("Parent A: 25.5 minutes late (median of 2 late handoffs)")
    assert page.has("Parent A: 1 on a day without a planned one")
    assert page.has("With Parent A 5 6 4")  # planned, A's account, B's account
    assert page.has("With Parent B 4 3 3")
    assert page.has(
        "Both say as planned on 6, both say the same, not the plan, on 1, differ on 1, by one alone on 1 of 9 nights"
    )


def test_quiet_nights_come_first_and_noise_by_hour_has_its_table(cast: Cast, visit: Visit) -> None:
    ten_days_and_one_noise(cast)
    page = visit(cast.mediator).get(_url(cast.noise))
    assert page.has("17 nights with quiet hours")
    assert page.has("Quiet nights 0 9 Disturbed nights 0 1 No entry 17 7")
    assert page.has("All noise together 0 min 1 h 15 min")
    assert page.has("Level, middle and highest (1 to 10) – 6 and 6")
    assert page.has("22:00 0 30 23:00 0 45")
    assert page.has("22 Feb 0 of 7 1 of 7")
    assert not page.has("Handoffs")


def test_milestones_show_when_each_says_they_were_done(cast: Cast, visit: Visit) -> None:
    people = {person.name: person for person in (cast.upstairs, cast.downstairs)}
    schedule = {"milestones": [{"key": "estimate", "text": "Roof estimate", "due": "2026-03-12"}]}
    schedule_from_json(schedule)
    proposal = proposed("Roof", "repairs", 30, "UTC", schedule, date(2026, 3, 1))
    names = [("U", "Upstairs", "UTC"), ("D", "Downstairs", "UTC")]
    trial = begin(cast.programme.id, cast.mediator.id, names, people, proposal, NOW)
    db.session.commit()
    done = {"at": "2026-03-09T10:00:00+00:00", "milestone": "estimate", "done": True}
    note(cast, cast.upstairs, trial, date(2026, 3, 9), kind="moment", answers=done)
    page = visit(cast.mediator).get(_url(trial))
    assert page.has("Roof estimate Thu 12 Mar Done Mon 9 Mar Not noted as done")


def test_no_percentage_and_no_verdict(cast: Cast, visit: Visit, told: Trial) -> None:
    page = visit(cast.mediator).get(_url(told))
    assert "%" not in page.text
    for word in ("better", "worse", "good", "bad", "average", "reliable", "trust"):
        assert word not in page.text.lower()


def test_before_the_first_day_there_is_nothing_to_show(
    cast: Cast, visit: Visit, travel: Callable[[datetime], None]
) -> None:
    travel(datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert visit(cast.mediator).get(_url(cast.parenting)).has("Nothing to show yet")
    assert visit(cast.mediator).get(f"/caseload/{cast.parenting.id}/releases").has("Nothing to release yet")


def test_a_trial_that_ended_early_counts_up_to_its_end(
    cast: Cast, visit: Visit, told: Trial, travel: Callable[[datetime], None]
) -> None:
    visit(cast.mediator).post(f"/caseload/{told.id}/endings")
    travel(datetime(2026, 3, 20, 12, tzinfo=UTC))
    assert visit(cast.mediator).get(_url(told)).has("9 of 9 days")


def test_what_is_kept_is_never_what_has_changed_since(cast: Cast, visit: Visit, told: Trial) -> None:
    browser = visit(cast.mediator)

    def text() -> str:
        return browser.get(_url(told)).text

    assert "7 of 9 days" not in text()
    added = note(cast, cast.parent_b, told, date(2026, 3, 9), answers={"night": "A"})
    assert "7 of 9 days" in text()
    corrected = note(cast, cast.parent_b, told, date(2026, 3, 9), answers={"night": "B"}, at=NOW - timedelta(minutes=1))
    assert "With Parent B 4 0 1" in text()
    for id_ in (added, corrected):
        db.session.query(Observation).filter_by(id=id_).delete()
    db.session.commit()
    assert "6 of 9 days" in text()
    change = changes.propose(cast.here(cast.parent_a, told), date(2026, 3, 10), "A", NOW)
    changes.answer(cast.here(cast.parent_b, told), change.id, "accepted", NOW)
    assert "With Parent A 6 0 0" in text()
    db.session.query(Party).filter_by(case_id=told.case_id, key="B").update({"name": "The other parent"})
    db.session.commit()
    assert "With The other parent 3 0 0" in text()


def test_the_summary_costs_the_same_beside_six_thousand_observations(cast: Cast, visit: Visit, told: Trial) -> None:
    browser = visit(cast.mediator)

    def queries() -> int:
        kept.cache_clear()
        with counted() as statements:
            browser.get(_url(told))
        return len(statements)

    few = queries()
    assert fill(cast.noise, 17, each=177) > 6000
    assert queries() == few <= 12


def test_a_median_says_of_how_many_it_is_one(cast: Cast, visit: Visit) -> None:
    """A handoff that was late without a word of how much is counted as late, and not in the median."""
    for day, said in ((date(2026, 3, 4), {"minutes_late": 20}), (date(2026, 3, 6), {})):
        late = {"outcome": "late", **said}
        note(cast, cast.parent_a, cast.parenting, day, kind="handoff", answers=late)
    page = visit(cast.mediator).get(_url(cast.parenting))
    assert page.has("Parent A: 20 minutes late (median of 1 of 2 late handoffs)")
