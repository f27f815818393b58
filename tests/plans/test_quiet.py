"""Quiet hours cross midnight, belong to the day they start on, and count real minutes when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plans.test_zones import days, zones
from tracker.plans.catalogue import template
from tracker.plans.plan import WEEKDAYS, Outline, Schedule, Term
from tracker.plans.quiet import QuietWindow, window, windows

NEW_YORK = "America/New_York"


def outline(starts_on: date, hours: dict[str, tuple[time, time]]) -> Outline:
    return Outline("noise", starts_on, 30, NEW_YORK, ("A", "B"), (Term("quiet", "Quiet"),), Schedule(quiet_hours=hours))


@pytest.mark.parametrize(
    ("day", "minutes"),
    [
        (date(2026, 3, 6), 540),  # Friday 23:00 to Saturday 08:00
        (date(2026, 3, 7), 480),  # Saturday: the clocks of New York skip 02:00 to 03:00 in this night
        (date(2026, 3, 8), 540),
        (date(2026, 10, 31), 600),  # Saturday: 01:00 to 02:00 comes twice in this night
    ],
)
def test_real_minutes_when_the_clocks_change(day: date, minutes: int) -> None:
    [found] = [one for one in windows(outline(day, dict(template("noise").quiet_hours))) if one.day == day]
    assert found.minutes == minutes


def test_a_window_belongs_to_the_day_it_starts_on() -> None:
    found = windows(outline(date(2026, 2, 2), {"fri": (time(22), time(8)), "sun": (time(13), time(15))}))
    assert found[:2] == [
        QuietWindow(date(2026, 2, 6), datetime(2026, 2, 7, 3, tzinfo=UTC), datetime(2026, 2, 7, 13, tzinfo=UTC)),
        QuietWindow(date(2026, 2, 8), datetime(2026, 2, 8, 18, tzinfo=UTC), datetime(2026, 2, 8, 20, tzinfo=UTC)),
    ]
    assert [one.day.day for one in found] == [6, 8, 13, 15, 20, 22, 27, 1]  # the last is 1 March


def test_windows_up_to_a_day() -> None:
    plan = outline(date(2026, 2, 2), dict(template("noise").quiet_hours))
    assert len(windows(plan)) == 30
    assert [one.day for one in windows(plan, date(2026, 2, 4))] == [date(2026, 2, day) for day in (2, 3, 4)]


def test_hours_that_the_clocks_skip_have_no_minutes() -> None:
    # 02:30 is skipped and counts as 03:30 of the new time; 03:00 is before that
    start, end = window({"sun": (time(2, 30), time(3))}, date(2026, 3, 8), ZoneInfo(NEW_YORK)) or (None, None)
    assert start == end == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)


@given(zones, days, st.times(), st.times())
def test_minutes_in_every_zone(zone: ZoneInfo, day: date, starts: time, ends: time) -> None:
    starts, ends = starts.replace(second=0, microsecond=0), ends.replace(second=0, microsecond=0)
    weekday = WEEKDAYS[day.weekday()]
    found = window({weekday: (starts, ends)}, day, zone)
    assert found is not None
    last = day if ends > starts else day + timedelta(days=1)
    on_the_wall = datetime.combine(last, ends) - datetime.combine(day, starts)
    # Real time is wall time less what the clocks moved on in between; the offsets are those just before either end.
    moved = _offset(zone, last, ends) - _offset(zone, day, starts)
    assert found[1] - found[0] == max(timedelta(0), on_the_wall - moved)
    assert window({weekday: (starts, ends)}, day + timedelta(days=1), zone) is None


def _offset(zone: ZoneInfo, day: date, at: time) -> timedelta:
    offset = datetime.combine(day, at, zone).utcoffset()
    assert offset is not None
    return offset
