"""Push messages reach the devices of a person on which they asked for them, for as long as they are signed in there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests.cast import Cast, begin, proposed
from tests.delivery.push_service import Device
from tests.visitor import Visitor
from tracker import clock
from tracker.cases.model import Party
from tracker.db import db, transaction
from tracker.people import devices, programmes, subscriptions
from tracker.people.model import Person

Visit = Callable[..., Visitor]
ENDPOINT = "https://fcm.googleapis.com/fcm/send/"


def _subscribe(browser: Visitor, endpoint: str = f"{ENDPOINT}one", expect: int = 201) -> str:
    keys = Device(endpoint).subscription
    data = {"endpoint": keys.endpoint, "p256dh": keys.p256dh, "auth": keys.auth}
    return browser.post("/push-subscriptions", data, expect).response.get_data(as_text=True)


def _endpoints(person: Person) -> list[str]:
    db.session.rollback()
    return [row.endpoint for row in subscriptions.of_person(person.id, clock.now())]


def test_a_device_is_written_to_after_a_tap_and_not_after_another(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    _subscribe(browser)
    assert _endpoints(cast.parent_a) == [f"{ENDPOINT}one"]
    assert browser.client.delete("/push-subscriptions", data={"csrf_token": browser.token()}).status_code == 204
    assert _endpoints(cast.parent_a) == []


def test_each_device_has_one_and_a_renewed_one_takes_its_place(cast: Cast, visit: Visit) -> None:
    phone, laptop = visit(cast.parent_a), visit(cast.parent_a)
    _subscribe(phone)
    _subscribe(laptop, f"{ENDPOINT}two")
    _subscribe(phone, f"{ENDPOINT}three")
    assert sorted(_endpoints(cast.parent_a)) == [f"{ENDPOINT}three", f"{ENDPOINT}two"]


def test_whoever_signs_in_next_on_a_browser_takes_it_over(cast: Cast, visit: Visit) -> None:
    _subscribe(visit(cast.parent_a))
    _subscribe(visit(cast.parent_b))
    assert _endpoints(cast.parent_a) == []
    assert _endpoints(cast.parent_b) == [f"{ENDPOINT}one"]


@pytest.mark.parametrize("way_out", ["/sign-out", "/exit"])
def test_it_ends_with_the_sign_in(cast: Cast, visit: Visit, way_out: str) -> None:
    browser, other = visit(cast.parent_a), visit(cast.parent_a)
    _subscribe(browser)
    _subscribe(other, f"{ENDPOINT}two")
    browser.post(way_out)
    assert _endpoints(cast.parent_a) == [f"{ENDPOINT}two"]
    assert (
        db.session.execute(text("select count(*) from push_subscription")).scalar() == 1
    )  # gone, not only passed over
    devices.end_all(cast.parent_a.id, clock.now())
    assert db.session.execute(text("select count(*) from push_subscription")).scalar() == 0


def test_it_ends_when_the_sign_in_runs_out(cast: Cast, visit: Visit, travel: Callable[[datetime], None]) -> None:
    _subscribe(visit(cast.parent_a))
    travel(datetime(2026, 3, 10, 18, 0, tzinfo=UTC) + devices.ABSOLUTE)
    assert _endpoints(cast.parent_a) == []
    _subscribe(visit(cast.parent_b), f"{ENDPOINT}two")
    assert db.session.execute(text("select count(*) from push_subscription")).scalar() == 1  # the old one is gone


def test_nothing_is_shown_on_a_device_that_others_hold(app: Flask, cast: Cast) -> None:
    browser = Visitor(app)
    token, _device = devices.begin(cast.parent_a, clock.now(), shared=True)
    with browser.client.session_transaction() as session:
        session["_user_id"] = token
    assert "Somebody else may hold this device" in _subscribe(browser, expect=422)
    assert _endpoints(cast.parent_a) == []


@pytest.mark.parametrize("endpoint", ["", "https://169.254.169.254/latest", "https://localhost/x", "http://127.0.0.1/"])
def test_an_address_that_is_no_push_service_is_refused(cast: Cast, visit: Visit, endpoint: str) -> None:
    assert "a service that is not known here" in _subscribe(visit(cast.parent_a), endpoint, expect=422)
    assert _endpoints(cast.parent_a) == []


def _channels(person: Person) -> list[list[str]]:
    """What this person chose, in each thing that they are a party of."""
    db.session.rollback()
    rows = db.session.execute(select(Party).where(Party.person_id == person.id).order_by(Party.created_at, Party.id))
    return [list(row.Party.check_in_channels) for row in rows]


def test_where_the_programme_has_them_switched_off_none_is_added(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    _subscribe(browser)
    programmes.choose_channels(cast.programme.id, ["email"])
    assert "does not send reminders to devices" in _subscribe(browser, f"{ENDPOINT}two", expect=422)
    assert _endpoints(cast.parent_a) == [f"{ENDPOINT}one"]  # stays for the day on which they are on again
    assert "does not send reminders to devices" in _subscribe(visit(cast.parent_b), f"{ENDPOINT}three", expect=422)
    assert _endpoints(cast.parent_b) == []
    assert _channels(cast.parent_b) == [["email"]]


def test_a_party_of_two_programmes_is_pushed_to_for_the_one_that_allows_it(cast: Cast, visit: Visit) -> None:
    names = [("A", "Parent A", "UTC"), ("B", "Parent B", "UTC")]
    people = {"Parent A": cast.parent_a, "Parent B": cast.parent_b}
    proposal = proposed("Fence", "open", 28, "UTC", {}, date(2026, 3, 2))
    with transaction():
        begin(cast.other_programme.id, cast.outsider.id, names, people, proposal, clock.now())
    programmes.choose_channels(cast.programme.id, ["email"])
    _subscribe(visit(cast.parent_a))
    assert _endpoints(cast.parent_a) == [f"{ENDPOINT}one"]
    assert sorted(_channels(cast.parent_a)) == [["email"], ["email", "push"]]


def test_a_stolen_database_does_not_say_where_to_write(cast: Cast, visit: Visit) -> None:
    _subscribe(visit(cast.parent_a))
    row = db.session.execute(text("select endpoint, p256dh, auth from push_subscription")).one()
    assert not any(b"fcm" in bytes(value) or b"googleapis" in bytes(value) for value in row)


def test_a_form_from_elsewhere_changes_nothing(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    assert browser.client.post("/push-subscriptions", data={"endpoint": ENDPOINT}).status_code == 400
    assert browser.client.delete("/push-subscriptions").status_code == 400
