"""Local times become instants by one rule, in every zone and on both clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.plans.zones import end_of_day, is_zone, local_midnight, to_utc

ZONES = sorted(name for name in available_timezones() if is_zone(name))
NEW_YORK = ZoneInfo("America/New_York")
zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(date(1990, 1, 1), date(2037, 12, 31))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]  # mypy takes the parts for a time zone too


@pytest.mark.parametrize(
    ("day", "at", "instant"),
    [
        (date(2026, 3, 7), time(2, 30), utc(2026, 3, 7, 7, 30)),  # an ordinary day
        (date(2026, 3, 8), time(1, 59), utc(2026, 3, 8, 6, 59)),  # the last minute before the skip
        (date(2026, 3, 8), time(2, 30), utc(2026, 3, 8, 7, 30)),  # skipped: as if the clocks had not changed yet
        (date(2026, 3, 8), time(3, 0), utc(2026, 3, 8, 7, 0)),
        (date(2026, 11, 1), time(1, 30), utc(2026, 11, 1, 5, 30)),  # comes twice: its first
        (
            date(2026, 11, 1),
            time(1, 30, fold=1),
            utc(2026, 11, 1, 5, 30),
        ),  # also when the time says that it is the second
        (date(2026, 11, 1), time(2, 0), utc(2026, 11, 1, 7, 0)),
    ],
)
def test_both_clock_changes_in_new_york(day: date, at: time, instant: datetime) -> None:
    assert to_utc(day, at, NEW_YORK) == instant


@pytest.mark.parametrize(
    ("zone", "day", "begins", "hours"),
    [
        ("America/New_York", date(2026, 3, 8), utc(2026, 3, 8, 5), 23),
        ("America/New_York", date(2026, 11, 1), utc(2026, 11, 1, 4), 25),
        ("Australia/Lord_Howe", date(2026, 4, 5), utc(2026, 4, 4, 13), 24.5),  # half an hour back
        ("Asia/Beirut", date(2026, 3, 29), utc(2026, 3, 28, 22), 23),  # midnight itself is skipped
        ("America/Havana", date(2026, 11, 1), utc(2026, 11, 1, 4), 25),  # midnight comes twice
        ("Pacific/Apia", date(2011, 12, 30), utc(2011, 12, 30, 10), 0),  # a day that Samoa never had
        ("Asia/Kathmandu", date(2026, 3, 2), utc(2026, 3, 1, 18, 15), 24),
    ],
)
def test_days_begin_and_end(zone: str, day: date, begins: datetime, hours: float) -> None:
    assert local_midnight(day, ZoneInfo(zone)) == begins
    assert end_of_day(day, ZoneInfo(zone)) - begins == timedelta(hours=hours)


@given(zones, days, st.times())
def test_a_local_time_that_exists_comes_back_from_its_instant(zone: ZoneInfo, day: date, at: time) -> None:
    instant = to_utc(day, at, zone)
    assert instant.tzinfo is UTC
    back = instant.astimezone(zone).replace(tzinfo=None)
    wanted = datetime.combine(day, at)
    if back != wanted:  # then the clocks skipped it, and it counts with the offset before the skip
        before = (instant - timedelta(days=1)).astimezone(zone).utcoffset()
        assert wanted - instant.replace(tzinfo=None) in (
            before,
            (instant - timedelta(hours=3)).astimezone(zone).utcoffset(),
        )
    else:
        earlier = [instant - timedelta(minutes=n) for n in (30, 60, 120)]
        assert all(other.astimezone(zone).replace(tzinfo=None) != wanted for other in earlier)


@given(zones, days)
def test_a_day_ends_when_the_next_begins_and_time_never_runs_back(zone: ZoneInfo, day: date) -> None:
    assert end_of_day(day, zone) == local_midnight(day + timedelta(days=1), zone)
    length = end_of_day(day, zone) - local_midnight(day, zone)
    assert timedelta(0) <= length <= timedelta(hours=48)


def test_zone_names() -> None:
    assert len(ZONES) > 400
    assert is_zone("America/Chicago")
    for name in (
        "",
        "Mars/Olympus",
        "america/chicago",
        "../UTC",
        "/etc/localtime",
        "localtime",
        "Factory",
        "UTC\0",
        3,
        None,
        ["UTC"],
    ):
        assert not is_zone(name)
