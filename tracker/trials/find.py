"""Finding trials. A page finds one through the person who asks: whoever has no part in it finds nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased, defer

from tracker.cases.model import Case, Guest, GuestConsent, Party
from tracker.db import db
from tracker.people.model import Device, Person, Programme
from tracker.trials.here import Here
from tracker.trials.model import (
    Acceptance,
    Ending,
    Pause,
    PlanVersion,
    SafetyMessage,
    Trial,
    Withdrawal,
)
from tracker.trials.state import Facts, State


def for_party(person_id: UUID, trial_id: UUID) -> Here | None:
    """The trial in which this person is a party."""
    row = db.session.execute(_of_party(), {"person": person_id, "trial": trial_id}).first()
    return _here(row, row.Party) if row else None


def signed_in(token_hash: str, trial_id: UUID) -> tuple[Person, Device, Here] | None:
    """Whose sign-in this is, and the trial in which they are a party: the gate's two questions in one query.

    None if either is answered with no; whether the sign-in still lasts is for `devices.lasting` to say.
    """
    row = db.session.execute(_of_token(), {"token_hash": token_hash, "trial": trial_id}).first()
    return (row.Person, row.Device, _here(row, row.Party)) if row else None


def for_mediator(person_id: UUID, programme_id: UUID, trial_id: UUID) -> Here | None:
    """The trial whose case this person mediates, in the programme they work for."""
    values = {"person": person_id, "programme": programme_id, "trial": trial_id}
    row = db.session.execute(_of_mediator(), values).first()
    return _here(row, second=bool(row.second)) if row else None


def for_guest(person_id: UUID, trial_id: UUID) -> Here | None:
    """The trial of a case to which this person is a guest, as long as every party allows it."""
    row = db.session.execute(_of_guest(person_id).where(Trial.id == trial_id)).first()
    return _here(row) if row else None


def all_of_guest(person_id: UUID) -> list[Here]:
    """Every trial that this person may see as a guest, newest first. One query."""
    query = _of_guest(person_id).order_by(Trial.starts_on.desc(), Trial.id)
    return [_here(row) for row in db.session.execute(query)]


def newest_of_case(case_id: UUID) -> Here | None:
    """The case's newest trial: what an invitation to the case is about."""
    query = _query().where(Case.id == case_id).order_by(Trial.created_at.desc(), Trial.id).limit(1)
    row = db.session.execute(query).first()
    return _here(row) if row else None


def all_of_case(case_id: UUID) -> list[Here]:
    """Every trial of a case, newest first. One query."""
    query = _query().where(Case.id == case_id).order_by(Trial.starts_on.desc(), Trial.id)
    return [_here(row) for row in db.session.execute(query)]


def before(here: Here) -> Here | None:
    """The case's trial before this one, by their first days, if there is one. One query."""
    earlier = (Case.id == here.case.id, Trial.starts_on < here.trial.starts_on)
    row = db.session.execute(_query().where(*earlier).order_by(Trial.starts_on.desc(), Trial.id).limit(1)).first()
    return _here(row) if row else None


def count_by_state(programme_id: UUID, now: datetime) -> Counter[State]:
    """How many trials of a programme are in which state: all that an administrator learns of them. One query."""
    rows = db.session.execute(_query().where(Case.programme_id == programme_id))
    return Counter(_here(row).state(now) for row in rows)


def by_id(trial_id: UUID) -> Here | None:
    """Any trial: for an operator's commands, and for a rule that looks again at what its person found before."""
    row = db.session.execute(_query().where(Trial.id == trial_id)).first()
    return _here(row) if row else None


def all_of_mediator(person_id: UUID, programme_id: UUID) -> list[Here]:
    """Every trial of the open cases that this person mediates, newest first; of a closed one while somebody's message
    that they do not feel safe was not seen. One query."""
    unsafe = exists().where(SafetyMessage.trial_id == Trial.id, SafetyMessage.seen_at.is_(None)).correlate(Trial)
    mine = (Case.mediator_id == person_id, Case.programme_id == programme_id)
    query = _query().where(*mine, or_(Case.closed_at.is_(None), unsafe))
    return [_here(row) for row in db.session.execute(query.order_by(Trial.starts_on.desc(), Trial.id))]


