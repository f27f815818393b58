"""How soon after its day an observation was recorded. Pure: `recorded_at` is an argument.

On time until noon of the next day, local time of the trial. Added later up to 72 hours of real time after the end of
the day, which is the next local midnight. After that it is a recollection: accepted, labelled, never counted as on
time.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.plans.zones import end_of_day, to_utc

LATENESS = ("on_time", "added_later", "recollection")
NOON = time(12)
ADDED_LATER = timedelta(hours=72)


def deadlines(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants until which an entry about `day` is on time (itself too late) and added later (itself included)."""
    return to_utc(day + timedelta(days=1), NOON, zone), end_of_day(day, zone) + ADDED_LATER


def lateness(day: date, recorded_at: datetime, zone: ZoneInfo) -> str:
    """`on_time`, `added_later` or `recollection`, for an entry about the local `day` of `zone`."""
    return by_deadlines(recorded_at, *deadlines(day, zone))


def by_deadlines(recorded_at: datetime, on_time_before: datetime, added_later_until: datetime) -> str:
    """The same with the day's `deadlines` at hand, for many entries about one day."""
    if recorded_at < on_time_before:
        return "on_time"
    return "added_later" if recorded_at <= added_later_until else "recollection"


def how_much_later(day: date, recorded_at: datetime, zone: ZoneInfo) -> timedelta:
    """The real time between the end of `day` and `recorded_at`; zero if the day was not over yet."""
    return max(timedelta(0), recorded_at - end_of_day(day, zone))
