"""The steps for a programme's channels and for a person's language go up and down with data."""

from __future__ import annotations

from uuid import uuid4

from flask import Flask
from sqlalchemy import insert, select

from tests.cast import Cast
from tests.conftest import NOW
from tests.down_and_up import down_and_up
from tracker.db import db, transaction
from tracker.people import persons, programmes
from tracker.people.model import Person, Programme


def test_up_and_down_with_data(app: Flask, cast: Cast) -> None:
    programmes.choose_channels(cast.programme.id, ["email"])
    down_and_up("0021", Programme)
    assert {one.channels for one in db.session.scalars(select(Programme))} == {None}


def test_the_language_goes_and_everybody_stays(app: Flask, cast: Cast) -> None:
    persons.speak(cast.parent_a.id, "pt_BR")
    down_and_up("0025", Person)
    assert set(persons.languages([cast.parent_a.id, cast.parent_b.id]).values()) == {None}


def test_what_the_release_before_adds_has_every_way(cast: Cast) -> None:
    """It knows nothing of the column, and leaves it out."""
    values = {"id": uuid4(), "name": "Old", "country": "US", "timezone": "UTC", "created_at": NOW}
    with transaction() as session:
        statement = insert(Programme.__table__).values(values)  # type: ignore[arg-type]  # a mapped class has a table
        assert "channels" not in str(statement)
        session.execute(statement)
    found = db.session.scalars(select(Programme).where(Programme.name == "Old")).one()
    assert programmes.allows(found.channels, "text")