def all_of_party(person_id: UUID) -> list[Here]:
    """Every trial in which this person is a party, newest first. One query."""
    query = _query(Party).join(Party, Party.case_id == Case.id).where(Party.person_id == person_id)
    return [_here(row, row.Party) for row in db.session.execute(query.order_by(Trial.starts_on.desc(), Trial.id))]


def all_of_parties(party_ids: Collection[UUID]) -> list[Here]:
    """Every trial of these parties' cases as it is stored now, once for each party; for the scheduler. One query."""
    query = _query(Party).join(Party, Party.case_id == Case.id).where(Party.id.in_(party_ids))
    fresh = {"populate_existing": True}
    return [_here(row, row.Party) for row in db.session.execute(query, execution_options=fresh)]


# The gate asks one of these on each request: building them takes longer than answering them, so each is built once.


@cache
def _of_party() -> Select[Any]:
    mine = and_(Party.person_id == bindparam("person"), Trial.id == bindparam("trial"))
    return _query(Party).join(Party, Party.case_id == Case.id).where(mine)


@cache
def _of_token() -> Select[Any]:
    mine = and_(Device.token_hash == bindparam("token_hash"), Trial.id == bindparam("trial"))
    query = _query(Party, Person, Device).join(Party, Party.case_id == Case.id)
    query = query.join(Person, Person.id == Party.person_id).join(Device, Device.person_id == Person.id).where(mine)
    return query.options(defer(PlanVersion.terms), defer(PlanVersion.schedule))  # long, and in `outline.agreed` already


@cache
def _of_mediator() -> Select[Any]:
    mine = and_(Case.mediator_id == bindparam("person"), Case.programme_id == bindparam("programme"))
    earlier = aliased(Trial)
    second = exists().where(earlier.case_id == Trial.case_id, earlier.starts_on < Trial.starts_on).correlate(Trial)
    return _query(second.label("second")).where(mine, Trial.id == bindparam("trial"))


def _of_guest(person_id: UUID) -> Select[Any]:
    standing = (GuestConsent.guest_id == Guest.id, GuestConsent.withdrawn_at.is_(None))
    consents = select(func.count(GuestConsent.party_id.distinct())).where(*standing)
    parties = select(func.count()).select_from(Party).where(Party.case_id == Case.id)
    allowed = consents.correlate(Guest).scalar_subquery() == parties.correlate(Case).scalar_subquery()
    query = _query().join(Guest, Guest.case_id == Case.id)
    return query.where(Guest.person_id == person_id, Guest.ended_at.is_(None), allowed)


def _query(*more: Any) -> Select[Any]:
    """A trial with its case, its plan in force and the facts of its state, in one row."""
    waiting = aliased(Party)
    missing = (
        exists()
        .where(waiting.case_id == Trial.case_id)
        .where(
            # Named, because by itself the innermost query would look at acceptances of any version.
            ~exists()
            .where(Acceptance.plan_version_id == PlanVersion.id, Acceptance.party_id == waiting.id)
            .correlate(PlanVersion, waiting)
        )
    )
    return (
        select(
            Trial,
            Case,
            PlanVersion,
            Programme.channels,
            *more,
            (~missing).label("all_accepted"),
            _one(select(func.max(Pause.at)).where(Pause.trial_id == Trial.id, Pause.resumed_at.is_(None))).label(
                "paused_at"
            ),
            _one(select(func.max(Withdrawal.at)).where(Withdrawal.trial_id == Trial.id)).label("left_at"),
            _one(select(Ending.last_day).where(Ending.trial_id == Trial.id)).label("ended_on"),
        )
        .join(Case, Case.id == Trial.case_id)
        .join(Programme, Programme.id == Case.programme_id)
        .join(
            PlanVersion,
            and_(PlanVersion.trial_id == Trial.id, PlanVersion.number == Trial.version),
        )
    )


def _one(query: Select[Any]) -> ColumnElement[Any]:
    return query.correlate(Trial).scalar_subquery()


def _here(row: Any, party: Party | None = None, *, second: bool = False) -> Here:
    trial: Trial = row.Trial
    facts = Facts(
        starts_on=trial.starts_on,
        days=trial.days,
        timezone=trial.timezone,
        all_accepted=bool(row.all_accepted),
        paused_at=row.paused_at,
        left_at=row.left_at,
        ended_on=row.ended_on,
    )
    return Here(trial, row.Case, row.PlanVersion, facts, party, second, row.channels)
