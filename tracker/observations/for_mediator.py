"""What a mediator may read of the accounts. A note for its author alone (`me`) stays in the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import case, func, null, select, type_coerce

from tracker.cases.model import Party
from tracker.db import EncryptedText, db
from tracker.observations.model import Observation


class Noted(NamedTuple):
    """One observation as a mediator reads it. `note` is empty where it is for its author alone."""

    id: UUID
    party_id: UUID
    kind: str
    day: date
    recorded_at: datetime
    received_at: datetime
    answers: dict[str, Any]
    audience: str
    corrects: UUID | None
    note: str


class Quote(NamedTuple):
    """A note that its author marked for the summary, in their words."""

    id: UUID
    party: str
    kind: str
    day: date
    recorded_at: datetime
    note: str


def noted(trial_id: UUID) -> list[Noted]:
    """Every observation of a trial, the history too, in the order in which they were recorded. One query."""
    o = Observation
    note = type_coerce(case((o.audience == "me", null()), else_=o.note), EncryptedText)
    columns = (o.id, o.party_id, o.kind, o.day, o.recorded_at, o.received_at, o.answers, o.audience, o.corrects, note)
    found = db.session.execute(select(*columns).where(o.trial_id == trial_id).order_by(o.recorded_at, o.id))
    return [Noted(*row) for row in found]


def quotes(trial_id: UUID, parties: Iterable[Party], until: datetime | None = None) -> list[Quote]:
    """The notes marked for the summary, by day and then as recorded; those that reached the server by `until`.

    The history is among them: show only the ones of observations that count.
    """
    keys = {party.id: party.key for party in parties}
    o = Observation
    query = select(o.id, o.party_id, o.kind, o.day, o.recorded_at, o.note).where(
        o.trial_id == trial_id, o.audience == "summary", o.note.is_not(None)
    )
    if until is not None:
        query = query.where(o.received_at <= until)
    found = db.session.execute(query.order_by(o.day, o.recorded_at, o.id))
    return [Quote(row.id, keys[row.party_id], row.kind, row.day, row.recorded_at, row.note) for row in found]


def answers_of_days(trial_ids: list[UUID]) -> list[tuple[UUID, UUID, date, dict[str, Any]]]:
    """(trial, party, day, answers) of each `day` observation of these trials, the one that counts last. One query."""
    o = Observation
    query = select(o.trial_id, o.party_id, o.day, o.answers).where(o.trial_id.in_(trial_ids), o.kind == "day")
    return list(db.session.execute(query.order_by(o.recorded_at, o.id)))


def last_days(trial_ids: list[UUID]) -> dict[tuple[UUID, UUID], date]:
    """The latest day that each party of these trials wrote about, whatever the kind, by (trial, party). One query."""
    o = Observation
    query = select(o.trial_id, o.party_id, func.max(o.day)).where(o.trial_id.in_(trial_ids))
    return {(trial, party): day for trial, party, day in db.session.execute(query.group_by(o.trial_id, o.party_id))}
