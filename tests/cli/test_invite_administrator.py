"""`tracker invite-administrator`: the first step of an installation."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cli.command import row_counts, tracker
from tracker.db import db
from tracker.people import memberships, persons
from tracker.people.model import Programme


def test_the_first_administrator_makes_the_programme(app: Flask) -> None:
    options = ("--programme", "Riverside", "--country", "GB", "--timezone", "Europe/London")
    typed = tracker("invite-administrator", " Office@Example.org", *options)
    assert (typed.status, typed.err) == (0, "")
    assert "office@example.org" in typed.out
    assert "/sign-in" in typed.out
    programme = db.session.scalars(select(Programme)).one()
    assert (programme.name, programme.country, programme.timezone) == ("Riverside", "GB", "Europe/London")
    person = persons.by_email("office@example.org")
    assert person is not None
    assert memberships.roles_of(person.id) == ["administrator"]


def test_twice_is_the_same_as_once(app: Flask) -> None:
    tracker("invite-administrator", "office@example.org", "--programme", "Riverside")
    once = row_counts()
    assert tracker("invite-administrator", "office@example.org", "--programme", "Riverside").status == 0
    assert row_counts() == once


@pytest.mark.parametrize(
    ("email", "options", "place"),
    [
        ("office", ("--programme", "Riverside"), "EMAIL"),
        ("office@example.org", ("--programme", " "), "--programme"),
        ("office@example.org", ("--programme", "x" * 81), "--programme"),
        ("office@example.org", ("--programme", "River\nside"), "--programme"),
        ("office@example.org", ("--programme", "Riverside", "--country", "usa"), "--country"),
        ("office@example.org", ("--programme", "Riverside", "--timezone", "EST5"), "--timezone"),
    ],
)
def test_what_is_wrong_is_named(app: Flask, email: str, options: tuple[str, ...], place: str) -> None:
    (problem,) = tracker("invite-administrator", email, *options).problems
    assert problem.startswith(f"{place}: ")
    assert set(row_counts().values()) == {0}


def test_a_programme_has_to_be_named(app: Flask) -> None:
    assert tracker("invite-administrator", "office@example.org").status == 2
