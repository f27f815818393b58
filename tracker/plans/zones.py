"""Local times and instants. Pure: nothing here reads the time.

One rule for both clock changes: a local time that the clocks skip counts with the offset before the skip; one that
comes twice is its first. `ZoneInfo` does exactly this for ``fold=0``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


@cache
def _names() -> frozenset[str]:
    """All IANA names this machine knows. Cached: listing them reads a folder tree.

    Two files in such trees name no place: `localtime` is whatever the machine is set to, `Factory` is no zone yet.
    """
    return frozenset(available_timezones()) - {"localtime", "Factory"}


def is_zone(name: object) -> bool:
    """Whether `name` is an IANA time zone that this machine knows, spelled exactly as IANA does."""
    return isinstance(name, str) and name in _names()


def to_utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant of the local time `at` on `day`, in UTC."""
    return datetime.combine(day, at.replace(fold=0, tzinfo=None), zone).astimezone(UTC)


def local_midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which the local `day` begins, in UTC."""
    return to_utc(day, time(0), zone)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which the local `day` is over: the next local midnight, in UTC."""
    return local_midnight(day + timedelta(days=1), zone)
