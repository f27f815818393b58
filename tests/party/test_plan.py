"""The plan in words, who accepted it when, and the answers to what is proposed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from tests.cast import Cast
from tests.party.day import url
from tests.visitor import Visitor
from tracker.db import db
from tracker.trials import rest
from tracker.trials.model import ChangeRequest

Visit = Callable[..., Visitor]
NOW = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)


def _extend(cast: Cast, last_day: date = date(2026, 4, 12)) -> None:
    rest.extend(cast.here(cast.parent_a, cast.parenting), last_day, cast.mediator.id, NOW)


def test_terms_schedule_and_both_acceptances_with_their_dates(cast: Cast, visit: Visit) -> None:
    page = visit(cast.parent_a).get(url(cast.parenting, "plan"))
    assert page.has("Lights out by 20:30 on school nights")
    assert page.has("28 days, from Mon 2 Mar to Sun 29 Mar")
    assert page.has("14 nights with Parent A, 14 nights with Parent B")
    assert page.text.count("accepted on") == 2
    assert page.has("This trial ends on Sun 29 Mar. Trying it does not mean that you agree to keep it.")
    assert not page.has("Accept this plan")


def test_every_handoff_to_come_can_be_read(cast: Cast, visit: Visit) -> None:
    page = visit(cast.parent_a).get(url(cast.parenting, "plan"))
    assert page.has("more handoffs")
    marks = page.text.index("more handoffs")
    assert page.text[marks:].count(": handoff to") == int(page.text[:marks].split()[-1])
    assert page.text.index("Place: School gate") > page.text.rindex(": handoff to")


def test_longer_counts_once_each_has_accepted(cast: Cast, visit: Visit) -> None:
    _extend(cast)
    a, b = visit(cast.parent_a), visit(cast.parent_b)
    assert a.get(url(cast.parenting)).has("Your mediator proposes to go on until Sun 12 Apr.")
    a.submit(a.get(url(cast.parenting, "plan")), "/acceptances")
    assert a.get(url(cast.parenting, "plan")).has("You have accepted. It waits for the other party.")
    assert not a.get(url(cast.parenting)).has("proposes to go on")
    assert a.get(url(cast.parenting)).has("Day 9 of 28")
    b.submit(b.get(url(cast.parenting, "plan")), "/acceptances")
    assert a.get(url(cast.parenting)).has("Day 9 of 42")
    assert a.get(url(cast.parenting, "plan")).has("Version 2")


def test_a_wish_goes_to_the_mediator_and_accepts_nothing(cast: Cast, visit: Visit) -> None:
    _extend(cast)
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting, "plan"))
    wrong = browser.submit(page, "/change-requests", 422, text="  ")
    assert wrong.has("Write what should be different, in at most 2000 characters.")
    after = browser.follow(browser.submit(page, "/change-requests", text="Only one week more."))
    assert after.has("Your mediator has your wish, and nobody else.")
    assert [wish.text for wish in db.session.query(ChangeRequest)] == ["Only one week more."]
    other = visit(cast.parent_b)
    assert all("Only one week" not in other.get(url(cast.parenting, page)).html for page in ("today", "plan", "more"))


def test_an_answer_to_a_version_that_was_replaced_counts_for_none(cast: Cast, visit: Visit) -> None:
    _extend(cast)
    browser = visit(cast.parent_a)
    target, fields = browser.get(url(cast.parenting, "plan")).form("/acceptances")
    _extend(cast, date(2026, 4, 19))
    after = browser.follow(browser.post(target, fields))
    assert after.has("The plan has been changed in the meantime. Please read it again.")
    assert after.has("Accept the new last day")
