"""Signing in: the code, the link, their limits; nobody learns whether an address is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import Cast
from tests.conftest import NOW
from tests.mailbox import Mailbox, code_in, path_in, text_of
from tests.page import Page
from tests.visitor import Visitor
from tracker.db import db
from tracker.people.devices import digest
from tracker.people.model import Device, Person, SignInCode

Visit = Callable[..., Visitor]
MAIL = "parent-a@example.org"


def ask(browser: Visitor, email: str = MAIL, *, shared: bool = False) -> Page:
    more = {"shared": "yes"} if shared else {}
    return browser.submit(browser.get("/sign-in"), "/sign-in", 303, None, email=email, **more)


def enter(browser: Visitor, code: str, expect: int = 303) -> Page:
    return browser.submit(browser.get("/sign-in/code"), "/sign-in/code", expect, code=code)


def is_signed_in(browser: Visitor) -> bool:
    return browser.client.get("/places").status_code == 200


def wrong(code: str) -> str:
    return f"{(int(code.replace(' ', '')) + 1) % 10**6:06}"


def test_a_code_signs_in_once(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser, again = visit(), visit()
    page = browser.follow(ask(browser, " Parent-A@Example.org "))
    assert page.has("If parent-a@example.org is known here")
    code = code_in(mailbox.one(MAIL))
    assert browser.get(enter(browser, code).location, 303).location == f"/trials/{cast.parenting.id}/today"
    ask(again)
    mailbox.one(MAIL)
    assert enter(again, code, 422).has("That is not the code from the latest email")
    assert not is_signed_in(again)


def test_an_unknown_address_gets_the_same_answers_and_no_mail(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    known, unknown = visit(), visit()
    pages = []
    for browser, email in ((known, MAIL), (unknown, "nobody-x@example.org")):
        steps = [ask(browser, email)]
        steps.append(browser.follow(steps[0]))
        steps.append(enter(browser, "00000O", 422))
        pages.append([(p.status, p.location, p.text.replace(email, "…")) for p in steps])
    assert pages[0] == pages[1]
    mailbox.one(MAIL)


def test_an_unknown_address_costs_the_same_queries(app: Flask, cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    from tests.visitor import counted

    shapes = []
    for email in (MAIL, "nobody@example.org"):
        browser = visit()
        token = browser.token()
        with counted() as statements:
            browser.client.post("/sign-in", data={"csrf_token": token, "email": email})
        shapes.append([s.split("(")[0] for s in statements])
    assert shapes[0] == shapes[1]
    mailbox.one(MAIL)


def test_opening_the_link_signs_nobody_in_but_its_button_does(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser, phone = visit(), visit()
    ask(browser)
    path = path_in(mailbox.one(MAIL))
    for _ in range(3):  # mail scanners open links, and more than once
        page = phone.get(path)
        assert not is_signed_in(phone)
    phone.submit(page, path)
    assert is_signed_in(phone)
    assert phone.get(path, 410).has("This link is over")
    browser.post(path, {}, 410)
    assert not is_signed_in(browser)


def test_using_the_link_uses_up_the_code(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser, phone = visit(), visit()
    ask(browser)
    message = mailbox.one(MAIL)
    phone.submit(phone.get(path_in(message)), path_in(message))
    assert enter(browser, code_in(message), 422).has("cannot be used any more")


def test_code_and_link_end_after_ten_minutes(
    cast: Cast, visit: Visit, mailbox: Mailbox, travel: Callable[..., None]
) -> None:
    browser = visit()
    ask(browser)
    message = mailbox.one(MAIL)
    travel(NOW + timedelta(minutes=10) - timedelta(seconds=1))
    browser.get(path_in(message))
    travel(NOW + timedelta(minutes=10))
    assert enter(browser, code_in(message), 422).has("cannot be used any more")
    browser.get(path_in(message), 410)
    assert not is_signed_in(browser)


def test_five_wrong_tries_end_a_code(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit()
    ask(browser)
    code = code_in(mailbox.one(MAIL))
    for n in range(5):
        page = enter(browser, wrong(code), 422)
        assert page.has("cannot be used any more") == (n == 4)
    assert enter(browser, code, 422).has("cannot be used any more")


def test_the_fifth_try_still_counts(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit()
    ask(browser)
    code = code_in(mailbox.one(MAIL))
    for _ in range(4):
        enter(browser, wrong(code), 422)
    enter(browser, code)
    assert is_signed_in(browser)


def test_a_new_code_replaces_the_older_one_of_the_same_browser(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit()
    ask(browser)
    first = mailbox.one(MAIL)
    browser.submit(browser.get("/sign-in/code"), "/sign-in")
    second = mailbox.one(MAIL)
    if code_in(first) != code_in(second):  # one in a million
        enter(browser, code_in(first), 422)
    browser.get(path_in(first), 410)
    enter(browser, code_in(second))
    assert is_signed_in(browser)


def test_others_who_ask_and_guess_do_not_touch_the_code_that_somebody_has(
    cast: Cast, visit: Visit, mailbox: Mailbox
) -> None:
    """Whoever knows an address may ask for codes and guess: the person's own code goes on working."""
    person, other = visit(), visit()
    ask(person)
    code = code_in(mailbox.one(MAIL))
    for _ in range(3):
        ask(other)
        theirs = code_in(mailbox.one(MAIL))
        for _ in range(5):
            enter(other, wrong(theirs), 422)
    enter(person, code)
    assert is_signed_in(person)
    assert not is_signed_in(other)


