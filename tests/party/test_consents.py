"""What a party agrees to: which version and when; the programme's own text; taking it back is leaving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.cast import NIGHTS, Cast, proposed
from tests.conftest import NOW
from tests.front.invited import Invited, accept, propose_to
from tests.party.day import url
from tests.visitor import Visitor
from tracker.cases import consent
from tracker.cases.model import Consent
from tracker.db import db
from tracker.people import programmes
from tracker.trials import agree, propose
from tracker.trials.model import Trial, Withdrawal

Visit = Callable[..., Visitor]


def joining(cast: Cast) -> Invited:
    return propose_to(cast, ["new@example.org", None])


def test_joining_agrees_to_the_version_that_was_shown(cast: Cast, visit: Visit) -> None:
    programmes.write_text(cast.programme.id, "Notes are protected here.", cast.administrator.id, NOW)
    text = programmes.current_text(cast.programme.id)
    assert text is not None
    case = joining(cast)
    accept(visit(), case.first.token)
    given = consent.in_force(case.parties[0].id)
    assert given is not None
    assert (given.version, given.text_id, given.at) == (consent.CURRENT, text.id, NOW)


def test_a_text_that_changed_meanwhile_is_not_agreed_to(cast: Cast, visit: Visit) -> None:
    from tests.front.invited import walk

    case, browser = joining(cast), visit()
    page = walk(browser, case.first.token)
    programmes.write_text(cast.programme.id, "Something else.", cast.administrator.id, NOW)
    browser.submit(page, "/acceptances")
    assert consent.in_force(case.parties[0].id) is None
    page = browser.get(url(case.trial, "consents"))
    assert page.has("Something else.")
    assert browser.follow(browser.submit(page, "/consents")).has("You agreed on")


def test_nobody_agrees_to_words_that_came_after_the_page(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting, "consents"))
    programmes.write_text(cast.programme.id, "Notes are protected here.", cast.administrator.id, NOW)
    again = browser.follow(browser.submit(page, "/consents"))
    assert again.has("The text has changed in the meantime. Please read it again.")
    assert again.has("Notes are protected here.")
    assert db.session.query(Consent).count() == 0
    assert browser.follow(browser.submit(again, "/consents")).has("You agreed on")


def test_a_new_version_of_the_programmes_text_is_asked_for(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = browser.submit(browser.get(url(cast.parenting, "consents")), "/consents")
    assert not any(form.get("action", "").endswith("/consents") for form in browser.follow(page).all("form"))
    programmes.write_text(cast.programme.id, "Notes are protected here.", cast.administrator.id, NOW)
    page = browser.get(url(cast.parenting, "consents"))
    assert page.has("Notes are protected here.")
    browser.submit(page, "/consents")
    assert db.session.query(Consent).count() == 2
    assert browser.get(url(cast.parenting, "confidentiality")).has("Notes are protected here.")


def test_taking_it_back_is_leaving(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    browser.submit(browser.get(url(cast.parenting, "consents")), "/consents")
    browser.post(url(cast.parenting, "consents/withdrawals"))  # without having read what happens
    assert db.session.query(Withdrawal).count() == 0
    page = browser.submit(browser.get(url(cast.parenting, "consents")), "/withdrawals")
    assert browser.follow(page).has("You have left this trial")
    assert db.session.query(Consent).one().withdrawn_at == NOW
    assert visit(cast.mediator).get(f"/caseload/{cast.parenting.id}/parties").has("taken back")


def test_an_outdated_version_is_not_taken(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = browser.post(url(cast.parenting, "consents"), {"version": "1999-01"})
    assert browser.follow(page).has("The text has changed in the meantime")
    assert db.session.query(Consent).count() == 0


def test_taken_back_where_a_trial_has_ended_it_leaves_the_one_that_goes_on(cast: Cast, visit: Visit) -> None:
    """It was given for the case, and the page says that taking it back is leaving."""
    browser, earlier = visit(cast.parent_a), _earlier(cast)
    browser.submit(browser.get(url(earlier, "consents")), "/consents")
    page = browser.get(url(earlier, "consents"))
    assert "leave the trial that goes on now" in page.asks("/withdrawals")
    page = browser.follow(browser.submit(page, "/withdrawals"))
    assert page.has("You took it back, and left the trial that went on.")
    assert browser.get(url(cast.parenting)).has("You have left this trial")
    browser.submit(page, "/consents")
    page = browser.get(url(earlier, "consents"))
    assert page.asks("/withdrawals").endswith("What you wrote stays until you have it deleted. Take it back")
    assert browser.follow(browser.submit(page, "/withdrawals")).has("You took it back.")


def _earlier(cast: Cast) -> Trial:
    """The case's trial before this one, over by now."""
    case = cast.here(cast.parent_a, cast.parenting).case
    proposal = proposed("First weeks", "parenting", 28, "UTC", {"nights": NIGHTS}, date(2026, 2, 1))
    trial = propose.propose(case, proposal, cast.mediator.id, NOW - timedelta(days=40))
    db.session.flush()
    for person in (cast.parent_a, cast.parent_b):
        agree.accept(cast.here(person, trial), 1, NOW - timedelta(days=39))
    return trial
