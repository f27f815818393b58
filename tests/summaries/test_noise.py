"""Noise, worked out by hand. Quiet hours in these trials are from 22:00 to 07:00 every night, unless it is said."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from tests.summaries.small import FIRST, day, local, noise, outline
from tracker.plans.entry import Entry
from tracker.plans.plan import WEEKDAYS
from tracker.summaries.compile import compile_summary

NIGHTLY = {weekday: (time(22), time(7)) for weekday in WEEKDAYS}


def figures(
    entries: list[Entry], hours: dict[str, tuple[time, time]] | None = None, as_of: int | None = None, **more: Any
) -> dict[str, Any]:
    """A's figures."""
    through = None if as_of is None else FIRST + timedelta(days=as_of)
    result: dict[str, Any] = compile_summary(outline(quiet_hours=hours or NIGHTLY, **more), entries, through)["noise"][
        "A"
    ]
    return result


def hours_of(found: dict[str, Any]) -> dict[int, int]:
    """The hours with noise in them."""
    return {hour: minutes for hour, minutes in enumerate(found["by_hour"]) if minutes}


def test_an_evening_that_runs_into_the_quiet_hours() -> None:
    """21:30 to 23:15: 105 minutes, of them 75 after 22:00. By hour: 30 from 21, 60 from 22, 15 from 23."""
    found = figures([noise("A", 0, local(0, "21:30"), 105)])
    assert (found["events"], found["minutes"], found["quiet_hours_minutes"]) == (1, 105, 75)
    assert hours_of(found) == {21: 30, 22: 60, 23: 15}
    assert len(found["by_hour"]) == 24


def test_overlapping_events_are_counted_once() -> None:
    """22:00-23:00, 22:30-23:30 and, inside both, 22:40-22:50: three events, 90 minutes."""
    entries = [noise("A", 0, local(0, at), minutes) for at, minutes in (("22:30", 60), ("22:40", 10), ("22:00", 60))]
    found = figures(entries)
    assert (found["events"], found["minutes"], found["quiet_hours_minutes"]) == (3, 90, 90)
    assert hours_of(found) == {22: 60, 23: 30}


def test_minutes_are_rounded_down_at_the_end_and_not_before() -> None:
    """Two events of 90 seconds are 3 minutes, not 2. A third of 59 seconds does not make a fourth."""
    entries = [noise("A", 0, local(0, "12:00"), 1.5), noise("A", 0, local(0, "13:00"), 1.5)]
    assert figures(entries)["minutes"] == 3
    assert figures([*entries, noise("A", 0, local(0, "14:00"), 59 / 60)])["minutes"] == 3


def test_each_hour_is_rounded_down_by_itself() -> None:
    """A minute and a half in each of two hours: 1 and 1, although there are 3 minutes."""
    found = figures([noise("A", 0, local(0, "12:00"), 1.5), noise("A", 0, local(0, "13:00"), 1.5)])
    assert (found["minutes"], hours_of(found)) == (3, {12: 1, 13: 1})


def test_disturbed_quiet_and_no_entry_add_up_to_the_windows() -> None:
    """7 windows. The nights of days 0 and 3 have noise; A wrote a day entry for 0, 1 and 2: 2 disturbed, 2 quiet,
    3 no entry. Noise in the afternoon of day 1 leaves its night quiet.
    """
    entries = [noise("A", 0, local(0, "23:00"), 10), noise("A", 3, local(3, "22:30"), 10)]
    entries += [noise("A", 1, local(1, "15:00"), 60), day("A", 0), day("A", 1), day("A", 2)]
    found = figures(entries)
    assert (found["disturbed_nights"], found["quiet_nights"], found["no_entry"], found["windows"]) == (2, 2, 3, 7)


def test_noise_after_midnight_disturbs_the_night_that_began_before() -> None:
    """At 03:00 on day 1 it is still the night of day 0."""
    found = figures([noise("A", 1, local(1, "03:00"), 30), day("A", 0), day("A", 1)])
    assert (found["disturbed_nights"], found["quiet_nights"]) == (1, 1)
    assert found["weeks"] == [1]


def test_one_event_may_disturb_two_nights() -> None:
    """From 06:30 on day 1 to 22:30 on the same day: half an hour of each night, 60 minutes of quiet hours."""
    found = figures([noise("A", 1, local(1, "06:30"), 16 * 60)])
    assert (found["disturbed_nights"], found["quiet_hours_minutes"], found["minutes"]) == (2, 60, 960)


@pytest.mark.parametrize(
    ("start", "minutes", "disturbed"),
    [("21:00", 60, 0), ("21:00", 61, 1), ("21:59", 1 + 1 / 60, 1)],
)
def test_an_event_that_ends_as_the_window_starts_does_not_reach_into_it(
    start: str, minutes: float, disturbed: int
) -> None:
    found = figures([noise("A", 0, local(0, start), minutes)])
    assert (found["disturbed_nights"], found["quiet_hours_minutes"]) == (disturbed, 1 if minutes == 61 else 0)


