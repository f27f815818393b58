"""Being signed in: where it leads, how long it lasts, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import Cast
from tests.conftest import NOW
from tests.front.signing_in import MAIL, ask, enter, is_signed_in
from tests.mailbox import Mailbox, code_in
from tests.visitor import Visitor
from tracker.db import db
from tracker.people import devices
from tracker.people.model import Device

Visit = Callable[..., Visitor]


def test_it_leads_back_to_the_page_that_was_asked_for(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit()
    wanted = f"/trials/{cast.parenting.id}/welcome/reminders"
    asked = browser.get(wanted, 303)
    page = browser.submit(browser.follow(asked), "/sign-in", email=MAIL)
    browser.follow(page)
    assert enter(browser, code_in(mailbox.one(MAIL))).location == wanted


@pytest.mark.parametrize(
    "target",
    [
        "https://example.com/", "//example.com/", "///example.com", "/\\example.com", "\\\\example.com",
        "/\t/example.com", "http:/example.com", "javascript:alert(1)", "/%0d%0aLocation:x", "/../../x", "sign-in",
        "/sign-out", "/exit", "/nowhere", "/sign-in@example.com", "/static/../..//example.com",
    ],
)  # fmt: skip  # read in rows, as it is laid out
def test_it_leads_nowhere_else(cast: Cast, visit: Visit, mailbox: Mailbox, target: str) -> None:
    browser = visit()
    browser.post("/sign-in", {"email": MAIL, "next": target})
    assert enter(browser, code_in(mailbox.one(MAIL))).location == "/"


def test_a_person_who_is_signed_in_is_not_asked_again(cast: Cast, visit: Visit) -> None:
    assert visit(cast.parent_a).get("/sign-in", 303).location == "/"
    assert visit(cast.parent_a).get("/sign-in?next=https://example.com/", 303).location == "/"


def test_a_shared_device_is_signed_out_soon(
    cast: Cast, visit: Visit, mailbox: Mailbox, travel: Callable[..., None]
) -> None:
    own, shared = visit(), visit()
    for browser in (own, shared):
        ask(browser, shared=browser is shared)
        enter(browser, code_in(mailbox.one(MAIL)))
    cookies = [browser.client.get_cookie("meanwhile") for browser in (own, shared)]
    assert cookies[0] is not None
    assert cookies[1] is not None
    assert cookies[0].max_age or cookies[0].expires  # stays when the browser closes
    assert not cookies[1].max_age
    assert not cookies[1].expires
    for minutes in range(29, 120, 29):
        travel(NOW + timedelta(minutes=minutes))
        assert is_signed_in(shared)
    travel(NOW + timedelta(hours=2))
    assert not is_signed_in(shared)
    for days in range(0, 180, 59):
        travel(NOW + timedelta(days=days, hours=2))
        assert is_signed_in(own)
    travel(NOW + timedelta(days=180))
    assert not is_signed_in(own)


@pytest.mark.parametrize(
    ("who", "shared", "idle"),
    [("parent_a", False, timedelta(days=60)), ("parent_a", True, timedelta(minutes=30)),
     ("mediator", False, timedelta(hours=2)), ("administrator", False, timedelta(hours=2))],
)  # fmt: skip  # read in rows, as it is laid out
def test_a_sign_in_that_nobody_uses_ends(
    app: Flask, cast: Cast, visit: Visit, travel: Callable[..., None], who: str, shared: bool, idle: timedelta
) -> None:
    for late in (timedelta(seconds=-1), timedelta()):
        travel(NOW)
        person = getattr(cast, who)
        staff = who != "parent_a"
        token, _device = devices.begin(person, NOW, shared=shared, staff=staff, proved=staff)
        browser = visit()
        with browser.client.session_transaction() as session:
            session["_user_id"] = token
        travel(NOW + idle + late)
        assert is_signed_in(browser) == bool(late)


def test_a_mediator_signs_in_anew_each_day(cast: Cast, visit: Visit, travel: Callable[..., None]) -> None:
    browser = visit(cast.mediator)
    for hours in range(1, 12):
        travel(NOW + timedelta(hours=hours))
        browser.get("/caseload")
    travel(NOW + timedelta(hours=12))
    assert browser.get("/caseload", 303).location == "/sign-in?next=/caseload"


def test_nothing_of_the_session_before_a_sign_in_remains(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    """Session fixation: what somebody planted in the browser before is gone, the CSRF token too."""
    browser = visit()
    ask(browser)
    with browser.client.session_transaction() as session:
        session["planted"] = "x"
        before = session["csrf_token"]
    enter(browser, code_in(mailbox.one(MAIL)))
    with browser.client.session_transaction() as session:
        assert "planted" not in session
        assert "asked" not in session
        assert session.get("csrf_token") != before


def test_who_signs_in_again_ends_the_sign_in_before(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_b)
    browser.post("/demo/parent-a", {}, 404)  # nobody has the demo's address here: nothing happens
    assert is_signed_in(browser)
    browser.post("/sign-out")
    ended = db.session.scalars(select(Device).where(Device.person_id == cast.parent_b.id)).all()
    assert [device.ended_at for device in ended] == [NOW]


def test_signing_out_says_so_and_a_copied_cookie_is_worth_nothing(app: Flask, cast: Cast, visit: Visit) -> None:
    browser, thief = visit(cast.parent_a), visit()
    cookie = browser.client.get_cookie("meanwhile")
    assert cookie is not None
    page = browser.post("/sign-out")
    assert browser.follow(page).has("You are signed out")
    assert "cache" in page.response.headers["Clear-Site-Data"]
    assert "storage" not in page.response.headers["Clear-Site-Data"]  # entries that wait to be sent are kept
    thief.client.set_cookie("meanwhile", cookie.value)
    assert not is_signed_in(thief)
    browser.post("/sign-out")  # twice is fine


def test_signing_out_by_a_link_is_impossible(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    browser.get("/sign-out", 405)
    browser.client.post("/sign-out")  # without a token
    assert is_signed_in(browser)
