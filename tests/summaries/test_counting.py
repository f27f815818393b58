"""Which observation counts, and how soon it came."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.summaries.small import FIRST, NEW_YORK, day, handoff, local, outline
from tracker.plans.lateness import deadlines, how_much_later, lateness
from tracker.summaries.compile import compile_summary
from tracker.summaries.counting import counting


def test_of_several_the_latest_recorded_counts_then_the_greater_id() -> None:
    """Three entries about one day: 21:00 with id 9, 22:00 with id 5, 22:00 with id 6. The last counts, in any order."""
    early, late, later = day("A", 0, id_=9), day("A", 0, local(0, "22:00"), 5), day("A", 0, local(0, "22:00"), 6)
    for _ in range(6):
        entries = random.sample([early, late, later], 3)
        assert counting(entries) == {("A", FIRST): later}


def test_instants_are_compared_and_not_their_texts() -> None:
    """21:00 in New York is 02:00 of the next day in UTC, and so later than 23:00 in UTC."""
    evening, utc = day("A", 0, local(0, "21:00")), day("A", 0, datetime(2026, 3, 2, 23, tzinfo=UTC))
    assert counting([evening, utc]) == {("A", FIRST): evening}


def test_parties_days_and_kinds_are_counted_apart() -> None:
    entries = [day("A", 0), day("B", 0), day("A", 1), handoff("A", 0, "late")]
    assert len(counting(entries)) == 3
    assert list(counting(entries, "handoff")) == [("A", FIRST)]


@pytest.mark.parametrize(
    ("recorded_at", "label"),
    [
        # About Monday 2 March 2026. New York is 5 hours behind UTC.
        ("2026-03-02T05:00:00+00:00", "on_time"),  # as the day begins
        ("2026-03-03T16:59:59.999999+00:00", "on_time"),  # just before noon on Tuesday
        ("2026-03-03T17:00:00+00:00", "added_later"),  # noon
        ("2026-03-06T05:00:00+00:00", "added_later"),  # 72 hours after midnight between Monday and Tuesday
        ("2026-03-06T05:00:00.000001+00:00", "recollection"),
    ],
)
def test_on_time_until_noon_added_later_for_72_hours(recorded_at: str, label: str) -> None:
    assert lateness(FIRST, datetime.fromisoformat(recorded_at), NEW_YORK) == label


def test_72_hours_are_real_hours() -> None:
    """Friday 6 March ends at 05:00 UTC on Saturday. 72 hours later it is 05:00 UTC on Tuesday 10 March, which is 01:00
    in New York and no longer midnight, because the clocks went forward on Sunday.
    """
    noon, until = deadlines(date(2026, 3, 6), NEW_YORK)
    assert noon == datetime(2026, 3, 7, 17, tzinfo=UTC)
    assert until == datetime(2026, 3, 10, 5, tzinfo=UTC)
    assert until.astimezone(NEW_YORK).hour == 1


def test_a_midnight_that_the_clocks_skip_is_the_moment_of_the_skip() -> None:
    """In Beirut the clocks went from 00:00 to 01:00 on Sunday 30 March 2025: Saturday ended at 22:00 UTC."""
    beirut = ZoneInfo("Asia/Beirut")
    _, until = deadlines(date(2025, 3, 29), beirut)
    assert until == datetime(2025, 3, 29, 22, tzinfo=UTC) + timedelta(hours=72)


def test_how_much_later_is_counted_from_the_end_of_the_day() -> None:
    assert how_much_later(FIRST, local(0, "23:00"), NEW_YORK) == timedelta(0)
    assert how_much_later(FIRST, local(1, "14:30"), NEW_YORK) == timedelta(hours=14, minutes=30)


def test_coverage_is_by_the_counting_entry() -> None:
    """A: day 0 in the evening; day 1 at noon of the next day; day 2 after a week; day 3 in the evening and, as a
    correction, after a week. So 4 logged: 1 on time, 1 added later, 2 recollections. B: nothing; 7 days elapsed.
    """
    week = timedelta(days=7)
    entries = [
        day("A", 0), day("A", 1, local(2, "12:00")), day("A", 2, local(2, "21:00") + week),
        day("A", 3), day("A", 3, local(3, "21:00") + week),
    ]  # fmt: skip  # read in rows, as it is laid out
    coverage = compile_summary(outline(), entries)["coverage"]
    assert coverage["A"] == {"logged": 4, "on_time": 1, "added_later": 1, "recollection": 2, "elapsed": 7}
    assert coverage["B"] == {"logged": 0, "on_time": 0, "added_later": 0, "recollection": 0, "elapsed": 7}


def test_a_handoff_alone_is_no_logged_day() -> None:
    assert compile_summary(outline(), [handoff("A", 0, "on_time")])["coverage"]["A"]["logged"] == 0
