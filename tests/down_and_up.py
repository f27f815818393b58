"""A migration in the middle of its data: down to the step before it, and up again."""

from __future__ import annotations

from flask_migrate import downgrade, upgrade
from sqlalchemy import func, select, text

from tracker.db import Base, db


def down_and_up(before: str, table: type[Base]) -> None:
    """Down to the revision `before`, where every row of the table is still there, and up to the newest one."""
    rows = db.session.scalar(select(func.count()).select_from(table))
    assert rows
    db.session.rollback()
    downgrade(revision=before)
    try:
        with db.engine.connect() as connection:
            kept = connection.scalar(text(f"select count(*) from {table.__tablename__}"))  # noqa: S608  # our own table
            assert kept == rows
    finally:
        upgrade()
    db.session.expire_all()
    assert db.session.scalar(select(func.count()).select_from(table)) == rows
