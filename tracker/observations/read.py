"""Reading observations as plain entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import defer

from tracker.db import db
from tracker.observations.model import Observation
from tracker.plans.entry import Entry

Key = TypeVar("Key")


class Said(NamedTuple):
    """That there is an observation of this kind about this day."""

    kind: str
    day: date


def rows(
    trial_id: UUID,
    *,
    party_id: UUID | None = None,
    notes: bool = True,
    until: datetime | None = None,
) -> list[Observation]:
    """The observations of a trial in the order in which they were recorded; of one party if so asked.

    Without `notes` they stay encrypted in the database. `until`: only what had reached the server by then.
    """
    query: Select[Observation] = select(Observation).where(Observation.trial_id == trial_id)
    if party_id is not None:
        query = query.where(Observation.party_id == party_id)
    if until is not None:
        query = query.where(Observation.received_at <= until)
    if not notes:
        query = query.options(defer(Observation.note, raiseload=True))
    return list(db.session.scalars(query.order_by(Observation.recorded_at, Observation.id)))


def current(observations: Iterable[Observation]) -> list[Observation]:
    """Those that count: an entry that a later one corrects is left out. Nobody replaces another party's."""
    observations = list(observations)
    replaced = {(o.party_id, o.corrects) for o in observations if o.corrects}
    return [o for o in observations if (o.party_id, o.id) not in replaced]


def counting(observations: Iterable[Observation]) -> list[Observation]:
    """Those that count, as recorded: of each party's entries about a day, and its handoff, the latest alone."""
    kept: dict[object, Observation] = {}
    for o in current(observations):
        once = o.kind in ("day", "handoff")
        kept[(o.party_id, o.kind, o.day) if once else (o.party_id, o.id)] = o
    return sorted(kept.values(), key=lambda o: (o.recorded_at, o.id))


def said_since(trial_id: UUID, party_id: UUID, day: date) -> set[Said]:
    """What a party wrote about on `day` and later: kinds and days. No more rows than there are days."""
    values = {"trial": trial_id, "party": party_id, "since": day}
    return {Said(*row) for row in db.session.execute(_since(), values)}


def days_logged(trial_id: UUID, party_id: UUID) -> dict[date, dict[str, Any]]:
    """The answers of a party's counting `day` observations, by day. One query, one row a day."""
    found = db.session.execute(_days(), {"trial": trial_id, "party": party_id})
    return {row.day: row.answers for row in found}


def milestones_done(trial_id: UUID, party_id: UUID) -> dict[str, bool]:
    """What a party last said of each milestone: whether it is done."""
    o = Observation
    query = select(o.id, o.answers, o.corrects).where(
        o.trial_id == trial_id, o.party_id == party_id, o.kind == "moment"
    )
    found = db.session.execute(query.order_by(o.recorded_at, o.id)).all()
    replaced = {row.corrects for row in found if row.corrects}
    said = [row.answers for row in found if row.id not in replaced and "milestone" in row.answers]
    return {answers["milestone"]: answers["done"] for answers in said}


def about_day(trial_id: UUID, party_id: UUID, day: date) -> list[Observation]:
    """Everything that a party noted about one day, the history and the notes too, as recorded. For its author."""
    query = select(Observation).where(
        Observation.trial_id == trial_id, Observation.party_id == party_id, Observation.day == day
    )
    return list(db.session.scalars(query.order_by(Observation.recorded_at, Observation.id)))


def shared_about_day(trial_id: UUID, party_id: UUID, day: date) -> list[Observation]:
    """What the other parties marked for the summary, of what counts about one day. Only for a trial that is open."""
    query = select(Observation).where(
        Observation.trial_id == trial_id, Observation.party_id != party_id, Observation.day == day
    )
    found = db.session.scalars(query.order_by(Observation.recorded_at, Observation.id))
    return [o for o in counting(found) if o.audience == "summary"]


def one(trial_id: UUID, party_id: UUID, id_: UUID) -> Observation | None:
    """One observation of a party, by its id."""
    found = db.session.get(Observation, (trial_id, id_))
    return found if found is not None and found.party_id == party_id else None


def first_and_newest(of: Observation) -> tuple[UUID, Observation]:
    """Of a noise or a moment: the id under which it was written first, and the correction that counts by now."""
    o = Observation
    same = (o.trial_id == of.trial_id, o.party_id == of.party_id, o.kind == of.kind)
    before = {row.id: row.corrects for row in db.session.execute(select(o.id, o.corrects).where(*same))}
    after = {corrected: id_ for id_, corrected in before.items() if corrected in before}
    newest = db.session.get(Observation, (of.trial_id, end_of(of.id, after)))
    return end_of(of.id, before), newest or of


def end_of(start: Key, way: Mapping[Key, Key | None]) -> Key:
    """Where corrections lead to, step by step; a ring, which nobody can make by correcting, ends anywhere."""
    seen, at = {start}, start
    while (step := way.get(at)) is not None and step not in seen:
        at = step
        seen.add(step)
    return at


# Asked on each look at Today: building these takes longer than answering them, so each is built once.


@cache
def _since() -> Select[str, date]:
    o = Observation
    mine = (o.trial_id == bindparam("trial"), o.party_id == bindparam("party"), o.day >= bindparam("since"))
    return select(o.kind, o.day).where(*mine).distinct()


@cache
def _days() -> Select[date, dict[str, Any]]:
    o = Observation
    mine = (o.trial_id == bindparam("trial"), o.party_id == bindparam("party"), o.kind == "day")
    newest = func.row_number().over(partition_by=o.day, order_by=(o.recorded_at.desc(), o.id.desc()))
    found = select(o.day, o.answers, newest.label("place")).where(*mine).subquery()
    return select(found.c.day, found.c.answers).where(found.c.place == 1)


def entry(row: Observation, key: str, *, note: bool = True) -> Entry:
    """One observation as plain values; `key` is its party's."""
    zone = timezone(timedelta(seconds=row.recorded_offset))
    return Entry(
        id=row.id,
        party=key,
        kind=row.kind,
        day=row.day,
        recorded_at=row.recorded_at.astimezone(zone),
        answers=row.answers,
        note=row.note if note else "",
        audience=row.audience,
        written=row.written,
    )
