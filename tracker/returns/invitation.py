"""The return session as a calendar invitation (RFC 5546): the same entry when it moves, gone when it is cancelled."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from tracker.checkins.feed import PRODUCT, zone_rules
from tracker.returns.model import ReturnSession


def calendar_file(found: ReturnSession, reader: UUID, at: datetime, zone: ZoneInfo, words: str, now: datetime) -> bytes:
    """The session for one reader, in their zone, beginning when they are to be there.

    `words`: what their calendar shows of it. Nothing else says what it is, where it is or who else comes.
    """
    from icalendar import Calendar, Event

    start = at.astimezone(zone)
    end = max(found.starts_at, at) + timedelta(minutes=found.minutes)
    gone = found.cancelled_at is not None
    uid = uuid5(found.id, str(reader))
    calendar = Calendar.new(uid=uid, prodid=PRODUCT)  # with its own id it is the same file each time it is read
    calendar.add("METHOD", method(found))
    if zone.key != "UTC":
        calendar.add_component(zone_rules(zone, start.date(), start.date()))
    event = Event.new(uid=uid, start=start, end=end.astimezone(zone), summary=words, stamp=now)
    event.add("SEQUENCE", found.sequence)
    event.add("STATUS", "CANCELLED" if gone else "CONFIRMED")
    event.add("ORGANIZER", "mailto:reminders@invalid.invalid")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def method(found: ReturnSession) -> str:
    """`CANCEL` once it was cancelled, else `REQUEST`."""
    return "CANCEL" if found.cancelled_at is not None else "REQUEST"
