"""Signing in: the code, the link, their limits; nobody learns whether an address is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import Cast
from tests.conftest import NOW
from tests.front.signing_in import MAIL, ask, enter, expect_news, is_signed_in, wrong
from tests.mailbox import Mailbox, code_in, path_in, text_of
from tests.visitor import Visitor
from tracker.db import db
from tracker.people.devices import digest
from tracker.people.model import Person, SignInCode

Visit = Callable[..., Visitor]


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
    expect_news(phone)
    assert is_signed_in(phone)
    assert phone.get(path, 410).has("This link no longer works")
    browser.post(path, {}, 410)
    assert not is_signed_in(browser)


def test_using_the_link_uses_up_the_code(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser, phone = visit(), visit()
    ask(browser)
    message = mailbox.one(MAIL)
    phone.submit(phone.get(path_in(message)), path_in(message))
    expect_news(phone)
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
    "email", ["", "nobody", "a@b@c", "a b@example.org", "x" * 250 + "@example.org", "a@ex\nample.org", "a@gmail"]
)
def test_what_is_no_address_is_said_at_the_field(cast: Cast, visit: Visit, email: str) -> None:
    browser = visit()
    page = browser.submit(browser.get("/sign-in"), "/sign-in", 422, email=email)
    assert page.has("Write an email address")


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