def test_a_code_counts_only_in_the_browser_that_asked(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    person, other = visit(), visit()
    ask(person)
    code = code_in(mailbox.one(MAIL))
    assert other.client.post("/sign-in/code", data={"csrf_token": other.token(), "code": code}).location == "/sign-in"
    ask(other, "parent-b@example.org")
    mailbox.one("parent-b@example.org")
    enter(other, code, 422)
    assert not is_signed_in(other)


@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b@c", "a b@example.org", "x" * 250 + "@example.org", "a@ex\nample.org"]
)
def test_what_is_no_address_is_said_at_the_field(cast: Cast, visit: Visit, email: str) -> None:
    browser = visit()
    page = browser.submit(browser.get("/sign-in"), "/sign-in", 422, email=email)
    assert page.has("Write an email address")


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
        "/sign-out", "/exit", "/nowhere", "/sign-in@example.com",
    ],
)  # fmt: skip
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
    travel(NOW + timedelta(hours=1, minutes=59))
    assert is_signed_in(shared)
    travel(NOW + timedelta(hours=2))
    assert not is_signed_in(shared)
    assert is_signed_in(own)
    travel(NOW + timedelta(days=180))
    assert not is_signed_in(own)


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


def test_the_table_gives_no_code_away(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit()
    ask(browser)
    code = code_in(mailbox.one(MAIL)).replace(" ", "")
    row = db.session.scalars(select(SignInCode)).one()
    guesses = {digest(f"{part}{code}") for part in ("", ":", f"{row.id}:", f"{row.link_hash}:")}
    assert row.code_hash not in guesses


def test_old_codes_are_cleared_away(cast: Cast, visit: Visit, mailbox: Mailbox, travel: Callable[..., None]) -> None:
    ask(visit(), "nobody@example.org")
    travel(NOW + timedelta(days=2))
    ask(visit(), "nobody@example.org")
    assert len(db.session.scalars(select(SignInCode)).all()) == 1


def test_the_mail_gives_nothing_away(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit()
    ask(browser)
    message = mailbox.one(MAIL)
    people = [person.name for person in db.session.scalars(select(Person))]
    body = message.get_body(("html",))
    assert body is not None
    everything = f"{message['From']} {message['Subject']} {text_of(message)} {body.get_content()}".lower()
    for word in [
        "parent",
        "trial",
        "mediat",
        "plan",
        "school weeks",
        cast.programme.name.lower(),
        *map(str.lower, people),
    ]:
        assert word not in everything.replace("parent-a@example.org", ""), word
    assert "src=" not in everything  # no picture that tells when it was opened
