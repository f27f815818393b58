"""The return session: when and where the summary is looked at."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, exists, outerjoin, select

from tracker import lengths
from tracker.cases import guests
from tracker.cases.model import Case, Guest
from tracker.cases.settings import look_again
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.plans.entry import Problem
from tracker.returns.model import FORMS, Arrival, Memorandum, ReturnSession, SessionGuest
from tracker.summaries.model import Release
from tracker.trials.here import Here
from tracker.trials.model import Trial


def of_trial(trial_id: UUID) -> ReturnSession | None:
    """The return session of a trial, if one is planned."""
    standing = (ReturnSession.trial_id == trial_id, ReturnSession.cancelled_at.is_(None))
    return db.session.scalar(select(ReturnSession).where(*standing))


def to_come(case_id: UUID, now: datetime) -> list[tuple[ReturnSession, Trial]]:
    """The return sessions of a case that are still to come, each with its trial. One query."""
    query = select(ReturnSession, Trial).join(Trial, Trial.id == ReturnSession.trial_id)
    coming = (ReturnSession.case_id == case_id, ReturnSession.cancelled_at.is_(None), ReturnSession.starts_at > now)
    return [(row.ReturnSession, row.Trial) for row in db.session.execute(query.where(*coming))]


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """What there is on the way back: the return session, the release in force, whether there is a memorandum."""

    session: ReturnSession | None
    release: Release | None
    memorandum: bool


def with_release(trial_id: UUID) -> OnTheWay:
    """What there is on a trial's way back. One query."""
    row = db.session.execute(_with_release(), {"trial": trial_id}).first()
    return OnTheWay(row.ReturnSession, row.Release, row.memorandum) if row else OnTheWay(None, None, False)


