"""Is this JSON a schedule? The dated part of ``meanwhile.trial/1``: nights, quiet hours and milestones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker import lengths
from tracker.plans.nights import PATTERNS
from tracker.plans.plan import WEEKDAYS
from tracker.plans.plan_json import CHANGE_KEYS, MILESTONE_KEYS, SCHEDULE_KEYS
from tracker.plans.reading import Reader
from tracker.plans.values import parse_date, parse_time, place, shown

LONGEST_NIGHTS = 28  # nights in a custom pattern
MOST_TOLERANCE = 120  # minutes
A_DATE, A_TIME = "a date YYYY-MM-DD", "a time HH:MM"

Days = tuple[date, date]  # the first and the last day of the trial
Keys = tuple[str, ...]  # the keys of the parties


def check_schedule(reader: Reader, raw: object, parties: Keys | None, days: Days | None) -> None:
    """Notes everything that is wrong with a schedule. What is None was wrong already and is not compared with."""
    schedule = reader.record(raw, "schedule", (), SCHEDULE_KEYS) or {}
    if "nights" in schedule:
        _check_nights(reader, schedule["nights"], parties, days)
    if "quiet_hours" in schedule:
        _check_quiet_hours(reader, schedule["quiet_hours"])
    if "milestones" in schedule:
        _check_milestones(reader, schedule["milestones"])


def _check_nights(reader: Reader, raw: object, parties: Keys | None, days: Days | None) -> None:
    where = "schedule.nights"
    optional = ("nights_string", "anchor", "place", "tolerance_minutes", "first_day", "changes")
    nights = reader.record(raw, where, ("pattern", "A", "B", "handoff_at"), optional) or {}
    _check_pattern(reader, nights, where)
    _check_parents(reader, nights, where, parties)
    if "anchor" in nights:
        reader.parsed(nights["anchor"], f"{where}.anchor", parse_date, A_DATE)
    if "handoff_at" in nights:
        reader.parsed(nights["handoff_at"], f"{where}.handoff_at", parse_time, A_TIME)
    if "place" in nights:
        reader.text(nights["place"], f"{where}.place", lengths.LINE, shortest=0)
    if "tolerance_minutes" in nights:
        reader.number(nights["tolerance_minutes"], f"{where}.tolerance_minutes", 0, MOST_TOLERANCE)
    if "first_day" in nights:
        reader.flag(nights["first_day"], f"{where}.first_day")
    if "changes" in nights:
        _check_changes(reader, nights["changes"], f"{where}.changes", parties, days)


def _check_pattern(reader: Reader, nights: Mapping[str, Any], where: str) -> None:
    pattern = reader.choice(nights["pattern"], f"{where}.pattern", PATTERNS) if "pattern" in nights else None
    place_of_string = f"{where}.nights_string"
    if "nights_string" in nights:
        letters = nights["nights_string"]
        if not isinstance(letters, str) or not 1 <= len(letters) <= LONGEST_NIGHTS or set(letters) - {"A", "B"}:
            reader.note(place_of_string, f"{shown(letters)} is not 1 to {LONGEST_NIGHTS} letters A and B")
        if pattern not in (None, "custom"):
            reader.note(place_of_string, f"goes with the pattern 'custom' only, not with {shown(pattern)}")
    elif pattern == "custom":
        reader.note(place_of_string, "is missing")


def _check_parents(reader: Reader, nights: Mapping[str, Any], where: str, parties: Keys | None) -> None:
    keys = {}
    for letter in ("A", "B"):
        if letter in nights:
            keys[letter] = _check_party(reader, nights[letter], f"{where}.{letter}", parties)
    if len(keys) == 2 and keys["A"] is not None and keys["A"] == keys["B"]:
        reader.note(f"{where}.B", "is the same party as A")


def _check_party(reader: Reader, raw: object, where: str, parties: Keys | None) -> str | None:
    if parties is None:
        return reader.text(raw, where, lengths.KEY)
    return reader.choice(raw, where, parties)


def _check_changes(reader: Reader, raw: object, where: str, parties: Keys | None, days: Days | None) -> None:
    changed: list[date | None] = []
    for n, item in enumerate(reader.items(raw, where, 0)):
        change = reader.record(item, place(where, n), CHANGE_KEYS) or {}
        place_of_day = f"{place(where, n)}.day"
        day = reader.parsed(change["day"], place_of_day, parse_date, A_DATE) if "day" in change else None
        if day and days and not days[0] <= day <= days[1]:
            reader.note(place_of_day, f"{day} is not in the trial ({days[0]} to {days[1]})")
        if "with" in change:
            _check_party(reader, change["with"], f"{place(where, n)}.with", parties)
        changed.append(day)
    reader.unique((f"{place(where, n)}.day", day) for n, day in enumerate(changed))


def _check_quiet_hours(reader: Reader, raw: object) -> None:
    where = "schedule.quiet_hours"
    hours = reader.record(raw, where, (), WEEKDAYS) or {}
    for weekday in (day for day in WEEKDAYS if day in hours):
        at = f"{where}.{weekday}"
        ends = reader.items(hours[weekday], at, 2, 2)
        times = [reader.parsed(value, place(at, n), parse_time, A_TIME) for n, value in enumerate(ends)]
        if len(times) == 2 and times[0] is not None and times[0] == times[1]:
            reader.note(at, "starts and ends at the same time")


def _check_milestones(reader: Reader, raw: object) -> None:
    where = "schedule.milestones"
    keys: list[str | None] = []
    for n, item in enumerate(reader.items(raw, where, 0)):
        at = place(where, n)
        milestone = reader.record(item, at, MILESTONE_KEYS) or {}
        keys.append(reader.text(milestone["key"], f"{at}.key", lengths.KEY) if "key" in milestone else None)
        if "text" in milestone:
            reader.text(milestone["text"], f"{at}.text", lengths.LINE)
        if "due" in milestone:
            reader.parsed(milestone["due"], f"{at}.due", parse_date, A_DATE)
    reader.unique((f"{place(where, n)}.key", key) for n, key in enumerate(keys))
