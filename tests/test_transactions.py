"""A writing transaction stores all of it or nothing, and lets the next writer in, whichever of the two kinds it is."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from flask_migrate import upgrade
from sqlalchemy import Connection, insert, select

from tests.apart import apart
from tests.conftest import DATABASES, NOW
from tests.postgres import Postgres
from tracker.config import Config, load
from tracker.db import db, transaction, writing
from tracker.people.model import Programme


@pytest.fixture(params=DATABASES)
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Config:
    """One of its own, in which more than one connection can write."""
    values = {"DATA": str(tmp_path)}
    if request.param == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgres")
        values["DATABASE_URL"] = postgres.create(f"writing_{uuid4().hex[:8]}")
    config = load(values)
    with apart(config):
        upgrade()
    return config


def add(connection: Connection, name: str) -> None:
    connection.execute(insert(Programme), {"id": uuid4(), "name": name, "created_at": NOW})


def half_done(name: str) -> None:
    with writing() as connection:
        add(connection, name)
        raise ZeroDivisionError


def names() -> set[str]:
    """What another connection finds."""
    with db.engine.connect() as other:
        return set(other.scalars(select(Programme.name)))


def test_what_fails_is_not_stored_and_the_next_writer_need_not_wait(installation: Config) -> None:
    with apart(installation):
        db.session.scalar(select(Programme.name))  # as a request does, before it writes
        with writing() as connection:
            add(connection, "First")
            assert names() == set(), "nothing is seen before its end"
        assert names() == {"First"}
        with pytest.raises(ZeroDivisionError):
            half_done("Second")
        with db.engine.connect() as other, transaction():
            assert other.scalars(select(Programme.name)).all() == ["First"]
        with writing() as connection:
            add(connection, "Third")
        assert set(db.session.scalars(select(Programme.name))) == {"First", "Third"}


def test_inside_another_transaction_it_is_stored_with_that_one_or_not_at_all(installation: Config) -> None:
    with apart(installation):
        with pytest.raises(ZeroDivisionError), transaction():
            half_done("First")
        assert names() == set()
        with transaction() as session:
            session.add(Programme(name="Object", created_at=NOW))
            with writing() as connection:
                add(connection, "Statement")
            assert names() == set()
        assert names() == {"Object", "Statement"}


def test_objects_have_no_place_in_a_transaction_of_statements(installation: Config) -> None:
    """They would be stored too late, or not at all: better to hear of it at once."""
    with apart(installation):
        db.session.add(Programme(name="Object", created_at=NOW))
        with pytest.raises(AssertionError), writing():
            pass
        db.session.rollback()
        with pytest.raises(AssertionError), writing(), transaction():
            pass
        assert names() == set()
        with writing() as connection:
            add(connection, "Afterwards")
        assert names() == {"Afterwards"}
