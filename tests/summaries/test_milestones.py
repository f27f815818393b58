"""When each party says that a milestone was done, worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

from tests.summaries.small import FIRST, local, milestone, moment, outline
from tracker.plans.entry import Entry
from tracker.summaries.compile import compile_summary


def done_on(entries: list[Entry], as_of: int | None = None) -> dict[str, str | None]:
    """For the milestone `estimate`, beside another one."""
    trial = outline(milestones=(milestone("estimate", date(2026, 3, 12)), milestone("roof")))
    found = compile_summary(trial, entries, None if as_of is None else FIRST + timedelta(days=as_of))["milestones"]
    assert [(each["key"], each["due"]) for each in found] == [("estimate", "2026-03-12"), ("roof", "2026-03-02")]
    result: dict[str, str | None] = found[0]["done_on"]
    return result


def test_the_day_of_the_first_moment_that_says_done() -> None:
    """A says done on days 1 and 3: day 1, 3 March. B says it of the other milestone only."""
    entries = [moment("A", 3, milestone="estimate", done=True), moment("A", 1, milestone="estimate", done=True)]
    entries.append(moment("B", 0, milestone="roof", done=True))
    assert done_on(entries) == {"A": "2026-03-03", "B": None}


def test_nothing_if_the_latest_says_not() -> None:
    """Done on day 1, not done after all on day 2: none. Done again on day 3: day 1, the first that said so."""
    entries = [moment("A", 1, milestone="estimate", done=True), moment("A", 2, milestone="estimate", done=False)]
    assert done_on(entries)["A"] is None
    assert done_on([*entries, moment("A", 3, milestone="estimate", done=True)])["A"] == "2026-03-03"


def test_a_first_word_that_it_is_not_done_is_not_the_first_that_says_done() -> None:
    entries = [moment("A", 0, milestone="estimate", done=False), moment("A", 2, milestone="estimate", done=True)]
    assert done_on(entries)["A"] == "2026-03-04"


def test_the_latest_is_the_one_recorded_last_then_the_greater_id() -> None:
    """About day 3 and recorded on day 3: done. About day 1, and recorded after that: not. The second is the latest."""
    later = moment("A", 1, local(4, "10:00"), milestone="estimate", done=False)
    assert done_on([later, moment("A", 3, milestone="estimate", done=True)])["A"] is None
    at = local(1, "12:00")
    yes, no = (moment("A", 1, at, n, milestone="estimate", done=n == 1) for n in (1, 2))
    assert done_on([no, yes])["A"] is None


def test_moments_of_days_to_come_do_not_count() -> None:
    """As of day 1 the word of day 2, that it is not done, has not been said."""
    entries = [moment("A", 1, milestone="estimate", done=True), moment("A", 2, milestone="estimate", done=False)]
    assert done_on(entries, as_of=1)["A"] == "2026-03-03"


def test_moments_that_name_no_milestone_say_nothing() -> None:
    assert done_on([moment("A", 1, type="did")]) == {"A": None, "B": None}