@cache
def _with_release() -> Select[ReturnSession, Release, bool]:
    """Built once: that takes longer than answering it."""
    shown = and_(Release.trial_id == Trial.id, Release.withdrawn_at.is_(None))
    standing = and_(ReturnSession.trial_id == Trial.id, ReturnSession.cancelled_at.is_(None))
    written = exists().where(Memorandum.trial_id == Trial.id).label("memorandum")
    query = select(ReturnSession, Release, written).select_from(Trial)
    query = query.outerjoin(ReturnSession, standing).outerjoin(Release, shown)
    return query.where(Trial.id == bindparam("trial")).order_by(Release.at.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How a return session is to be held. `arrivals`: each party's own time, where they arrive apart."""

    starts_at: datetime
    place: str = ""
    form: str = "together"
    minutes: int = 90
    arrivals: Mapping[UUID, datetime] = field(default_factory=dict)
    guests: frozenset[UUID] = frozenset()

    def seen_by(self, party_id: UUID) -> tuple[datetime, str, str, int]:
        """What a party knows of it: their own time, not the other's, and not who else comes."""
        return self.arrivals.get(party_id, self.starts_at), self.place, self.form, self.minutes


def arrange(here: Here, wanted: Arrangement) -> ReturnSession:
    """Set the return session with everything that belongs to it, or change it.

    Raises `Refused("invalid")`, its problems naming `place`, `form`, `minutes`, `arrivals` or `guests`: a guest comes
    only with every party's yes.
    """
    problems = _problems(here, wanted)
    if problems:
        raise Refused("invalid", *problems)
    with transaction() as session:
        query = select(ReturnSession).where(ReturnSession.trial_id == here.trial.id).with_for_update()
        found = session.scalar(query)
        if found is None:
            found = ReturnSession(case_id=here.case.id, trial_id=here.trial.id)
            session.add(found)
        found.starts_at, found.place, found.form = wanted.starts_at, wanted.place, wanted.form
        found.minutes, found.cancelled_at = wanted.minutes, None
        session.flush()
        _attend(found, wanted)
        look_again(here.case.id)
    return found


def _attend(found: ReturnSession, wanted: Arrangement) -> None:
    """Who arrives when, and which guests come."""
    db.session.execute(delete(Arrival).where(Arrival.session_id == found.id))
    db.session.execute(delete(SessionGuest).where(SessionGuest.session_id == found.id))
    own = {"session_id": found.id, "case_id": found.case_id}
    if wanted.form == "separate_arrival":
        db.session.add_all(Arrival(**own, party_id=party, at=at) for party, at in wanted.arrivals.items())
    db.session.add_all(SessionGuest(**own, guest_id=guest) for guest in wanted.guests)


def _problems(here: Here, wanted: Arrangement) -> list[Problem]:
    problems = []
    if len(wanted.place) > lengths.LINE or "\0" in wanted.place:
        problems.append(Problem("place", f"longer than {lengths.LINE} characters"))
    if wanted.form not in FORMS:
        problems.append(Problem("held", "not one of " + ", ".join(FORMS)))
    if not 15 <= wanted.minutes <= 480:
        problems.append(Problem("minutes", "not between 15 and 480"))
    if not set(wanted.arrivals) <= {party.id for party in here.parties}:
        problems.append(Problem("arrivals", "not a party of the case"))
    if wanted.guests and not wanted.guests <= {guest.id for guest in guests.welcome(here.case.id)}:
        problems.append(Problem("guests", "not allowed by every party"))
    return problems


def detail(found: ReturnSession) -> Arrangement:
    """How it is held, as it stands. One query."""
    held = _arrangement(ReturnSession.id == found.id)
    assert held is not None
    return held


def arrangement_of(trial_id: UUID) -> Arrangement | None:
    """How the return session of a trial is held, if one is planned. One query."""
    return _arrangement(ReturnSession.trial_id == trial_id, ReturnSession.cancelled_at.is_(None))


def _arrangement(*which: ColumnElement[bool]) -> Arrangement | None:
    own = outerjoin(ReturnSession, Arrival, Arrival.session_id == ReturnSession.id)
    own = own.outerjoin(SessionGuest, SessionGuest.session_id == ReturnSession.id)
    query = select(ReturnSession, Arrival.party_id, Arrival.at, SessionGuest.guest_id).select_from(own)
    rows = list(db.session.execute(query.where(*which)))
    if not rows:
        return None
    found = rows[0].ReturnSession
    when = {row.party_id: row.at for row in rows if row.party_id is not None}
    coming = frozenset(row.guest_id for row in rows if row.guest_id is not None)
    return Arrangement(found.starts_at, found.place, found.form, found.minutes, when, coming)


def arrival_of(found: ReturnSession, party_id: UUID) -> datetime:
    """When this party is to be there: their own time where they arrive apart. One query, only then."""
    if found.form != "separate_arrival":
        return found.starts_at
    mine = (Arrival.session_id == found.id, Arrival.party_id == party_id)
    return db.session.scalar(select(Arrival.at).where(*mine)) or found.starts_at


def drop_guest(case_id: UUID, guest_id: UUID) -> list[ReturnSession]:
    """A guest of the case comes no more: not every party allows it. The sessions that they were to come to."""
    theirs = (SessionGuest.guest_id == guest_id, SessionGuest.case_id == case_id)
    with transaction() as session:
        coming = select(SessionGuest.session_id).where(*theirs)
        query = select(ReturnSession).where(ReturnSession.case_id == case_id, ReturnSession.id.in_(coming))
        found = list(session.scalars(query.where(ReturnSession.cancelled_at.is_(None)).with_for_update()))
        session.execute(delete(SessionGuest).where(*theirs))
    return found


def for_guest(trial_id: UUID, person_id: UUID) -> OnTheWay:
    """What there is for a guest: the release in force, and the return session if they come to it. One query."""
    theirs = exists().where(SessionGuest.session_id == ReturnSession.id, SessionGuest.guest_id == Guest.id)
    theirs = theirs.where(Guest.person_id == person_id, Guest.ended_at.is_(None)).correlate(ReturnSession)
    row = db.session.execute(_with_release().add_columns(theirs.label("comes")), {"trial": trial_id}).first()
    return (
        OnTheWay(row.ReturnSession if row.comes else None, row.Release, False) if row else OnTheWay(None, None, False)
    )


def times_of(trial_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When the return sessions of these trials begin; for their check-ins. One query."""
    standing = (ReturnSession.trial_id.in_(trial_ids), ReturnSession.cancelled_at.is_(None))
    query = select(ReturnSession.trial_id, ReturnSession.starts_at).where(*standing)
    return {row.trial_id: row.starts_at for row in db.session.execute(query)}


def cancel(here: Here, now: datetime) -> ReturnSession | None:
    """There is no return session any more; the one that was planned, if there was one."""
    with transaction() as session:
        query = select(ReturnSession).where(ReturnSession.trial_id == here.trial.id).with_for_update()
        found = session.scalar(query)
        if found is None or found.cancelled_at is not None:
            return None
        found.cancelled_at = now
        look_again(here.case.id)
    return found


def of_mediator(person_id: UUID, programme_id: UUID) -> list[tuple[ReturnSession, Trial]]:
    """The return sessions of this person's open cases with their trials, the earliest first. One query."""
    query = (
        select(ReturnSession, Trial)
        .join(Trial, Trial.id == ReturnSession.trial_id)
        .join(Case, Case.id == Trial.case_id)
        .where(Case.mediator_id == person_id, Case.programme_id == programme_id, Case.closed_at.is_(None))
        .where(ReturnSession.cancelled_at.is_(None))
    )
    return list(db.session.execute(query.order_by(ReturnSession.starts_at, ReturnSession.id)))
