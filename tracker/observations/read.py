"""Reading observations as plain entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import defer

from tracker.cases.model import Party
from tracker.db import db
from tracker.observations.model import Observation
from tracker.plans.entry import Entry


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
    query: Select[tuple[Observation]] = select(Observation).where(Observation.trial_id == trial_id)
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
    )


def figures(trial_id: UUID, parties: Iterable[Party], until: datetime | None = None) -> list[Entry]:
    """The entries that count, without notes, straight from the columns: what the summary is computed from. One query."""
    keys = {party.id: party.key for party in parties}
    o = Observation
    query = select(o.id, o.party_id, o.kind, o.day, o.recorded_at, o.answers, o.corrects).where(o.trial_id == trial_id)
    if until is not None:
        query = query.where(o.received_at <= until)
    found = db.session.execute(query).all()
    replaced = {(row.party_id, row.corrects) for row in found if row.corrects}
    return [_bare(row, keys) for row in found if (row.party_id, row.id) not in replaced]


def _bare(row: Row[tuple[object, ...]], keys: dict[UUID, str]) -> Entry:
    return Entry(row.id, keys[row.party_id], row.kind, row.day, row.recorded_at, row.answers)