def test_the_early_morning_of_the_first_day_lies_in_no_window_of_the_trial() -> None:
    """Its night began the day before the trial. The minutes count, the quiet hours do not."""
    found = figures([noise("A", 0, local(0, "02:00"), 45)])
    assert (found["minutes"], found["quiet_hours_minutes"], found["disturbed_nights"]) == (45, 0, 0)


def test_an_event_of_the_last_elapsed_day_counts_whole() -> None:
    """As of day 2: 23:30 to 00:30 counts with 60 minutes; an event from 00:40 belongs to day 3, and does not."""
    entries = [noise("A", 2, local(2, "23:30"), 60), noise("A", 3, local(3, "00:40"), 60)]
    found = figures(entries, as_of=2)
    assert (found["events"], found["minutes"], found["quiet_hours_minutes"], found["windows"]) == (1, 60, 60, 3)
    assert hours_of(found) == {23: 30, 0: 30}


def test_weekdays_without_quiet_hours_have_no_window() -> None:
    """Quiet hours on Fridays only: one window in a week. Noise on Monday night disturbs none."""
    found = figures([noise("A", 0, local(0, "23:00"), 30), day("A", 4)], {"fri": (time(23), time(8))})
    assert (found["windows"], found["disturbed_nights"], found["quiet_nights"], found["no_entry"]) == (1, 0, 1, 0)


def test_windows_that_overlap_count_a_minute_once() -> None:
    """Mondays from 20:00 to 19:00, Tuesdays from 18:00: noise from 18:15 to 18:45 on Tuesday is in both windows."""
    hours = {"mon": (time(20), time(19)), "tue": (time(18), time(7))}
    found = figures([noise("A", 1, local(1, "18:15"), 30)], hours)
    assert (found["disturbed_nights"], found["quiet_hours_minutes"]) == (2, 30)


def test_the_night_that_the_clocks_go_forward_is_an_hour_shorter() -> None:
    """8 March 2026 (day 6), 02:00 becomes 03:00. Noise from 01:30 to 03:30 on the clock is one real hour."""
    found = figures([noise("A", 6, local(6, "01:30"), 60)])
    assert (found["minutes"], hours_of(found)) == (60, {1: 30, 3: 30})
    whole_night = figures([noise("A", 5, local(5, "22:00"), 8 * 60)])
    assert whole_night["quiet_hours_minutes"] == 480  # 22:00 to 07:00 in eight hours instead of nine


def test_the_night_that_the_clocks_go_back_has_one_hour_twice() -> None:
    """1 November 2026, 02:00 becomes 01:00. From 00:30 to 02:30 on the clock are three real hours, two at one."""
    first = date(2026, 10, 31)
    start = datetime.fromisoformat("2026-11-01T00:30:00-04:00")
    n = (date(2026, 11, 1) - FIRST).days
    found = figures([noise("A", n, start, 180)], starts_on=first)
    assert (found["minutes"], found["quiet_hours_minutes"]) == (180, 180)
    assert hours_of(found) == {0: 30, 1: 120, 2: 30}


def test_a_window_inside_the_skipped_hour_has_no_minutes() -> None:
    """Sundays from 02:10 to 02:50: on 8 March these are 07:10 and 07:50 in UTC, 03:10 to 03:50 in summer time.

    One from 02:30 to 03:00 would end (07:00 in UTC) before it starts (07:30): nothing reaches into it, and it still is
    one of the windows.
    """
    loud = [noise("A", 6, local(6, "01:00"), 240)]
    assert figures(loud, {"sun": (time(2, 10), time(2, 50))})["quiet_hours_minutes"] == 40
    found = figures(loud, {"sun": (time(2, 30), time(3))})
    assert (found["quiet_hours_minutes"], found["disturbed_nights"], found["windows"], found["no_entry"]) == (
        0,
        0,
        1,
        1,
    )


def test_levels_of_the_events_that_say_one() -> None:
    """3, 8 and 4, and one event without: the middle is 4, the highest 8. With a 5 it is between 4 and 5."""
    entries = [noise("A", n, local(n, "12:00"), 5, level=level) for n, level in enumerate((3, 8, 4))]
    entries.append(noise("A", 4, local(4, "12:00"), 5))
    found = figures(entries)
    assert (found["median_level"], found["max_level"], found["events"]) == (4, 8, 4)
    assert figures([*entries, noise("A", 5, local(5, "12:00"), 5, level=5)])["median_level"] == 4.5


def test_without_events_there_is_no_level() -> None:
    found = figures([])
    assert (found["median_level"], found["max_level"], found["minutes"], found["by_hour"]) == (None, None, 0, [0] * 24)


def test_weeks_are_those_of_the_windows() -> None:
    """10 days: noise in the nights of days 0, 6 and 8. Blocks of 7 and 3 days: 2 and 1."""
    entries = [noise("A", n, local(n, "23:00"), 5) for n in (0, 6, 8)]
    assert figures(entries, days=10)["weeks"] == [2, 1]


def test_each_party_by_its_own_account() -> None:
    noisy = compile_summary(outline(quiet_hours=NIGHTLY), [noise("A", 0, local(0, "23:00"), 5), day("B", 0)])["noise"]
    assert (noisy["A"]["disturbed_nights"], noisy["B"]["disturbed_nights"], noisy["B"]["quiet_nights"]) == (1, 0, 1)
