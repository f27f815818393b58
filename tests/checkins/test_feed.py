"""A calendar feed: two readers find the same instants in it, on each side of a clock change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from tracker.checkins import feed
from tracker.checkins.feed import Entry
from tracker.plans.zones import to_utc

TRIAL = UUID(int=1)
NOW = datetime(2026, 3, 1, tzinfo=UTC)
# A clock change of each of these is in its month: ordinary, of half an hour, at midnight, of a whole day, and none.
ZONES = [
    ("America/New_York", date(2026, 3, 5)),
    ("America/New_York", date(2026, 10, 29)),
    ("Europe/Berlin", date(2026, 3, 26)),
    ("Australia/Lord_Howe", date(2026, 4, 2)),
    ("Africa/Cairo", date(2026, 4, 21)),
    ("Africa/Casablanca", date(2026, 2, 12)),
    ("Pacific/Apia", date(2011, 12, 27)),
    ("America/Chicago", date(2026, 6, 1)),
    ("Asia/Kolkata", date(2026, 3, 5)),
]


def _hourly(zone: ZoneInfo, first: date) -> list[Entry]:
    """An entry at each half hour of the local clock for six days: a skipped one is where `to_utc` puts it."""
    found = []
    for day in (first + timedelta(days=n) for n in range(6)):
        for half in range(48):
            start = to_utc(day, time(half // 2, half % 2 * 30), zone).astimezone(zone)
            key = f"{day} {half}"
            found.append(Entry(feed.uid(TRIAL, key), start, start + timedelta(minutes=5), key))
    return found


@pytest.mark.parametrize(("name", "first"), ZONES, ids=[f"{zone} {first}" for zone, first in ZONES])
def test_each_reader_finds_each_instant(name: str, first: date) -> None:
    entries = _hourly(ZoneInfo(name), first)
    made = feed.build(TRIAL, entries, "Reminders", NOW)
    meant = {str(entry.uid): entry.start.astimezone(UTC) for entry in entries}  # type: ignore[attr-defined]  # an instant
    events = icalendar.Calendar.from_ical(made).walk("VEVENT")
    assert {str(event["UID"]): event.decoded("DTSTART").astimezone(UTC) for event in events} == meant
    vobject.icalendar.__dict__["__tzidMap"].clear()  # it keeps the rules of a zone that it met first, for ever
    by_its_own_rules = {
        event.uid.value: event.dtstart.value.astimezone(UTC) for event in vobject.readOne(made.decode()).vevent_list
    }
    assert by_its_own_rules == meant


def test_the_rules_begin_at_the_old_offset() -> None:
    rules = feed.zone_rules(ZoneInfo("America/New_York"), date(2026, 3, 1), date(2026, 11, 30)).to_ical().decode()
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20260308T020000\r\n" in rules
    assert "BEGIN:STANDARD\r\nDTSTART:20261101T020000\r\n" in rules


def test_an_empty_feed_is_one() -> None:
    calendar = icalendar.Calendar.from_ical(feed.build(TRIAL, [], "Reminders", NOW))
    assert not calendar.walk("VEVENT")


def test_a_whole_day_has_no_zone_and_takes_no_time() -> None:
    day = Entry(feed.uid(TRIAL, "x"), date(2026, 3, 12), date(2026, 3, 13), "Reminder")
    made = feed.build(TRIAL, [day], "Reminders", NOW).decode()
    assert "DTSTART;VALUE=DATE:20260312" in made
    assert "VTIMEZONE" not in made
    assert "TRANSP:TRANSPARENT" in made


def test_the_same_things_have_the_same_uid_and_no_others() -> None:
    assert feed.uid(TRIAL, "handoff:2026-03-04") == feed.uid(TRIAL, "handoff:2026-03-04")
    assert feed.uid(TRIAL, "handoff:2026-03-04") != feed.uid(UUID(int=2), "handoff:2026-03-04")
