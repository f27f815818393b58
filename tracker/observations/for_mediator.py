"""What a mediator may read of the accounts. A note for its author alone (`me`) stays in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, LargeBinary, Select, and_, bindparam, case, func, null, select, type_coerce

from tracker.cases.model import Party
from tracker.db import EncryptedText, db
from tracker.observations.model import Observation
from tracker.plans.entry import Entry


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


class Stamp(NamedTuple):
    """How many observations of a trial there are, and when the latest of them were received and recorded."""

    rows: int
    received_at: datetime | None
    recorded_at: datetime | None


LATEST = datetime(9999, 1, 1, tzinfo=UTC)  # an instant after every other


def noted(trial_id: UUID) -> list[Noted]:
    """Every observation of a trial, the history too, in the order in which they were recorded. One query."""
    o = Observation
    note = type_coerce(case((o.audience == "me", null()), else_=o.note), EncryptedText)
    columns = (o.id, o.party_id, o.kind, o.day, o.recorded_at, o.received_at, o.answers, o.audience, o.corrects, note)
    found = db.session.execute(select(*columns).where(o.trial_id == trial_id).order_by(o.recorded_at, o.id))
    return [Noted(*row) for row in found]


def told(trial_id: UUID, keys: Mapping[UUID, str], until: datetime | None = None) -> list[Entry]:
    """The entries that count, without notes: what a summary is computed from. `keys`: the parties' keys by id.

    `until`: only what had reached the server by then. One query.
    """
    found = db.session.execute(_told(), {"trial": trial_id, "until": until or LATEST}).all()
    replaced = {(row.party_id, row.corrects) for row in found if row.corrects}
    return [
        Entry(row.id, keys[row.party_id], row.kind, row.day, row.recorded_at, row.answers)
        for row in found
        if (row.party_id, row.id) not in replaced
    ]


def marked(
    trial_id: UUID, parties: Iterable[Party], until: datetime | None = None
) -> tuple[Stamp, dict[tuple[str, UUID], bytes]]:
    """What changes whenever the observations of a trial do, for rows are only ever added, or deleted; and the notes
    that were marked for the summary, still encrypted, by party and observation, the history among them. One query.
    """
    keys = {party.id: party.key for party in parties}
    found = db.session.execute(_marked(), {"trial": trial_id, "until": until or LATEST}).all()
    return Stamp(*found[0][:3]), {(keys[row.party_id], row.id): row.note for row in found if row.id}


def read_note(stored: bytes) -> str:
    """The text of a note that `marked` brought along."""
    return EncryptedText().process_result_value(stored, db.engine.dialect)


# Asked on each look at a summary: building these takes longer than answering them, so each is built once.


@cache
def _told() -> Select[Any]:
    o = Observation
    query = select(o.id, o.party_id, o.kind, o.day, o.recorded_at, o.answers, o.corrects)
    return query.where(*_of_trial())


@cache
def _marked() -> Select[Any]:
    o = Observation
    newest = (func.max(o.received_at).label("received_at"), func.max(o.recorded_at).label("recorded_at"))
    stamp = select(func.count().label("rows"), *newest).where(*_of_trial()).subquery()
    noted = and_(*_of_trial(), o.audience == "summary", o.note.is_not(None))
    note = type_coerce(o.note, LargeBinary).label("note")
    return select(stamp, o.id, o.party_id, note).select_from(stamp.outerjoin(o, noted))


def _of_trial() -> tuple[ColumnElement[bool], ...]:
    return Observation.trial_id == bindparam("trial"), Observation.received_at <= bindparam("until")


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
