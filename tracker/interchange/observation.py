"""One observation of a trial file: what may be wrong with it, its entry, and back. Pure.

Canonical: `id` in small letters, `recorded_at` with seconds and ±HH:MM, `answers` as given, `note` only where there is
one, `audience` always. Where a file said the same in other words (`Z`, no seconds, no `audience`), the entry keeps them
in `written`, so that an export says it in the same words again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tracker import lengths
from tracker.interchange.document import to_iso
from tracker.plans.entry import AUDIENCES, KINDS, Entry, Problem
from tracker.plans.forms import check_answers
from tracker.plans.plan import Outline
from tracker.plans.reading import Reader
from tracker.plans.values import parse_date, parse_instant, shown
from tracker.plans.zones import local_midnight

REQUIRED = ("id", "party", "kind", "day", "recorded_at", "answers")
OPTIONAL = ("note", "audience")
KEYS = (*REQUIRED, *OPTIONAL)
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def parse_id(value: object) -> UUID | None:
    """The UUID of a text in its usual form with four hyphens, or None."""
    return UUID(value) if isinstance(value, str) and _UUID.fullmatch(value) else None


def check_observation(reader: Reader, raw: object, where: str, outline: Outline | None, today: date) -> None:
    """Notes everything that is wrong with the observation at `where`. `today`: the local date of the trial's zone.

    Without an outline, where the plan itself is wrong, only what does not depend on the plan is looked at.
    """
    known = reader.record(raw, where, REQUIRED, OPTIONAL)
    if known is None:
        return
    kind = day = None
    if "id" in known:
        reader.parsed(known["id"], f"{where}.id", parse_id, "a UUID")
    if "party" in known:
        _check_party(reader, known["party"], f"{where}.party", outline)
    if "kind" in known:
        kind = reader.choice(known["kind"], f"{where}.kind", KINDS)
    if "day" in known:
        day = _check_day(reader, known["day"], f"{where}.day", outline, today)
    if "recorded_at" in known:
        _check_recorded_at(reader, known["recorded_at"], f"{where}.recorded_at", outline, day)
    if "answers" in known:
        _check_answers(reader, known["answers"], where, outline, (kind, day))
    if "note" in known:
        reader.text(known["note"], f"{where}.note", lengths.NOTE, shortest=0)
    if "audience" in known:
        reader.choice(known["audience"], f"{where}.audience", AUDIENCES)


def to_entry(raw: Mapping[str, Any]) -> Entry:
    """The entry of a checked observation. ValueError for anything else."""
    day, recorded_at, id_ = parse_date(raw["day"]), parse_instant(raw["recorded_at"]), parse_id(raw["id"])
    if day is None or recorded_at is None or id_ is None:
        raise ValueError("not a checked observation")
    parts = (id_, raw["party"], raw["kind"], day, recorded_at, raw["answers"])
    entry = Entry(*parts, raw.get("note", ""), raw.get("audience", "mediator"))
    canonical = to_observation(entry)
    if {**raw} == canonical:
        return entry
    return Entry(*parts, entry.note, entry.audience, _written(raw, canonical))


def to_observation(entry: Entry) -> dict[str, Any]:
    """The observation as a file has it, keys in the format's order; canonical unless the entry came in other words."""
    canonical = {
        "id": str(entry.id),
        "party": entry.party,
        "kind": entry.kind,
        "day": entry.day.isoformat(),
        "recorded_at": to_iso(entry.recorded_at),
        "answers": entry.answers,
        **({"note": entry.note} if entry.note else {}),
        "audience": entry.audience,
    }
    if not entry.written:
        return canonical
    words = {**canonical, **entry.written.get("words", {})}
    return {key: words[key] for key in KEYS if key in words and key not in entry.written.get("without", ())}


def _written(raw: Mapping[str, Any], canonical: Mapping[str, Any]) -> dict[str, Any]:
    """How `raw` differs from the canonical words: `words` that it has, and keys that it is `without`."""
    words = {key: value for key, value in raw.items() if key not in canonical or canonical[key] != value}
    without = [key for key in canonical if key not in raw]
    return {**({"words": words} if words else {}), **({"without": without} if without else {})}


def _check_party(reader: Reader, raw: object, where: str, outline: Outline | None) -> None:
    if outline is not None:
        reader.choice(raw, where, outline.parties)
    elif not isinstance(raw, str):
        reader.note(where, f"must be a text, not {shown(raw)}")


def _check_day(reader: Reader, raw: object, where: str, outline: Outline | None, today: date) -> date | None:
    """The day, if it is one on which something can have happened."""
    day = reader.parsed(raw, where, parse_date, "a date YYYY-MM-DD")
    if day is None or outline is None:
        return day
    if not outline.starts_on <= day <= outline.last_day:
        reader.note(where, f"{day} is not in the trial ({outline.starts_on} to {outline.last_day})")
    elif day > today:
        reader.note(where, f"{day} is in the future")
    else:
        return day
    return None


def _check_recorded_at(reader: Reader, raw: object, where: str, outline: Outline | None, day: date | None) -> None:
    recorded_at = reader.parsed(raw, where, parse_instant, "a time YYYY-MM-DDTHH:MM:SS with an offset")
    if recorded_at is None or outline is None or day is None:
        return
    if recorded_at < local_midnight(day, ZoneInfo(outline.timezone)):
        reader.note(where, f"{shown(raw)} is before {day} begins in {outline.timezone}")


def _check_answers(
    reader: Reader, raw: object, where: str, outline: Outline | None, about: tuple[str | None, date | None]
) -> None:
    kind, day = about
    if not isinstance(raw, dict):
        reader.note(f"{where}.answers", f"must be an object, not {shown(raw)}")
    elif kind is not None and outline is not None:
        # The file does not carry the words of its plan: another programme may have its own for type, room and effect.
        found = check_answers(kind, raw, day, outline, words={})
        reader.problems += [Problem(f"{where}.{problem.place}", problem.message) for problem in found]
