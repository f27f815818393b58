"""How often the doors may be tried: enough for a busy room, too little for guessing, and nobody locked out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.apart import apart
from tests.cast import Cast
from tests.conftest import NOW
from tests.front.signing_in import expect_news
from tests.mailbox import Mailbox, code_in
from tests.visitor import Visitor
from tracker.cases import create, invite
from tracker.cases.create import NewParty
from tracker.db import db
from tracker.people.model import Attempt

Visit = Callable[..., Visitor]
MAIL = "parent-a@example.org"

pytestmark = pytest.mark.usefixtures("counting")


def ask(browser: Visitor, email: str, network: str = "192.0.2.1") -> int:
    data = {"csrf_token": browser.token(), "email": email}
    return browser.client.post("/sign-in", data=data, environ_base={"REMOTE_ADDR": network}).status_code


@pytest.mark.parametrize("email", [MAIL, "nobody@example.org"])
def test_one_network_asks_six_times_an_hour_for_one_address(
    cast: Cast, visit: Visit, mailbox: Mailbox, email: str
) -> None:
    statuses = [ask(visit(), email) for _ in range(7)]
    assert statuses == [303] * 6 + [429]
    assert len(mailbox.take()) == (6 if email == MAIL else 0)


def test_spellings_of_an_address_count_together(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    assert [ask(visit(), spelling) for spelling in (MAIL, MAIL.upper(), f" {MAIL}") * 3][6:] == [429] * 3
    mailbox.take()


def test_the_page_says_what_to_do(cast: Cast, visit: Visit) -> None:
    for _ in range(6):
        ask(visit(), "nobody@example.org", "127.0.0.1")
    browser = visit()
    page = browser.submit(browser.get("/sign-in"), "/sign-in", 429, email="nobody@example.org")
    assert page.has("A code that you already have still works")
    assert page.response.headers["Retry-After"]


def test_a_person_keeps_their_code_whatever_others_do(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    """Somebody on the same network asks until every limit is reached; the code that came before still signs in."""
    person, other = visit(), visit()
    assert ask(person, MAIL) == 303
    code = code_in(mailbox.one(MAIL))
    while ask(other, MAIL) == 303:
        pass
    mailbox.take()
    for n in range(60):
        ask(other, f"nobody-{n}@example.org")
    for _ in range(40):
        other.client.post(
            "/sign-in/code",
            data={"csrf_token": other.token(), "code": "000000"},
            environ_base={"REMOTE_ADDR": "192.0.2.1"},
        )
    page = person.get("/sign-in/code", environ_base={"REMOTE_ADDR": "192.0.2.1"})
    person.submit(page, "/sign-in/code", code=code)
    expect_news(person)


def test_a_browser_that_is_known_is_locked_out_by_nobody(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    """From many networks, the victim's own too, somebody asks for codes until none is left: not for this browser."""
    person = visit()
    ask(person, MAIL)
    page = person.get("/sign-in/code")
    person.submit(page, "/sign-in/code", code=code_in(mailbox.one(MAIL)))
    person.post("/sign-out")
    for n in range(30):
        ask(visit(), MAIL, f"192.0.2.{n % 5 + 1}")
        ask(visit(), f"nobody-{n}@example.org")
        ask(visit(), f"nobody-{n + 30}@example.org")
    assert ask(visit(), MAIL, "203.0.113.9") == 429
    assert [ask(person, MAIL) for _ in range(6)] == [303] * 6
    mailbox.take()


def test_a_household_has_one_network(app: Flask, visit: Visit) -> None:
    """A provider gives a household 2^64 addresses: changing among them gains nothing."""
    statuses = [ask(visit(), "nobody@example.org", f"2001:db8:1:2::{n:x}") for n in range(8)]
    assert statuses == [303] * 6 + [429] * 2


def test_all_processes_count_together(app: Flask, cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    """Another process is another app on the same database."""
    for _ in range(6):
        ask(visit(), "nobody@example.org")
    with apart(app.extensions["config"]) as second:
        assert ask(Visitor(second), "nobody@example.org") == 429


def test_the_count_begins_anew(cast: Cast, visit: Visit, travel: Callable[..., None]) -> None:
    for _ in range(7):
        ask(visit(), "nobody@example.org")
    travel(NOW + timedelta(hours=1, seconds=1))
    assert ask(visit(), "nobody@example.org") == 303
    assert db.session.query(Attempt).count() == 4  # what is over was cleared away


def test_a_links_token_waits_for_nobody(cast: Cast, visit: Visit) -> None:
    """Somebody on the same network has used up all tries at codes: a link still opens."""
    new = [NewParty("A", "Parent A", "UTC"), NewParty("B", "Parent B", "UTC")]
    _case, parties = create.create(cast.programme.id, cast.mediator.id, "Later", new, NOW)
    token = invite.invite(parties[0], NOW).token
    browser = visit()
    assert [browser.client.get(f"/invitations/ABCDEF{n:02}").status_code for n in range(22)][-1] == 429
    assert browser.client.get(f"/invitations/{token}").status_code == 404  # there is no trial yet; but no 429


def test_another_network_may_still_ask(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    while ask(visit(), MAIL, "192.0.2.1") == 303:
        pass
    assert ask(visit(), MAIL, "198.51.100.1") == 303
    mailbox.take()


def test_guessing_of_invitation_codes_is_slow_and_a_full_room_is_not(cast: Cast, visit: Visit) -> None:
    browser = visit()
    new = [NewParty("A", "Parent A", "UTC"), NewParty("B", "Parent B", "UTC")]
    _case, parties = create.create(cast.programme.id, cast.mediator.id, "Later", new, NOW)
    right = invite.invite(parties[0], NOW).code

    def type_in(code: str) -> int:
        data = {"csrf_token": browser.token(), "code": code}
        return browser.client.post("/invitations", data=data).status_code

    assert {type_in(right) for _ in range(30)} == {303}
    statuses = [browser.client.get(f"/invitations/ABCDEF{n:02}").status_code for n in range(22)]
    assert statuses == [404] * 20 + [429] * 2
    assert type_in("ABCDEFGH") == 429  # the link and the page for typing count together


def test_what_is_refused_uses_up_nothing_of_the_address(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    """One network that asks on and on is held by its own limit; from elsewhere the address can still be asked for."""
    assert [ask(visit(), MAIL) for _ in range(70)].count(303) == 6
    assert [ask(visit(), MAIL, f"198.51.100.{n}") for n in range(15)] == [303] * 14 + [429]
    mailbox.take()


def test_guessing_day_after_day_comes_to_little(
    cast: Cast, visit: Visit, mailbox: Mailbox, travel: Callable[..., None]
) -> None:
    """From however many networks: sixty codes a day, of five tries each, of a million."""
    sent = 0
    for hour in range(5):
        travel(NOW.replace(hour=1) + timedelta(hours=hour, minutes=1))
        sent += [ask(visit(), MAIL, f"198.51.{hour}.{n}") for n in range(21)].count(303)
    assert sent == 60
    mailbox.take()
