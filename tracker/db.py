"""The database: the session, column types, and how transactions begin.

Readers never wait. Writers queue: on SQLite a writing transaction first takes a file lock, in which the kernel keeps
waiters in order, then begins with BEGIN IMMEDIATE: no two writers ever collide, and none sleeps longer than its turn.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar, cast
from uuid import UUID, uuid4

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, LargeBinary, MetaData, Table, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, scoped_session
from sqlalchemy.types import TypeDecorator

from tracker.config import Config
from tracker.crypto import Keyring

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


STATEMENTS = "statements alone"  # what a transaction by `writing` holds


class Base(DeclarativeBase):
    """What every table derives from."""

    metadata = MetaData(naming_convention=NAMES)


Row = TypeVar("Row", bound=Base)
db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Goes in aware (a naive one is refused), is stored and comes out in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive datetime: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EncryptedText(TypeDecorator[str]):
    """Text that only the installation's keys can read. An empty text is stored as no value at all."""

    impl = LargeBinary
    cache_ok = True
    keyring: Keyring | None = None  # one for the process; set by `init`

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        if not value:
            return None
        assert self.keyring is not None
        return self.keyring.encrypt(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str:
        if value is None:
            return ""
        assert self.keyring is not None
        return self.keyring.decrypt(value)


def init(app: Flask, config: Config) -> None:
    """Bind the session to the configured database and the encrypted columns to the configured keys."""
    EncryptedText.keyring = Keyring(config.keys, config.keys_file)
    app.config["SQLALCHEMY_DATABASE_URI"] = config.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True}  # an error must not quote what people wrote
    if config.database_url.startswith("postgresql"):
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] |= {
            "pool_size": config.threads,
            "max_overflow": 4,
        }
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _listen(db.engine)


def reachable() -> bool:
    """Whether the database answers."""
    try:
        db.session.execute(select(1))
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return True


def by_form(model: type[Row], form: UUID | None) -> tuple[Row | None, UUID]:
    """What the form of this id made already, if anything, and the id for what it makes now: the form's own.

    So a form that is sent again, for its answer was lost, is known. Whether it says the same is for the caller to see:
    a row that says something else keeps its id, and the new one gets another.
    """
    earlier = db.session.get(model, form) if form else None
    return earlier, uuid4() if earlier or form is None else form


def table_of(model: type[Base]) -> Table:
    """A model's table, for statements past the session; its own attribute promises less."""
    return cast(Table, model.__table__)


def insert(model: type[Base], dialect: str) -> postgresql.Insert | sqlite.Insert:
    """An insert that can say what to do where a row is there already (`on_conflict_…`): each database has its own."""
    table = table_of(model)
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@contextmanager
def transaction() -> Iterator[scoped_session[Any]]:
    """A writing transaction: everything inside is stored, or nothing. Inside another one it joins it.

    What was read before belongs to an earlier moment: read again, with `populate_existing`, what a rule depends on.
    """
    session = db.session
    if running := session().info.get("writing"):
        assert running != STATEMENTS
        yield session
        return
    session.commit()
    session().info["writing"] = True
    try:
        session.connection(execution_options={"writing": True})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session().info.pop("writing", None)


@contextmanager
def writing() -> Iterator[Connection]:
    """A writing transaction for statements alone, without objects; else as `transaction`, which it joins.

    The session keeps its connection and only the database is told that one transaction ends and another begins: a
    third of the cost, for what people do most. Objects that wait to be stored, or audit entries, have no place in it.
    """
    session = db.session()
    connection = session.connection()
    if session.info.get("writing"):
        yield connection
        return
    assert not any((session.new, session.dirty, session.deleted))
    session.info["writing"] = STATEMENTS
    try:
        _commit(connection)
        if connection.dialect.name == "sqlite":  # another driver begins by itself
            _begin(connection, writing=True)
        yield connection
        _commit(connection)
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("writing", None)


def _commit(conn: Connection) -> None:
    """Commit in the database. What the session reads afterwards it reads as it is then, on either database."""
    try:
        conn.connection.commit()
    finally:
        _unlock(conn.info)


def _listen(engine: Engine) -> None:
    """Let SQLAlchemy, not the driver, say when a SQLite transaction begins and ends."""
    event.listen(engine, "connect", _connect)
    event.listen(engine, "begin", lambda conn: _begin(conn, writing=conn.get_execution_options().get("writing", False)))
    event.listen(engine, "commit", lambda conn: _end(conn, "COMMIT"))
    event.listen(engine, "rollback", lambda conn: _end(conn, "ROLLBACK"))
    event.listen(engine, "close", lambda _dbapi, record: _close_lock(record.info))


def _connect(dbapi_connection: Any, record: Any) -> None:
    dbapi_connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=5000",
    ):
        dbapi_connection.execute(f"PRAGMA {pragma}")
    path = dbapi_connection.execute("PRAGMA database_list").fetchone()[2]
    if path:
        record.info["lock"] = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _begin(conn: Any, *, writing: bool) -> None:
    raw = conn.connection.dbapi_connection
    if not writing:
        raw.execute("BEGIN")
        return
    if "lock" in conn.info:
        fcntl.flock(conn.info["lock"], fcntl.LOCK_EX)
    try:
        raw.execute("BEGIN IMMEDIATE")
    except BaseException:
        _unlock(conn.info)
        raise


def _end(conn: Any, word: str) -> None:
    """End the transaction before the lock goes: the next writer must find the database free."""
    try:
        raw = conn.connection.dbapi_connection
        if raw is not None and raw.in_transaction:
            raw.execute(word)
    finally:
        _unlock(conn.info)


def _unlock(info: dict[str, Any]) -> None:
    if "lock" in info:
        fcntl.flock(info["lock"], fcntl.LOCK_UN)


def _close_lock(info: dict[str, Any]) -> None:
    if "lock" in info:
        os.close(info.pop("lock"))
