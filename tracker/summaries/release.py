"""Releasing a summary to the parties, as it stands at that moment; and taking it back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from tracker.audit.record import record
from tracker.db import db, transaction
from tracker.summaries.model import Release
from tracker.trials.here import Here


def current(trial_id: UUID) -> Release | None:
    """The release in force, if there is one."""
    query = select(Release).where(Release.trial_id == trial_id, Release.withdrawn_at.is_(None))
    return db.session.scalar(query.order_by(Release.at.desc()).limit(1))


def release(here: Here, by: UUID, now: datetime) -> Release:
    """Show the parties the summary as it stands now. An earlier release is replaced."""
    with transaction() as session:
        _withdraw(here.trial.id, now)
        made = Release(case_id=here.case.id, trial_id=here.trial.id, by=by, at=now)
        session.add(made)
        record("release", now, here.whose)
    return made


def withdraw(here: Here, now: datetime) -> None:
    """Show it no longer."""
    with transaction():
        if _withdraw(here.trial.id, now):
            record("release.withdrawn", now, here.whose)


def _withdraw(trial_id: UUID, now: datetime) -> bool:
    """Whether there was one to withdraw."""
    query = update(Release).where(Release.trial_id == trial_id, Release.withdrawn_at.is_(None))
    return bool(db.session.scalars(query.values(withdrawn_at=now).returning(Release.id)).all())
