"""The return session: when and where the summary is looked at."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, delete, select

from tracker.cases.model import Case
from tracker.cases.settings import look_again
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.plans.entry import Problem
from tracker.returns.model import ReturnSession
from tracker.summaries.model import Release
from tracker.trials.find import Here
from tracker.trials.model import Trial

LONGEST_PLACE = 200  # characters


def of_trial(trial_id: UUID) -> ReturnSession | None:
    """The return session of a trial, if one is planned."""
    return db.session.scalar(select(ReturnSession).where(ReturnSession.trial_id == trial_id))


def with_release(trial_id: UUID) -> tuple[ReturnSession | None, Release | None]:
    """The return session of a trial and the release in force, as far as there are any. One query."""
    row = db.session.execute(_with_release(), {"trial": trial_id}).first()
    return (row.ReturnSession, row.Release) if row else (None, None)


@cache
def _with_release() -> Select[ReturnSession, Release]:
    """Built once: that takes longer than answering it."""
    shown = and_(Release.trial_id == Trial.id, Release.withdrawn_at.is_(None))
    query = select(ReturnSession, Release).select_from(Trial)
    query = query.outerjoin(ReturnSession, ReturnSession.trial_id == Trial.id).outerjoin(Release, shown)
    return query.where(Trial.id == bindparam("trial")).order_by(Release.at.desc()).limit(1)


def plan(here: Here, starts_at: datetime, place: str) -> ReturnSession:
    """Set the return session, or move it. Raises `Refused("invalid")` for a place of more than 200 characters."""
    if len(place) > LONGEST_PLACE or "\0" in place:
        raise Refused("invalid", Problem("place", f"longer than {LONGEST_PLACE} characters"))
    with transaction() as session:
        found = session.scalar(select(ReturnSession).where(ReturnSession.trial_id == here.trial.id))
        if found is None:
            found = ReturnSession(case_id=here.case.id, trial_id=here.trial.id)
            session.add(found)
        found.starts_at, found.place = starts_at, place
        look_again(here.case.id)
    return found


def times_of(trial_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When the return sessions of these trials begin; for their check-ins. One query."""
    query = select(ReturnSession.trial_id, ReturnSession.starts_at).where(ReturnSession.trial_id.in_(trial_ids))
    return {row.trial_id: row.starts_at for row in db.session.execute(query)}


def cancel(here: Here) -> None:
    """There is no return session planned any more."""
    with transaction() as session:
        session.execute(delete(ReturnSession).where(ReturnSession.trial_id == here.trial.id))


def of_mediator(person_id: UUID, programme_id: UUID) -> list[tuple[ReturnSession, Trial]]:
    """The return sessions of this person's open cases with their trials, the earliest first. One query."""
    query = (
        select(ReturnSession, Trial)
        .join(Trial, Trial.id == ReturnSession.trial_id)
        .join(Case, Case.id == Trial.case_id)
        .where(Case.mediator_id == person_id, Case.programme_id == programme_id, Case.closed_at.is_(None))
    )
    return list(db.session.execute(query.order_by(ReturnSession.starts_at, ReturnSession.id)))
