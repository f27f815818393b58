"""The return session as a calendar invitation (RFC 5546): the same entry when it moves, gone when it is cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from tracker.checkins.feed import PRODUCT, zone_rules
from tracker.returns.model import ReturnSession

# What orders the versions of an entry (RFC 5546, section 2.1.4) is the second in which each was made. A count of the
# changes would tell its reader of those that were the other party's alone.
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Between:
    """Who sends an invitation to whom: their addresses. A calendar asks for both before it takes a change or an end."""

    sender: str
    reader: str


def calendar_file(
    found: ReturnSession,
    reader: UUID,
    at: datetime,
    zone: ZoneInfo,
    words: str,
    now: datetime,
    between: Between | None = None,
    *,
    gone: bool = False,
) -> bytes:
    """The session for one reader, in their zone, beginning when they are to be there.

    `words`: what their calendar shows of it. Nothing else says what it is, where it is or who else comes. `between`:
    for a mail; without it the file is one to put into a calendar by hand. `gone`: it is cancelled for this reader, as
    a cancelled session is for everybody.
    """
    from icalendar import Calendar, Event

    start = at.astimezone(zone)
    end = at + timedelta(minutes=found.minutes)  # an end in common would tell when the others begin
    gone = gone or found.cancelled_at is not None
    uid = uuid5(found.id, str(reader))
    calendar = Calendar.new(uid=uid, prodid=PRODUCT)  # with its own id it is the same file each time it is read
    calendar.add("METHOD", "CANCEL" if gone else "REQUEST" if between else "PUBLISH")
    if zone.key != "UTC":
        calendar.add_component(zone_rules(zone, start.date(), start.date()))
    event = Event.new(uid=uid, start=start, end=end.astimezone(zone), summary=words, stamp=now)
    event.add("SEQUENCE", max(0, int((now - FIRST).total_seconds())))
    event.add("STATUS", "CANCELLED" if gone else "CONFIRMED")
    if between:
        event.add("ORGANIZER", f"mailto:{between.sender}")
        event.add("ATTENDEE", f"mailto:{between.reader}")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
