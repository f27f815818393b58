"""Quiet hours: local-time windows, one for each weekday on which they start, that may cross midnight.

The night belongs to the day on which its window starts. A window's length in real minutes changes with the clocks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.plans.plan import WEEKDAYS, Outline
from tracker.plans.zones import to_utc


@dataclass(frozen=True, slots=True)
class QuietWindow:
    """The quiet hours that start on the local `day`; both ends are instants in UTC, `end` is not part of them."""

    day: date
    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """The window's length in real minutes."""
        return int((self.end - self.start).total_seconds() // 60)


def window(quiet_hours: Mapping[str, tuple[time, time]], day: date, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """The instants in UTC at which the quiet hours that start on `day` begin and end; None if none start then.

    A window that lies in the hour that the clocks skip has no minutes: it ends as it starts, never earlier.
    """
    hours = quiet_hours.get(WEEKDAYS[day.weekday()])
    if hours is None:
        return None
    starts, ends = hours
    last = day if ends > starts else day + timedelta(days=1)
    start = to_utc(day, starts, zone)
    return start, max(start, to_utc(last, ends, zone))


def windows(outline: Outline, up_to: date | None = None) -> list[QuietWindow]:
    """The quiet windows that start on days of the trial, in order; up to and including `up_to` if it is given."""
    zone = ZoneInfo(outline.timezone)
    found = []
    for day in outline.all_days():
        if up_to is not None and day > up_to:
            break
        if (hours := window(outline.schedule.quiet_hours, day, zone)) is not None:
            found.append(QuietWindow(day, *hours))
    return found
