"""The scheduler's sign of life, in the database, so that any process can tell whether check-ins are being sent."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from tracker.checkins.model import Beat
from tracker.db import db, insert, transaction

LATE = timedelta(minutes=3)


def strike(now: datetime) -> None:
    """Say that a scheduler ticks."""
    said = insert(Beat, db.engine.dialect.name).values(id=1, at=now)
    with transaction() as session:
        session.connection().execute(said.on_conflict_do_update(index_elements=["id"], set_={"at": now}))


def last() -> datetime | None:
    """When a scheduler last ticked; None if none ever did."""
    return db.session.scalar(select(Beat.at).where(Beat.id == 1))


def heard(now: datetime) -> str:
    """`ok`, `late` (nothing for three minutes) or `never`."""
    at = last()
    return "never" if at is None else "late" if now - at > LATE else "ok"
