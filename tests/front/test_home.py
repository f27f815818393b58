"""The first page, the choice of places, the health check and the demo door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from tests.apart import apart
from tests.cast import Cast
from tests.conftest import NOW, configured
from tests.visitor import Client, Visitor
from tracker.checkins import beat
from tracker.db import db
from tracker.people import memberships, persons
from tracker.trials import rest
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]


def test_a_newcomer_reads_what_this_is(app: Flask, visit: Visit) -> None:
    page = visit().get("/")
    assert page.has("I have an invitation")
    assert page.has("no messenger and no court record")
    assert {"/invitations", "/sign-in"} <= set(page.links())


@pytest.mark.parametrize(
    ("who", "where"),
    [("parent_a", "/trials/{parenting}/today"), ("mediator", "/caseload"), ("administrator", "/programme"),
     ("guest", "/shared/{parenting}"), ("downstairs", "/trials/{noise}/today")],
)  # fmt: skip  # read in rows, as it is laid out
def test_whoever_has_one_place_goes_there(cast: Cast, visit: Visit, who: str, where: str) -> None:
    expected = where.format(parenting=cast.parenting.id, noise=cast.noise.id)
    assert visit(getattr(cast, who)).get("/", 303).location == expected


def test_whoever_has_several_chooses(cast: Cast, visit: Visit) -> None:
    memberships.add(cast.programme, cast.administrator, "mediator", NOW)
    browser = visit(cast.administrator)
    page = browser.follow(browser.get("/", 303))
    assert {"/caseload", "/programme"} <= set(page.links())
    assert page.has("Where to?")


def test_an_ended_trial_is_no_reason_to_choose(cast: Cast, visit: Visit) -> None:
    """It stays reachable, but the daily way in is not made longer by it."""
    from tracker.cases.model import Party

    other = db.session.get_one(Trial, cast.strangers.id)
    party = db.session.query(Party).filter_by(case_id=other.case_id, key="A").one()
    party.person_id = cast.parent_a.id
    db.session.commit()
    rest.end(cast.here(cast.parent_a, other), cast.mediator.id, NOW - timedelta(days=2))
    browser = visit(cast.parent_a)
    assert browser.get("/", 303).location == f"/trials/{cast.parenting.id}/today"
    page = browser.get("/places")
    assert page.has("Ended on")
    assert f"/trials/{other.id}/today" in page.links()


def test_whoever_has_no_place_reads_what_to_do(cast: Cast, visit: Visit) -> None:
    person = persons.add("New", None, "UTC", NOW)
    browser = visit(person)
    assert browser.follow(browser.get("/", 303)).has("Nothing here yet")


def test_the_health_check_says_whether_check_ins_go_out(app: Flask, visit: Visit, travel: Callable[..., None]) -> None:
    beat.strike(NOW)
    assert visit().client.get("/healthz").json == {"database": "ok", "scheduler": "ok"}
    travel(NOW + timedelta(minutes=4))
    assert visit().client.get("/healthz").json == {"database": "ok", "scheduler": "late"}


def test_the_health_check_asks_the_database(app: Flask, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    response = visit().client.get("/healthz")
    assert (response.status_code, response.json) == (200, {"database": "ok", "scheduler": "never"})
    monkeypatch.setattr(db.session, "execute", _broken)
    response = visit().client.get("/healthz")
    assert (response.status_code, response.json) == (503, {"database": "unreachable"})


def _broken(*_args: object) -> None:
    from sqlalchemy.exc import OperationalError

    raise OperationalError("select 1", {}, Exception("the server is gone"))


def test_the_demo_door_lets_in_as_the_demos_people(cast: Cast, visit: Visit) -> None:
    db.session.merge(cast.parent_a).email = "parent-a@demo.invalid"
    db.session.commit()
    browser = visit()
    page = browser.get("/demo")
    for name in ("Parent A", "Parent B", "Upstairs", "Downstairs", "Mediator", "Programme administrator"):
        assert page.has(f"Enter as {name}")
    assert browser.submit(page, "/demo/parent-a").location == "/"
    assert browser.get("/", 303).location == f"/trials/{cast.parenting.id}/today"
    browser.post("/demo/stranger", {}, 404)  # nobody else's door
    browser.get("/demo/parent-a", 405)


@pytest.fixture
def real_app(tmp_path: Path) -> Iterator[Flask]:
    """An installation that is no demo."""
    with apart(configured(tmp_path, f"sqlite:///{tmp_path / 'x.sqlite'}", demo=False)) as app:
        upgrade()
        yield app


def test_there_is_no_demo_door_elsewhere(real_app: Flask) -> None:
    browser = Visitor(real_app)
    assert isinstance(browser.client, Client)
    persons.add("Parent A", "parent-a@demo.invalid", "UTC", NOW)
    db.session.commit()
    browser.get("/demo", 404)
    browser.post("/demo/parent-a", {}, 404)
    assert "/demo" not in browser.get("/").links()
    assert "/demo" not in browser.get("/sign-in").links()
