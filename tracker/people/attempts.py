"""Counting attempts in the database, so that all processes count together."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import case, delete, func, select

from tracker.db import db, insert, transaction
from tracker.people.model import Attempt


def add(key: str, seconds: int, amount: int, now: datetime) -> int:
    """Count `amount` more under `key`; how many there are in this window, which began with the first of them."""
    ends = now + timedelta(seconds=seconds)
    over = Attempt.expires_at <= now
    set_ = {
        "count": case((over, amount), else_=Attempt.count + amount),
        "expires_at": case((over, ends), else_=Attempt.expires_at),
    }
    counting = insert(Attempt, db.engine.dialect.name).values(key=key, count=amount, expires_at=ends)
    counting = counting.on_conflict_do_update(index_elements=[Attempt.key], set_=set_)
    with transaction() as session:
        count = session.scalars(counting.returning(Attempt.count)).one()
        if count == amount:
            session.execute(delete(Attempt).where(Attempt.expires_at <= now))
    return count


def current(key: str, now: datetime) -> tuple[int, datetime]:
    """How many attempts count under `key` now, and until when."""
    row = db.session.execute(
        select(Attempt.count.label("many"), Attempt.expires_at).where(Attempt.key == key, Attempt.expires_at > now)
    ).first()
    return (row.many, row.expires_at) if row else (0, now)


def forget(key: str | None = None) -> int:
    """Forget one count, or all; how many there were."""
    with transaction() as session:
        mine = [] if key is None else [Attempt.key == key]
        many = int(session.scalar(select(func.count()).select_from(Attempt).where(*mine)) or 0)
        session.execute(delete(Attempt).where(*mine))
    return many
