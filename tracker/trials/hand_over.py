"""Handing a case to another mediator of its programme: from then on they are its mediator, and nobody else is.

Product.md shows a case's mediator what is marked for the mediator; whoever takes a case over reads it too, and both
parties are told who that is. Whoever is a party or a guest of a case can never become its mediator.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, or_, select

from tracker.audit.record import Of, record
from tracker.cases.model import Case, Guest, Handover, Party
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.people import memberships
from tracker.people.model import Membership, Person
from tracker.trials.model import TrialDraft

TOLD = timedelta(days=14)  # how long the parties' pages say who is their mediator now


def candidates(programme_id: UUID, but: UUID | None = None) -> list[Person]:
    """The programme's mediators who have come in, without `but`, by name. One query."""
    return [person for person in among(memberships.people_of(programme_id)) if person.id != but]


def among(working: Iterable[tuple[Membership, Person]]) -> list[Person]:
    """Those of a programme's people who can take a case over: its mediators who have come in, by name."""
    found = [person for one, person in working if one.role == "mediator" and one.used_at]
    return sorted(found, key=lambda person: (person.name.lower(), person.id))


def hand_over(case_id: UUID, to: UUID, by: UUID, now: datetime) -> Handover:
    """Make `to` the mediator of an open case; what was being typed about it by the one before is thrown away.

    Raises `Refused`: `closed`, `nobody` (who is no mediator of the programme, or is it already), `takes_part` (who is a
    party or a guest of the case).
    """
    with transaction() as session:
        case = session.get_one(Case, case_id, populate_existing=True, with_for_update=True)
        if case.closed_at is not None:
            raise Refused("closed")
        if to not in {person.id for person in candidates(case.programme_id, case.mediator_id)}:
            raise Refused("nobody")
        if session.scalar(select(_takes_part(case_id, to))):
            raise Refused("takes_part")
        done = Handover(case_id=case_id, from_id=case.mediator_id, to_id=to, by=by, at=now)
        session.add(done)
        case.mediator_id = to
        session.execute(delete(TrialDraft).where(TrialDraft.case_id == case_id))
        record("case.handed_over", now, Of(case.programme_id, case_id))
    return done


def left_alone(programme_id: UUID) -> list[UUID]:
    """The programme's open cases whose mediator no longer works for it, the oldest first. One query."""
    works = exists().where(
        Membership.person_id == Case.mediator_id,
        Membership.programme_id == Case.programme_id,
        Membership.role == "mediator",
        Membership.ended_at.is_(None),
    )
    mine = (Case.programme_id == programme_id, Case.closed_at.is_(None), ~works)
    return list(db.session.scalars(select(Case.id).where(*mine).order_by(Case.created_at, Case.id)))


def taken_over(case_id: UUID, now: datetime) -> str:
    """The name of the mediator who took the case over lately, else nothing. One query."""
    latest = select(Person.name).join(Handover, Handover.to_id == Person.id).join(Case, Case.id == Handover.case_id)
    lately = (Handover.case_id == case_id, Handover.at > now - TOLD, Handover.to_id == Case.mediator_id)
    return db.session.scalar(latest.where(*lately).order_by(Handover.at.desc()).limit(1)) or ""


def _takes_part(case_id: UUID, person_id: UUID) -> ColumnElement[bool]:
    party = exists().where(Party.case_id == case_id, Party.person_id == person_id)
    guest = exists().where(Guest.case_id == case_id, Guest.person_id == person_id, Guest.ended_at.is_(None))
    return or_(party, guest)
