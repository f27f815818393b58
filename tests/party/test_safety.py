"""I don't feel safe with this trial: to the mediator alone; it says plainly that nobody watches around the clock."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.mailbox import Mailbox, text_of
from tests.party.day import url
from tests.visitor import Visitor
from tracker import clock
from tracker.cases import emergency
from tracker.cases.model import Party
from tracker.db import db
from tracker.people import memberships
from tracker.trials import rest
from tracker.trials.model import SafetyMessage

Visit = Callable[..., Visitor]
PAGES = ("today", "calendar", "days/2026-03-10", "prepare", "more", "plan", "reminders", "confidentiality")


@pytest.mark.parametrize("page", PAGES)
def test_it_is_on_every_page_of_a_party(cast: Cast, visit: Visit, page: str) -> None:
    shown = visit(cast.parent_a).get(url(cast.parenting, page))
    assert shown.has("I don't feel safe with this trial")
    assert url(cast.parenting, "safety") in shown.links()


def test_numbers_of_the_programmes_country_and_nobody_watching(cast: Cast, visit: Visit) -> None:
    page = visit(cast.parent_a).get(url(cast.parenting, "safety"))
    assert page.has("Nobody watches this app around the clock.")
    assert page.has("911 · Emergency")
    assert "tel:18007997233" in page.links()


def test_when_the_mediator_no_longer_works_there_nobody_is_said_to_have_it(
    cast: Cast, visit: Visit, mailbox: Mailbox
) -> None:
    (membership,) = [m for m, person in memberships.people_of(cast.programme.id) if person.id == cast.mediator.id]
    memberships.end(cast.programme.id, membership.id, clock.now())
    browser = visit(cast.parent_a)
    mailbox.take()
    page = browser.get(url(cast.parenting, "safety"))
    after = browser.follow(browser.submit(page, "/safety", text="Somebody waited at the door."))
    assert after.has("nobody can read your message now")
    (mail,) = mailbox.take()
    assert mail["To"] == cast.administrator.email
    assert "Somebody waited" not in text_of(mail)
    assert "Parent" not in text_of(mail)


@pytest.mark.parametrize("text", ["", "Somebody waited at the door."])
def test_it_goes_to_the_mediator_alone_and_stops_the_reminders(
    cast: Cast, visit: Visit, mailbox: Mailbox, text: str
) -> None:
    other = visit(cast.parent_b)
    before = [other.get(url(cast.parenting, page)).text for page in PAGES]
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting, "safety"))
    after = browser.follow(browser.submit(page, "/safety", text=text))
    assert after.has("Your mediator has your message, and nobody else. You will get no more reminders.")
    mail = mailbox.one("mediator@example.org")
    body = mail.get_body(("html",))
    assert body is not None
    for word in ("safe", "parent", "school", "trial", "riverside"):  # discreet there too: a screen may lie open
        assert word not in f"{mail['Subject']} {text_of(mail)} {body.get_content()}".lower()
    (message,) = db.session.query(SafetyMessage)
    assert message.text == text
    checks = {p.name: p.check_ins for p in db.session.query(Party).filter_by(case_id=cast.parenting.case_id)}
    assert checks == {"Parent A": False, "Parent B": True}
    assert [other.get(url(cast.parenting, page)).text for page in PAGES] == before


def test_too_long_a_text_comes_back_whole(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = browser.submit(browser.get(url(cast.parenting, "safety")), "/safety", 422, text="x" * 2001)
    assert page.has("Use at most 2000 characters.")
    assert "x" * 2001 in page.html
    assert db.session.query(SafetyMessage).count() == 0


def test_no_wording_help_on_safety(cast: Cast, visit: Visit) -> None:
    page = visit(cast.parent_a).get(url(cast.parenting, "safety"))
    assert all(area.get("data-words") is None for area in page.all("textarea"))


def test_a_country_that_is_not_in_the_table_has_a_sensible_default() -> None:
    assert [one.number for one in emergency.numbers("XX")] == ["112"]
    assert emergency.numbers("gb") == emergency.numbers("GB") != emergency.numbers("XX")


def test_the_ways_out_are_named_as_far_as_they_are_open(cast: Cast, visit: Visit) -> None:
    ways = {url(cast.parenting, "pauses"), url(cast.parenting, "withdrawals")}
    browser, address = visit(cast.parent_a), url(cast.parenting, "safety")
    assert ways <= set(browser.get(address).links())
    rest.pause(cast.here(cast.parent_a, cast.parenting), cast.mediator.id, clock.now())
    assert ways & set(browser.get(address).links()) == {url(cast.parenting, "withdrawals")}
    rest.end(cast.here(cast.parent_a, cast.parenting), cast.mediator.id, clock.now())
    page = browser.get(address)
    assert not ways & set(page.links())
    assert not page.has("You can also stop")
