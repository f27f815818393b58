"""Legal holds: a programme keeps what is in one of its cases for longer, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import aliased

from tracker.audit.record import Of, record
from tracker.cases.model import Case
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.keeping.model import LegalHold, Purge
from tracker.people.model import Person, Programme

LONGEST_REASON = 500  # characters
SHORTEST_REFERENCE = 8


@dataclass(frozen=True, slots=True)
class Held:
    """A hold in force, with the name of who placed it."""

    hold: LegalHold
    by: str


def in_force(programme_id: UUID) -> list[Held]:
    """The programme's holds that were not lifted, newest first. One query."""
    person = aliased(Person)
    query = select(LegalHold, person.name).join(person, person.id == LegalHold.by)
    query = query.where(LegalHold.programme_id == programme_id, LegalHold.lifted_at.is_(None))
    return [Held(*row) for row in db.session.execute(query.order_by(LegalHold.at.desc(), LegalHold.id))]


def is_held(case_id: UUID) -> bool:
    """Whether what is in the case has to be kept."""
    query = select(LegalHold.id).where(LegalHold.case_id == case_id, LegalHold.lifted_at.is_(None))
    return db.session.scalar(query.limit(1)) is not None


def place(programme: Programme, reference: str, reason: str, by: UUID, now: datetime) -> LegalHold:
    """Hold the case whose id begins with `reference`, as its mediator reads it.

    Each reason is a hold of its own, lifted by itself; the same reason again is the same hold.

    Raises `Refused`: `reference` (no such case here, or several), `reason` (empty or too long), `purged`.
    """
    reason = reason.strip()
    with transaction() as session:
        case = _find(programme.id, reference)
        if not reason or len(reason) > LONGEST_REASON or "\0" in reason:
            raise Refused("reason")
        if session.scalar(select(Purge.id).where(Purge.case_id == case.id)):
            raise Refused("purged")
        query = select(LegalHold).where(LegalHold.case_id == case.id, LegalHold.lifted_at.is_(None))
        hold = next((one for one in session.scalars(query) if one.reason == reason), None)
        if hold is None:
            hold = LegalHold(programme_id=programme.id, case_id=case.id, reason=reason, by=by, at=now)
            session.add(hold)
            record("hold.placed", now, Of(programme.id, case.id))
    return hold


def lift(programme_id: UUID, hold_id: UUID, by: UUID, now: datetime) -> UUID:
    """Lift a hold of this programme, and say of which case. Twice by the same person is once.

    Raises `Refused("gone")`: it is another programme's, or somebody else has lifted it.
    """
    with transaction() as session:
        hold = session.get(LegalHold, hold_id, populate_existing=True, with_for_update=True)
        if hold is None or hold.programme_id != programme_id or (hold.lifted_at and hold.lifted_by != by):
            raise Refused("gone")
        if hold.lifted_at is None:
            hold.lifted_at, hold.lifted_by = now, by
            record("hold.lifted", now, Of(programme_id, hold.case_id))
        return hold.case_id


def _find(programme_id: UUID, reference: str) -> Case:
    """The one case whose id begins so. On SQLite an id is stored without hyphens, on PostgreSQL with them."""
    given = reference.strip().lower().replace("-", "")
    if len(given) < SHORTEST_REFERENCE or not set(given) <= set("0123456789abcdef"):
        raise Refused("reference")
    plain = func.replace(cast(Case.id, String), "-", "")
    query = select(Case).where(Case.programme_id == programme_id, plain.startswith(given, autoescape=True))
    found = list(db.session.scalars(query.with_for_update().limit(2)))
    if len(found) != 1:
        raise Refused("reference")
    return found[0]
