"""A guest reads what was released, as long as every party allows it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from tests.cast import Cast
from tests.conftest import NOW
from tests.visitor import Visitor
from tracker.cases import guests
from tracker.cases.model import GuestConsent
from tracker.db import db
from tracker.summaries import release
from tracker.trials import find

Visit = Callable[..., Visitor]


def test_before_the_release_there_is_nothing(cast: Cast, visit: Visit) -> None:
    page = visit(cast.guest).get(f"/shared/{cast.parenting.id}")
    assert page.has("Nothing to show yet")
    assert not page.has("Lights out")


def test_the_released_summary_and_its_withdrawal(cast: Cast, visit: Visit) -> None:
    here = find.for_mediator(cast.mediator.id, cast.programme.id, cast.parenting.id)
    assert here is not None
    assert here.agreed.terms  # a process reads a plan once: not counted among a page's queries
    release.release(here, cast.mediator.id, NOW)
    browser = visit(cast.guest)
    page = browser.get(f"/shared/{cast.parenting.id}")
    assert page.has("What both accounts say")
    assert page.has("Lights out by 20:30 on school nights")
    release.withdraw(here, NOW)
    assert browser.get(f"/shared/{cast.parenting.id}").has("Nothing to show yet")


def test_one_party_alone_ends_it(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.guest)
    browser.get(f"/shared/{cast.parenting.id}")
    db.session.query(GuestConsent).first().withdrawn_at = NOW  # type: ignore[union-attr]  # the cast has two
    db.session.commit()
    browser.get(f"/shared/{cast.parenting.id}", 404)
    assert browser.follow(browser.get("/", 303)).has("Nothing here yet")


def test_the_same_yes_twice_is_one_yes(cast: Cast, visit: Visit) -> None:
    first, second = db.session.query(GuestConsent).order_by(GuestConsent.party_id)
    again = GuestConsent(case_id=first.case_id, guest_id=first.guest_id, party_id=first.party_id, at=NOW)
    db.session.add(again)  # as two answers at the same moment would leave it
    second.withdrawn_at = NOW
    db.session.commit()
    visit(cast.guest).get(f"/shared/{cast.parenting.id}", 404)
    second.withdrawn_at = None
    db.session.commit()
    visit(cast.guest).get(f"/shared/{cast.parenting.id}")
    case = cast.here(cast.parent_a, cast.parenting).case
    guests.allow(case, first.guest_id, first.party_id, False, NOW)
    visit(cast.guest).get(f"/shared/{cast.parenting.id}", 404)


def test_a_guest_has_no_other_page(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.guest)
    for path in (
        f"/shared/{cast.noise.id}",
        f"/trials/{cast.parenting.id}/today",
        f"/caseload/{cast.parenting.id}/summary",
    ):
        browser.get(path, 404)


def test_a_guest_finds_their_other_summaries_and_their_sign_in(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.guest)
    page = browser.get(f"/shared/{cast.parenting.id}")
    assert "/places" in page.links()
    assert "/devices" in browser.get("/places").links()
