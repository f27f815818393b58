"""The figures of noise against an account that walks through all events minute by minute, in zones of every kind.

The walk knows no stretches, no merging and no clock changes: it asks of every real minute with noise what a clock on
the wall shows, and whether it lies between the instants at which a night's quiet hours start and end.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.strategies import CURIOUS_ZONES
from tracker.plans.entry import Entry
from tracker.plans.plan import WEEKDAYS, Outline, Schedule, Term
from tracker.summaries.compile import compile_summary

MINUTE = timedelta(minutes=1)
DAYS = 7

Span = tuple[datetime, datetime]


def local_instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """By hand: the offset in force just before a skip, the first of two."""
    shown = datetime.combine(day, at)
    offsets = {offset_at(shown + timedelta(days=n), zone) for n in (-1, 0, 1)}
    for offset in sorted(offsets, reverse=True):  # the greatest offset is the earliest instant
        moment = shown.replace(tzinfo=UTC) - offset
        if moment.astimezone(zone).replace(tzinfo=None) == shown:
            return moment
    return shown.replace(tzinfo=UTC) - offset_at(shown - timedelta(hours=3), zone)


def offset_at(shown: datetime, zone: ZoneInfo) -> timedelta:
    offset = zone.utcoffset(shown)
    assert offset is not None
    return offset


def windows(outline: Outline, zone: ZoneInfo) -> list[Span]:
    found = []
    for day in outline.all_days():
        if hours := outline.schedule.quiet_hours.get(WEEKDAYS[day.weekday()]):
            ends = day if hours[1] > hours[0] else day + timedelta(days=1)
            found.append((local_instant(day, hours[0], zone), local_instant(ends, hours[1], zone)))
    return found


def walked(outline: Outline, events: list[Span], zone: ZoneInfo) -> dict[str, Any]:
    quiet = windows(outline, zone)
    by_hour, quiet_minutes, disturbed = [0] * 24, 0, set()
    noisy = {start.astimezone(UTC) + n * MINUTE for start, end in events for n in range((end - start) // MINUTE)}
    for minute in noisy:
        by_hour[minute.astimezone(zone).hour] += 1
        inside = [n for n, (start, end) in enumerate(quiet) if start <= minute < end]
        quiet_minutes += bool(inside)
        disturbed.update(inside)
    return {
        "events": len(events), "minutes": sum(by_hour), "quiet_hours_minutes": quiet_minutes, "by_hour": by_hour,
        "disturbed_nights": len(disturbed), "windows": len(quiet),
    }  # fmt: skip  # read in rows, as it is laid out


def events_of(random: Random, outline: Outline, zone: ZoneInfo, count: int) -> list[Entry]:
    """Events on whole minutes whose days are days of the trial; some of a whole day, many that overlap."""
    found = []
    for n in range(count):
        begins = datetime.combine(outline.starts_on, time(0), UTC)
        start = begins + random.randrange(-720, DAYS * 1440 + 720) * MINUTE
        end = start + random.choice((1, 20, 90, 400, 1440)) * MINUTE
        day = start.astimezone(zone).date()
        if outline.starts_on <= day <= outline.last_day:
            answers = {"start": start.astimezone(zone).isoformat(), "end": end.isoformat()}
            found.append(Entry(UUID(int=n), "A", "noise", day, end, answers))
    return found


# The first days of weeks in which clocks change somewhere, and one in which none do.
WEEKS = [
    date(2025, 3, 6),
    date(2025, 3, 27),
    date(2025, 4, 3),
    date(2025, 10, 2),
    date(2025, 10, 24),
    date(2025, 10, 30),
]
hours = st.tuples(st.integers(0, 95), st.integers(0, 95)).filter(lambda pair: pair[0] != pair[1])


def quarter(n: int) -> time:
    return time(n // 4, n % 4 * 15)


@settings(max_examples=60)
@given(
    st.sampled_from(CURIOUS_ZONES), st.sampled_from([*WEEKS, date(2025, 7, 1)]),
    st.dictionaries(st.sampled_from(WEEKDAYS), hours, min_size=1), st.integers(0, 2**32), st.integers(0, 12),
)  # fmt: skip  # read in rows, as it is laid out
@example("Australia/Lord_Howe", date(2025, 4, 3), dict.fromkeys(WEEKDAYS, (88, 28)), 1, 12)  # half an hour back
@example("America/Havana", date(2025, 3, 6), dict.fromkeys(WEEKDAYS, (0, 4)), 2, 12)  # midnight is skipped
@example("America/Havana", date(2025, 10, 30), dict.fromkeys(WEEKDAYS, (92, 2)), 3, 12)  # midnight comes twice
@example("America/New_York", date(2025, 3, 6), dict.fromkeys(WEEKDAYS, (10, 12)), 4, 12)  # ends before it starts
def test_stretches_say_what_a_walk_minute_by_minute_says(
    name: str, first: date, quarters: dict[str, tuple[int, int]], seed: int, count: int
) -> None:
    zone = ZoneInfo(name)
    quiet_hours = {weekday: (quarter(start), quarter(end)) for weekday, (start, end) in quarters.items()}
    outline = Outline("noise", first, DAYS, name, ("A", "B"), (Term("t", "t"),), Schedule(quiet_hours=quiet_hours))
    entries = events_of(Random(seed), outline, zone, count)
    moment = datetime.fromisoformat
    events = [(moment(entry.answers["start"]), moment(entry.answers["end"])) for entry in entries]
    found = compile_summary(outline, entries)["noise"]["A"]
    expected = walked(outline, events, zone)
    assert {key: found[key] for key in expected} == expected
