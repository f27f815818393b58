"""One day's two accounts, as far as the summary's figures and quotes are made of them: the same for every reader."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import abort

from tracker import clock
from tracker.observations import for_mediator
from tracker.observations.for_mediator import read_note
from tracker.pages.answer_words import lines, title
from tracker.pages.faces import Face, faces
from tracker.pages.summary_figures import figures
from tracker.pages.summary_view import base_of, last_day
from tracker.pages.summary_words import late_label
from tracker.pages.texts import day_head
from tracker.plans.entry import Entry
from tracker.trials.here import Here

# What the summary counts. How the child was, the rooms and the kinds of noise are between a party and the mediator.
COUNTED = {
    "day": ("terms", "night"),
    "handoff": ("outcome", "minutes_late"),
    "noise": ("start", "end", "level"),
    "moment": ("at", "milestone", "done"),
}


def day_values(here: Here, day: date, until: datetime | None = None) -> dict[str, Any]:
    """Both accounts of one elapsed day; 404 for any other. `until` as for the summary."""
    last = last_day(here, until or clock.now())
    if not here.facts.starts_on <= day <= last:
        abort(404)
    base = base_of(here)
    stamp, notes = for_mediator.marked(here.trial.id, here.parties, until)
    found = figures(here, until, last, stamp, as_of=None, since=None, term="", base=base)
    entries = sorted((e for e in found.counted.values() if e.day == day), key=lambda e: (e.recorded_at, e.id))
    people = faces(here.parties)
    return {
        "title": day_head(day),
        "number": (day - here.facts.starts_on).days + 1,
        "days": here.trial.days,
        "accounts": [
            {"face": face, "entries": [e for e in (_shown(one, here, people, notes) for one in entries
                                                   if one.party == face["key"]) if e]}
            for face in people
        ],
        "back": base,
        "before": f"{base}/days/{day - timedelta(days=1)}" if day > here.facts.starts_on else "",
        "after": f"{base}/days/{day + timedelta(days=1)}" if day < last else "",
    }  # fmt: skip  # read in rows, as it is laid out


def _shown(
    entry: Entry, here: Here, people: list[Face], notes: Mapping[tuple[str, UUID], bytes]
) -> dict[str, Any] | None:
    """One entry in words; nothing of a moment that is neither about a milestone nor marked for the summary."""
    stored = notes.get((entry.party, entry.id))
    if entry.kind == "moment" and stored is None and "milestone" not in entry.answers:
        return None
    names = {face["key"]: face["name"] for face in people}
    answers = {key: entry.answers[key] for key in COUNTED[entry.kind] if key in entry.answers}
    return {
        "title": title(entry.kind),
        "label": late_label(entry, here.zone),
        "lines": lines(entry.kind, answers, here.agreed, names, here.zone),
        "note": read_note(stored) if stored is not None else "",
    }
