"""Stretches of real time as pairs of whole microseconds since 1970 in UTC. Pure.

Whole numbers keep every figure exact: nothing is rounded before the end. Neither end needs a time zone any more, so
clock changes cannot disturb them; `Offsets` brings the local hours back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tracker.plans.zones import local_midnight

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Stretch = tuple[int, int]  # from, to; the end is not part of it


def instant(moment: datetime) -> int:
    """The microseconds from 1970 to `moment`, which is aware."""
    return (moment - _EPOCH) // _MICROSECOND


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time, each moment once: in order, without overlaps, and without empty stretches."""
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def within(stretches: Sequence[Stretch], ends: Sequence[int], start: int, end: int) -> int:
    """The microseconds of merged `stretches` between `start` and `end`. `ends` are the stretches' ends.

    Looks only at the stretches that reach in, so that a summary's time grows with its days alone.
    """
    total = 0
    for at in range(bisect_right(ends, start), len(stretches)):
        first, last = stretches[at]
        if first >= end:
            break
        total += min(last, end) - max(first, start)
    return total


class Offsets:
    """The distance of a zone's local time from UTC on the days of a trial, with its changes to the microsecond."""

    def __init__(self, zone: ZoneInfo, first: date, last: date) -> None:
        """Covers `first` to two days after `last`: an event of the last day may last 24 hours, days may be short."""
        self._zone = zone
        at, end = instant(local_midnight(first, zone)), instant(local_midnight(last + timedelta(days=3), zone))
        self.parts = [(at, self._offset(at))]
        while at < end:
            after = at + DAY
            if self._offset(after) != self.parts[-1][1]:
                self.parts.append(self._change(at, after))
            at = after

    def _offset(self, at: int) -> int:
        local = (_EPOCH + at * _MICROSECOND).astimezone(self._zone)
        return (local.utcoffset() or timedelta(0)) // _MICROSECOND

    def _change(self, before: int, after: int) -> Stretch:
        """The first moment of the new offset, and that offset. Zones change at whole seconds, at most once a day."""
        new = self._offset(after)
        while after - before > SECOND:
            middle = (before + after) // 2 // SECOND * SECOND
            before, after = (before, middle) if self._offset(middle) == new else (middle, after)
        return after, new

    def by_hour(self, stretches: Iterable[Stretch]) -> list[int]:
        """24 numbers: the microseconds of merged `stretches` that fall into each local hour."""
        hours = [0] * 24
        for stretch in stretches:
            for start, end in self._local(*stretch):
                hour, at = start // HOUR, start
                while (until := (hour + 1) * HOUR) < end:
                    hours[hour % 24] += until - at
                    hour, at = hour + 1, until
                hours[hour % 24] += end - at
        return hours

    def _local(self, start: int, end: int) -> Iterable[Stretch]:
        """The pieces of a stretch between clock changes, as local time."""
        if len(self.parts) == 1:
            offset = self.parts[0][1]
            return ((start + offset, end + offset),)
        pieces = []
        for at, (since, offset) in enumerate(self.parts):
            first = max(start, since) if at else start
            last = min(end, self.parts[at + 1][0]) if at + 1 < len(self.parts) else end
            if first < last:
                pieces.append((first + offset, last + offset))
        return pieces
