"""The scheduler's sign of life, in the database, so that any process can tell whether check-ins are being sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite

from tracker.checkins.model import Beat
from tracker.db import db, transaction

LATE = timedelta(minutes=3)


def strike(now: datetime) -> None:
    """Say that a scheduler ticks."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    said = insert(cast(Table, Beat.__table__)).values(id=1, at=now)
    with transaction() as session:
        session.connection().execute(said.on_conflict_do_update(index_elements=["id"], set_={"at": now}))


def last() -> datetime | None:
    """When a scheduler last ticked; None if none ever did."""
    return db.session.scalar(select(Beat.at).where(Beat.id == 1))


def heard(now: datetime) -> str:
    """`ok`, `late` (nothing for three minutes) or `never`."""
    at = last()
    return "never" if at is None else "late" if now - at > LATE else "ok"
