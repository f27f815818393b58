"""The step that brings the channels goes up and down with data on both databases; what was there before stays."""

from __future__ import annotations

from flask import Flask, current_app

from tests.cast import Cast
from tests.delivery.push_service import Device
from tests.down_and_up import down_and_up
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
    down_and_up("0009", Person)
    assert not db.session.get_one(Person, cast.parent_a.id).phone
    assert subscriptions.of_person(cast.parent_a.id, clock.now()) == []
    assert feeds.of_party(party.id) is None
