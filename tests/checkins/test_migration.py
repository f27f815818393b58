"""The step that brings check-ins goes up and down with data on both databases, and the data is as before."""

from __future__ import annotations

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, select, text

from tests.cast import Cast
from tests.checkins.evening import check_ins, tick
from tests.mailbox import Mailbox
from tracker.cases.model import AT_ONCE, Party
from tracker.db import db


def test_up_and_down_with_data(app: Flask, cast: Cast, mailbox: Mailbox) -> None:
    tick()
    mailbox.take()
    assert check_ins()
    people = db.session.scalar(select(func.count()).select_from(Party))
    db.session.rollback()
    downgrade(revision="0007")
    try:
        with db.engine.connect() as connection:
            assert connection.scalar(text("select count(*) from party")) == people
    finally:
        upgrade()
    parties = db.session.scalars(select(Party)).all()
    assert len(parties) == people
    assert {party.next_check_in_at for party in parties} == {AT_ONCE}  # the first tick looks at everybody
    assert {(party.check_in_days, party.check_in_wording, *party.check_in_channels) for party in parties} == {
        ("1234567", "discreet", "email")
    }
