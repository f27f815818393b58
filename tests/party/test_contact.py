"""How to reach a party without harm: said once, read by their mediator alone."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import text

from tests.cast import Cast
from tests.party.day import url
from tests.visitor import Visitor
from tracker.db import db

Visit = Callable[..., Visitor]


def test_said_once_and_read_by_the_mediator(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting, "contact"))
    again = browser.submit(page, "/contact", 422, address="555-0100")
    assert again.has("Please choose one.")
    assert "555-0100" in again.html
    browser.submit(page, "/contact", way="call", address="555-0100", times="Weekdays at noon")
    desk = visit(cast.mediator).get(f"/caseload/{cast.parenting.id}/parties")
    for words in ("A call: 555-0100", "Weekdays at noon", "Leave no message on the voice mail."):
        assert desk.has(words)
    assert browser.get(url(cast.parenting, "contact")).html.count("555-0100") == 1
    stored = db.session.execute(text("select address, times from contact_wish")).one()
    assert b"555" not in bytes(stored[0])
    assert b"noon" not in bytes(stored[1])


def test_nobody_else_reads_it(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    browser.submit(browser.get(url(cast.parenting, "contact")), "/contact", way="text", address="555-0100")
    assert "555-0100" not in visit(cast.parent_b).get(url(cast.parenting, "contact")).html
    visit(cast.other_mediator).get(f"/caseload/{cast.parenting.id}/parties", 404)
