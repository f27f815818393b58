"""Recording an observation: once, however often it is sent, and checked against the trial's own plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID

from sqlalchemy import Insert, select

from tracker import lengths
from tracker.db import db, insert, writing
from tracker.errors import Refused
from tracker.observations.model import Observation
from tracker.plans.entry import AUDIENCES, KINDS, Entry, Problem
from tracker.plans.forms import check_answers
from tracker.plans.zones import local_midnight
from tracker.trials.here import Here


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of it: `new` is false when the same observation had been stored before."""

    id: UUID
    new: bool


def record(here: Here, entry: Entry, now: datetime, *, corrects: UUID | None = None) -> Recorded:
    """Store what the party who looks noted. Adds nothing if the same observation is stored already.

    `entry.recorded_at` is the device's; one from the future counts as `now`. `corrects` names the noise or moment
    entry that this one replaces. Raises `Refused`: `not_started`, `invalid` (with the problems), `conflict` (the id
    is stored with other content).
    """
    problems = check(here, entry, now)
    if problems:
        raise Refused("invalid", *problems)
    if not here.facts.all_accepted or here.facts.today(now) < here.facts.starts_on:
        raise Refused("not_started")
    row = _row(here, entry, now, corrects)
    with writing() as connection:
        if connection.execute(_insert_once(connection.dialect.name), row).rowcount == 1:
            return Recorded(entry.id, new=True)
        if _same(here, row):
            return Recorded(entry.id, new=False)
    raise Refused("conflict")


def record_all(here: Here, entries: Sequence[Entry], now: datetime) -> list[Recorded]:
    """Store several entries, all of them or none: what one form says. Raises `Refused` as `record` does."""
    with writing():
        return [record(here, entry, now) for entry in entries]


def are_recorded(here: Here, entries: Sequence[Entry], now: datetime) -> bool:
    """Whether these are stored as they are, one and all: their form came before."""
    return bool(entries) and all(_same(here, _row(here, entry, now, None)) for entry in entries)


def check(here: Here, entry: Entry, now: datetime) -> Sequence[Problem]:
    """Every rule about one entry that needs no look at other entries."""
    problems: list[Problem] = []
    if entry.kind not in KINDS:
        problems.append(Problem("kind", f"{entry.kind!r} is not one of {', '.join(KINDS)}"))
    if entry.audience not in AUDIENCES:
        problems.append(Problem("audience", f"{entry.audience!r} is not one of {', '.join(AUDIENCES)}"))
    if len(entry.note) > lengths.NOTE or "\0" in entry.note:
        problems.append(Problem("note", f"longer than {lengths.NOTE} characters"))
    if not here.facts.starts_on <= entry.day <= here.facts.last_day:
        problems.append(Problem("day", "not a day of the trial"))
    elif entry.day > here.facts.today(now):
        problems.append(Problem("day", "a day in the future"))
    elif min(entry.recorded_at, now) < local_midnight(entry.day, here.zone):
        problems.append(Problem("recorded_at", "before its day begins"))
    if not problems:
        problems.extend(check_answers(entry.kind, entry.answers, entry.day, here.agreed))
    return problems


def _row(here: Here, entry: Entry, now: datetime, corrects: UUID | None) -> dict[str, object]:
    recorded = min(entry.recorded_at, now.astimezone(entry.recorded_at.tzinfo))
    return {
        "trial_id": here.trial.id,
        "id": entry.id,
        "case_id": here.case.id,
        "party_id": here.me.id,
        "kind": entry.kind,
        "day": entry.day,
        "recorded_at": recorded,
        "recorded_offset": (recorded.utcoffset() or timedelta()) // timedelta(seconds=1),
        "received_at": now.astimezone(UTC),
        "answers": dict(entry.answers),
        "note": entry.note,
        "audience": entry.audience,
        "corrects": corrects,
    }


@cache
def _insert_once(dialect: str) -> Insert:
    """An insert that does nothing where the id is taken.

    Built once: that takes longer than running it. Not every driver still knows the number of rows once its cursor is
    closed, so it is kept.
    """
    return insert(Observation, dialect).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


def _same(here: Here, row: dict[str, object]) -> bool:
    """Whether what is stored under this id says the same. When it was recorded may differ: a resend comes later."""
    stored = db.session.scalar(
        select(Observation).where(Observation.trial_id == here.trial.id, Observation.id == row["id"])
    )
    names = ("party_id", "kind", "day", "answers", "note", "audience", "corrects")
    return stored is not None and all(getattr(stored, name) == row[name] for name in names)
