"""The second step: nobody who works for a programme sees anything before it; set up at the first sign-in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from flask_login import current_user

from tests.cast import Cast
from tests.conftest import NOW
from tests.front.signing_in import ask, enter, is_signed_in
from tests.mailbox import Mailbox, code_in
from tests.page import Page
from tests.visitor import Visitor
from tracker.db import db
from tracker.people import second_step
from tracker.people.model import Authenticator, Device, Person

Visit = Callable[..., Visitor]
MEDIATOR = "mediator@example.org"
PAGES = ("/caseload", "/return-sessions", "/caseload/new", "/caseload/{trial}", "/caseload/{trial}/summary")


def by_code(browser: Visitor, mailbox: Mailbox, email: str = MEDIATOR) -> Page:
    ask(browser, email)
    return enter(browser, code_in(mailbox.one(email)))


def app_code(person: Person, ahead: int = 0) -> str:
    row = db.session.get_one(Authenticator, person.id, populate_existing=True)
    return pyotp.TOTP(row.secret).at(NOW, counter_offset=ahead)


def with_app(person: Person) -> None:
    second_step.begin_app(person, NOW - timedelta(days=1))
    secret = db.session.get_one(Authenticator, person.id).secret
    assert second_step.confirm_app(person.id, pyotp.TOTP(secret).at(NOW - timedelta(days=1)), NOW - timedelta(days=1))


@pytest.mark.parametrize("email", [MEDIATOR, "administrator@example.org"])
def test_nothing_is_seen_before_it(cast: Cast, visit: Visit, mailbox: Mailbox, email: str) -> None:
    browser = visit()
    by_code(browser, mailbox, email)
    pages = PAGES if email == MEDIATOR else ("/programme",)
    for page in pages:
        where = page.format(trial=cast.parenting.id)
        assert browser.get(where, 303).location == f"/second-step?next={where}"
    answer = browser.post(f"/caseload/{cast.parenting.id}/pauses" if email == MEDIATOR else "/programme/memberships")
    assert answer.location == "/second-step"
    assert browser.follow(answer).has("Set up your second step")


def test_what_is_not_theirs_stays_not_found(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit()
    by_code(browser, mailbox)
    browser.get("/programme", 404)


def test_the_first_time_an_app_is_set_up(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit()
    by_code(browser, mailbox)
    page = browser.follow(browser.get("/caseload", 303))
    page = browser.get(next(link for link in page.links() if link.startswith("/authenticator")))
    assert db.session.query(Authenticator).one().secret in page.text.replace(" ", "")
    again = browser.submit(page, "/authenticator", 422, code="000000")
    assert again.has("That is not the code that the app shows now")
    assert browser.get("/caseload", 303).location
    page = browser.submit(again, "/authenticator", 200, code=app_code(cast.mediator))
    assert page.has("Write them down now")
    assert len(page.all("li")) >= 8
    assert mailbox.one(MEDIATOR)["Subject"] == "Your sign-in"
    assert browser.submit(page, "/recovery-codes/keepings").location == "/caseload"
    assert browser.get("/caseload").has("Caseload")


def test_after_that_it_is_asked_for_at_each_sign_in(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    with_app(cast.mediator)
    browser = visit()
    by_code(browser, mailbox)
    page = browser.follow(browser.get(f"/caseload/{cast.parenting.id}", 303))
    assert page.has("Six digits from your authenticator app")
    before = db.session.query(Device).filter_by(person_id=cast.mediator.id).one().token_hash
    page = browser.submit(page, "/second-step", code=app_code(cast.mediator))
    assert browser.follow(page).has("School weeks")
    rows = db.session.query(Device).filter_by(person_id=cast.mediator.id, ended_at=None).all()
    assert [row.token_hash for row in rows] != [before]  # what only had the first factor is worth nothing now
    assert len(rows) == 1


def test_a_code_counts_once(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    with_app(cast.mediator)
    code = app_code(cast.mediator)
    assert second_step.by_app(cast.mediator.id, code, NOW)
    assert not second_step.by_app(cast.mediator.id, code, NOW)
    assert not second_step.by_app(cast.mediator.id, app_code(cast.mediator, -1), NOW)  # nor an earlier one
    assert second_step.by_app(cast.mediator.id, app_code(cast.mediator, 1), NOW)  # a clock may be fast
    assert not second_step.by_app(cast.mediator.id, app_code(cast.mediator, 2), NOW)


def test_five_wrong_ones_end_this_sign_in_and_no_other(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    with_app(cast.mediator)
    thief, own = visit(), visit(cast.mediator)
    by_code(thief, mailbox)
    for n in range(5):
        page = thief.get("/second-step")
        thief.submit(page, "/second-step", 422 if n < 4 else 303, code="000000")
    assert not is_signed_in(thief)
    own.get("/caseload")
    again = visit()
    by_code(again, mailbox)
    again.submit(again.get("/second-step"), "/second-step", code=app_code(cast.mediator))
    again.get("/caseload")


def test_a_recovery_code_instead_of_the_app(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    with_app(cast.mediator)
    codes = second_step.new_codes(cast.mediator.id, NOW)
    browser = visit()
    by_code(browser, mailbox)
    browser.submit(browser.get("/second-step"), "/second-step", code=codes[0].lower())
    assert mailbox.one(MEDIATOR)["Subject"] == "Your sign-in"
    browser.get("/caseload")
    assert second_step.ways(cast.mediator.id).codes == 7


def test_recovery_codes_alone_are_not_two_factors(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    with_app(cast.mediator)
    codes = second_step.new_codes(cast.mediator.id, NOW)
    thief = visit()
    thief.submit(thief.get("/sign-in/recovery"), "/sign-in/recovery", code=codes[0])
    mailbox.one(MEDIATOR)
    thief.get("/caseload", 303)
    thief.submit(thief.get("/second-step"), "/second-step", 422, code=codes[1])
    assert second_step.ways(cast.mediator.id).codes == 7


def test_somebody_elses_recovery_code_is_none(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    with_app(cast.mediator)
    codes = second_step.new_codes(cast.parent_a.id, NOW)
    assert second_step.keep_codes(cast.parent_a.id, second_step.shown(cast.parent_a.id))
    browser = visit()
    by_code(browser, mailbox)
    browser.submit(browser.get("/second-step"), "/second-step", 422, code=codes[0])
    assert second_step.ways(cast.parent_a.id).codes == 8


def test_nobody_sets_up_another_factor_before_the_one_there_is(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    """A stolen mailbox opens the first door; it must not open the second by changing the lock."""
    with_app(cast.mediator)
    thief = visit()
    by_code(thief, mailbox)
    for path in ("/authenticator/removals", "/recovery-codes", "/authenticator"):
        assert thief.post(path, {"code": "000000"}).location == "/second-step?next=/devices"
    assert thief.get("/authenticator", 303).location == "/second-step?next=/devices"
    thief.post("/passkey-challenges", {"purpose": "add"}, 404)
    assert second_step.ways(cast.mediator.id).app


def test_who_is_made_a_mediator_meanwhile_is_asked_too(cast: Cast, visit: Visit) -> None:
    from tracker.people import memberships

    browser = visit(cast.parent_a)
    memberships.add(cast.programme, cast.parent_a, "mediator", NOW)
    assert browser.get("/caseload", 303).location == "/second-step?next=/caseload"


def test_a_party_is_not_asked(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit()
    by_code(browser, mailbox, "parent-a@example.org")
    browser.get(f"/trials/{cast.parenting.id}/today")
    with browser.client:
        browser.client.get("/places")
        assert not current_user.strong


def test_the_demos_door_counts_while_it_is_open_only(app: Flask, cast: Cast, visit: Visit) -> None:
    cast.mediator.email = "mediator@demo.invalid"
    db.session.commit()
    browser = visit()
    browser.post("/demo/mediator")
    browser.get("/caseload")
    config = app.extensions["config"]
    from dataclasses import replace

    app.extensions["config"] = replace(config, demo=False)
    try:
        assert browser.get("/caseload", 303).location == "/sign-in?next=/caseload"
    finally:
        app.extensions["config"] = config
