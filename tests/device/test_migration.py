"""The step that brings the channels goes up and down with data on both databases; what was there before stays."""

from __future__ import annotations

from flask import Flask, current_app
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, select, text

from tests.cast import Cast
from tests.delivery.push_service import Device
from tracker import clock
from tracker.cases import feeds
from tracker.db import db
from tracker.people import devices, persons, subscriptions
from tracker.people.model import Person


def test_up_and_down_with_data(app: Flask, cast: Cast) -> None:
    _token, device = devices.begin(cast.parent_a, clock.now())
    subscription = Device("https://fcm.googleapis.com/fcm/send/one").subscription
    subscriptions.add(device, subscription, current_app.extensions["config"], clock.now())
    persons.keep_phone(cast.parent_a.id, "+15550100123")
    party = cast.here(cast.parent_a, cast.parenting).party
    assert party is not None
    feeds.renew(party, clock.now())
    people = db.session.scalar(select(func.count()).select_from(Person))
    db.session.rollback()
    downgrade(revision="0009")
    try:
        with db.engine.connect() as connection:
            assert connection.scalar(text("select count(*) from person")) == people
    finally:
        upgrade()
    db.session.expire_all()
    assert db.session.scalar(select(func.count()).select_from(Person)) == people
    assert not db.session.get_one(Person, cast.parent_a.id).phone
    assert subscriptions.of_person(cast.parent_a.id, clock.now()) == []
    assert feeds.of_party(party.id) is None
