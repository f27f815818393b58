"""A calendar feed: dated things as an iCalendar object (RFC 5545) that other programs read again and again.

Each local time stands with its zone, and each zone with its rules (VTIMEZONE): a calendar in another zone shows the
right hour on both sides of a clock change. An entry keeps its UID however often the feed is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Component, Timezone

READ_AGAIN = timedelta(hours=1)
PRODUCT = "-//Reminders//EN"  # says nothing of what this is


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `start` and `end` are both aware, in the zone of their own place, or both dates (`end` not included).

    `busy`: whether its time is taken; a night of quiet hours takes none.
    """

    uid: UUID
    start: date
    end: date
    summary: str
    location: str = ""
    busy: bool = False


def uid(trial: UUID, key: str) -> UUID:
    """The same for the same thing of the same trial, and for nothing else."""
    return uuid5(trial, key)


def build(id_: UUID, entries: Sequence[Entry], name: str, now: datetime) -> bytes:
    """The feed as a calendar program reads it. `name`: what such a program may call it."""
    from icalendar import Calendar  # takes a moment to import

    calendar = Calendar.new(uid=id_, name=name, prodid=PRODUCT, refresh_interval=READ_AGAIN)
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    timed = [moment for entry in entries for moment in (entry.start, entry.end) if isinstance(moment, datetime)]
    for zone in sorted({str(moment.tzinfo) for moment in timed} - {"UTC"}):
        calendar.add_component(zone_rules(ZoneInfo(zone), min(timed).date(), max(timed).date()))
    for entry in entries:
        calendar.add_component(_event(entry, now))
    return bytes(calendar.to_ical())


def zone_rules(zone: ZoneInfo, first: date, last: date) -> Timezone:
    """The offsets of a zone from a year before `first`, some readers want both halves of one, until after `last`.

    Each begins at a local time of the offset before it, as RFC 5545 (section 3.6.5) says.
    """
    from icalendar import Timezone

    made = Timezone()
    made.add("TZID", zone.key)
    moment = datetime.combine(first - timedelta(days=366), time(0), UTC)
    until = datetime.combine(last + timedelta(days=2), time(0), UTC)
    made.add_component(_observance(moment, moment, zone))
    while moment < until:
        later = moment + timedelta(hours=12)
        if later.astimezone(zone).utcoffset() != moment.astimezone(zone).utcoffset():
            made.add_component(_observance(*_change(moment, later, zone), zone))
        moment = later
    return made


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The last second of one offset and the first of the next."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // timedelta(seconds=2) * timedelta(seconds=1)
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return before, after


def _observance(before: datetime, at: datetime, zone: ZoneInfo) -> Component:
    from icalendar import TimezoneDaylight, TimezoneStandard

    earlier, local = before.astimezone(zone), at.astimezone(zone)
    old, new = earlier.utcoffset() or timedelta(0), local.utcoffset() or timedelta(0)
    made = TimezoneDaylight() if local.dst() else TimezoneStandard()
    made.add("DTSTART", (at + old).replace(tzinfo=None))
    made.add("TZOFFSETFROM", old)
    made.add("TZOFFSETTO", new)
    made.add("TZNAME", local.tzname())
    return made


def _event(entry: Entry, now: datetime) -> Component:
    from icalendar import TRANSP, Event

    return Event.new(
        uid=entry.uid,
        start=entry.start,
        end=entry.end,
        summary=entry.summary,
        location=entry.location or None,
        stamp=now,
        transparency=TRANSP.OPAQUE if entry.busy else TRANSP.TRANSPARENT,
    )
