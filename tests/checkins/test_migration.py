"""The step that brings check-ins goes up and down with data on both databases, and the data is as before."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from tests.cast import Cast
from tests.checkins.evening import check_ins, tick
from tests.down_and_up import down_and_up
from tests.mailbox import Mailbox
from tracker.cases.model import AT_ONCE, Party
from tracker.db import db


def test_up_and_down_with_data(app: Flask, cast: Cast, mailbox: Mailbox) -> None:
    tick()
    mailbox.take()
    assert check_ins()
    down_and_up("0007", Party)
    parties = db.session.scalars(select(Party)).all()
    assert {party.next_check_in_at for party in parties} == {AT_ONCE}  # the first tick looks at everybody
    assert {(party.check_in_days, party.check_in_wording, *party.check_in_channels) for party in parties} == {
        ("1234567", "discreet", "email")
    }
