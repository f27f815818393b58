"""Handing a case to another mediator of its programme: from then on they are its mediator, and nobody else is.

Product.md shows a case's mediator what is marked for the mediator; whoever takes a case over reads it too, and both
parties are told who that is. Whoever takes part in a case, or ever did, never becomes its mediator, and who had a case
never becomes a party of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sql
from sqlalchemy import ColumnElement, cast, delete, exists, func, null, or_, select, update

from tracker.audit.record import Of, record
from tracker.cases.lock import lock_case
from tracker.cases.model import Case, Guest, Handover, Invitation, Party
from tracker.db import UtcDateTime, db, transaction
from tracker.errors import Refused
from tracker.people import memberships
from tracker.people.model import Membership, Person
from tracker.trials.model import SafetyMessage, Trial, TrialDraft

TOLD = timedelta(days=28)  # how long each page of the parties says who is their mediator now
AGAIN = timedelta(hours=1)  # how long a form that is sent again, for its answer was lost, is answered as the first time
SETTLED = timedelta(days=14)  # how long somebody has worked here before an administrator can give them cases

Working = Iterable[tuple[Membership, Person]]


def candidates(working: Working, but: UUID | None = None) -> list[Person]:
    """Those of a programme's people to whom a mediator can give a case: its mediators who have come in, by name."""
    found = [person for one, person in working if one.role == "mediator" and one.used_at and person.id != but]
    return sorted(found, key=lambda person: (person.name.lower(), person.id))


def settled(working: Working, now: datetime) -> list[Person]:
    """Those to whom an administrator can give cases: no administrators, and working here for some time.

    Ending a mediator's task and adding an address of one's own would else be a way to read that mediator's cases.
    """
    people = list(working)
    administrators = {person.id for one, person in people if one.role == "administrator"}
    long = [(one, person) for one, person in people if one.used_at and one.used_at <= now - SETTLED]
    return [person for person in candidates(long) if person.id not in administrators]


def hand_over(case_id: UUID, mine: UUID, to: UUID, now: datetime) -> Handover:
    """The mediator `mine` gives their case to `to`. Raises `Refused`: `gone` (the case is another's by now), `nobody`
    (`to` cannot be given cases), `takes_part` (`to` takes part in this one)."""
    with transaction():
        found = lock_case(case_id)
        if found.mediator_id != mine:
            raise Refused("gone")
        return _give(found, to, mine, candidates(memberships.people_of(found.programme_id), mine), now)


def adopt(case_id: UUID, to: UUID, by: UUID, now: datetime) -> Handover:
    """An administrator gives a case that nobody works on to `to`. Raises `Refused` as `hand_over` does."""
    with transaction():
        found = lock_case(case_id)
        working = memberships.people_of(found.programme_id)
        if found.mediator_id is None or any(
            one.role == "mediator" and person.id == found.mediator_id for one, person in working
        ):
            raise Refused("gone")
        return _give(found, to, by, settled(working, now), now)


def left_alone(programme_id: UUID) -> list[UUID]:
    """The programme's cases whose mediator no longer works for it, the oldest first; closed ones too, for as long as
    what was noted in them is there: somebody may still write that they do not feel safe. One query."""
    works = exists().where(
        Membership.person_id == Case.mediator_id,
        Membership.programme_id == Case.programme_id,
        Membership.role == "mediator",
        Membership.ended_at.is_(None),
    )
    mine = (Case.programme_id == programme_id, Case.mediator_id.is_not(None), ~works)
    return list(db.session.scalars(select(Case.id).where(*mine).order_by(Case.created_at, Case.id)))


def given_away(trial_id: UUID, mine: UUID, to: UUID, now: datetime) -> Person | None:
    """Whose case this trial's is, if `mine` has just given it to `to`. One query."""
    query = select(Person).join(Case, Case.mediator_id == Person.id).join(Trial, Trial.case_id == Case.id)
    query = query.join(Handover, Handover.case_id == Case.id).where(Trial.id == trial_id, Person.id == to)
    lately = (Handover.from_id == mine, Handover.by == mine, Handover.to_id == to, Handover.at > now - AGAIN)
    return db.session.scalar(query.where(*lately).limit(1))


def just_adopted(programme_id: UUID, by: UUID, now: datetime) -> int:
    """How many cases this administrator gave away the last time, if that was just now. One query."""
    mine = (Handover.by == by, Case.programme_id == programme_id, Handover.from_id != by)
    given = select(Handover.at, func.count()).join(Case, Case.id == Handover.case_id)
    given = given.where(*mine, Handover.at > now - AGAIN).group_by(Handover.at).order_by(Handover.at.desc())
    row = db.session.execute(given.limit(1)).first()
    return row[1] if row else 0


def taken_over(case_id: UUID, now: datetime) -> str:
    """The name of the mediator who took the case over lately, else nothing. One query."""
    latest = select(Person.name).join(Handover, Handover.to_id == Person.id).join(Case, Case.id == Handover.case_id)
    lately = (Handover.case_id == case_id, Handover.at > now - TOLD, Handover.to_id == Case.mediator_id)
    return db.session.scalar(latest.where(*lately).order_by(Handover.at.desc()).limit(1)) or ""


def mediator_of(case: Case) -> str:
    """The name of the case's mediator, or nothing if it has none. At most one query."""
    person = db.session.get(Person, case.mediator_id) if case.mediator_id else None
    return person.name if person else ""


def seen_at() -> ColumnElement[Any]:
    """When the mediator of the case saw a safety message. What the one before saw is new to whoever took it over."""
    since = exists().where(Handover.case_id == SafetyMessage.case_id, Handover.at >= SafetyMessage.seen_at)
    return sql.case((since.correlate(SafetyMessage), cast(null(), UtcDateTime)), else_=SafetyMessage.seen_at)


def _give(found: Case, to: UUID, by: UUID, takers: list[Person], now: datetime) -> Handover:
    """What was being typed about the case is thrown away, and open invitations die: the one before has their codes."""
    taker = next((person for person in takers if person.id == to), None)
    if taker is None:
        raise Refused("nobody")
    if db.session.scalar(select(_takes_part(found.id, taker))):
        raise Refused("takes_part")
    done = Handover(case_id=found.id, from_id=found.mediator_id, to_id=to, by=by, at=now)
    db.session.add(done)
    found.mediator_id = to
    db.session.execute(delete(TrialDraft).where(TrialDraft.case_id == found.id))
    standing = (Invitation.case_id == found.id, Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
    db.session.execute(update(Invitation).where(*standing).values(withdrawn_at=now))
    record("case.handed_over", now, Of(found.programme_id, found.id), subject_id=to)
    return done


def _takes_part(case_id: UUID, person: Person) -> ColumnElement[bool]:
    """Whether somebody is a party of the case, is invited as one, or is or was a guest of one of them."""
    invited = func.lower(Party.email) == (person.email or "")
    party = exists().where(Party.case_id == case_id, or_(Party.person_id == person.id, invited))
    return or_(party, exists().where(Guest.case_id == case_id, Guest.person_id == person.id))
