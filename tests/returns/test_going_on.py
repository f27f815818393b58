"""How it goes on after the return session: extended, changed, in a memorandum, or ended; dated, and counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import NOW
from tests.mailbox import Mailbox
from tests.page import Page
from tests.visitor import Visitor
from tracker.cases import close
from tracker.db import db
from tracker.errors import Refused
from tracker.keeping import purge
from tracker.trials import find, outcome
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]
AFTER = datetime(2026, 4, 2, 15, tzinfo=UTC)  # the trial's last day was 29 March


@pytest.fixture
def over(cast: Cast, travel: Callable[[datetime], None]) -> Cast:
    """The parenting trial is over."""
    travel(AFTER)
    return cast


def _start_next(browser: Visitor, trial: Trial, **terms: str) -> Page:
    """From the return session through the set-up: the page of the next trial, proposed."""
    desk = browser.get(f"/caseload/{trial.id}/return-session")
    assert desk.has("Extend it with the same plan, or change the plan and start again.")
    page = browser.follow(browser.submit(desk, "/next-trials"))
    assert page.has("It begins with the plan of the trial before")
    for step in ("/terms", "/schedule", "/sharing"):
        values: dict[str, Any] = {"do": "next"} | (terms if step == "/terms" else {})
        page = browser.follow(browser.submit(page, step, **values))
    return page


def _next_of(cast: Cast) -> Trial:
    return db.session.query(Trial).filter_by(case_id=cast.parenting.case_id, title="School weeks 2").one()


@pytest.mark.parametrize("term", ["", "Lights out by 21:00 on school nights"], ids=["the same plan", "a changed one"])
def test_the_next_trial_counts_when_both_have_accepted_it(
    over: Cast, visit: Visit, mailbox: Mailbox, term: str
) -> None:
    browser = visit(over.mediator)
    page = _start_next(browser, over.parenting, **({"text-0": term} if term else {}))
    assert page.has("Proposed. It starts when both have accepted.")
    trial = _next_of(over)
    assert (trial.starts_on, trial.days, trial.case_id) == (date(2026, 4, 6), 28, over.parenting.case_id)
    for person in (over.parent_a, over.parent_b):
        assert outcome.of_trial(over.parenting.id) == {}, "not before both have accepted"
        phone = visit(person)
        phone.submit(phone.get(f"/trials/{trial.id}/plan"), "/acceptances")
    kind = "changed" if term else "extended"
    assert outcome.of_trial(over.parenting.id) == {kind: AFTER}
    desk = browser.get(f"/caseload/{over.parenting.id}/return-session")
    assert desk.has("Both accepted another plan" if term else "Both accepted to go on with the same plan")
    assert f"/caseload/{trial.id}" in desk.links()
    assert browser.get(f"/caseload/{trial.id}/comparison").has("Lights out by 20:30 on school nights")


def test_the_next_trial_begins_after_the_one_before(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.mediator)
    page = browser.submit(browser.get(f"/caseload/{cast.parenting.id}/return-session"), "/next-trials")
    page = browser.follow(browser.submit(browser.follow(page), "/terms", do="next"))
    wrong = browser.submit(page, "/schedule", 422, do="next", starts_on="2026-03-20")
    assert wrong.has("Choose a day after Sun 29 Mar")


def test_a_next_trial_that_was_begun_is_gone_on_with(
    cast: Cast, visit: Visit, travel: Callable[[datetime], None]
) -> None:
    browser, url = visit(cast.mediator), f"/caseload/{cast.parenting.id}/return-session"
    begun = browser.submit(browser.get(url), "/next-trials").location
    words: dict[str, Any] = {"text-0": "Supper at six"}
    browser.submit(browser.get(begun), "/terms", 204, do="save", **words)
    travel(NOW + timedelta(minutes=1))
    again = browser.submit(browser.get(url), "/next-trials")
    assert again.location == begun
    page = browser.follow(again)
    assert page.draws("You had begun this before: what you typed is still here.") == "done"
    assert "Supper at six" in page.html


def test_a_next_trial_of_a_case_that_was_closed_is_not_lost_without_a_word(over: Cast, visit: Visit) -> None:
    browser, url = visit(over.mediator), f"/caseload/{over.parenting.id}"
    page = browser.follow(browser.submit(browser.get(f"{url}/return-session"), "/next-trials"))
    close.close(over.parenting.case_id, AFTER)
    for step in ("/terms", "/schedule", "/sharing"):
        page = browser.follow(browser.submit(page, step, do="next"))
    assert page.draws("This case is closed. Open it again first.") == "careful"
    browser.submit(page, "/reopenings")
    assert browser.get("/caseload").has("Continue setting up"), "what was typed is still there"


def test_an_extension_counts_when_both_have_accepted_it(cast: Cast, visit: Visit) -> None:
    visit(cast.mediator).post(f"/caseload/{cast.parenting.id}/extensions", {"last_day": "2026-04-12"})
    visit(cast.parent_a).post(f"/trials/{cast.parenting.id}/acceptances", {"version": "2"})
    assert outcome.of_trial(cast.parenting.id) == {}
    visit(cast.parent_b).post(f"/trials/{cast.parenting.id}/acceptances", {"version": "2"})
    assert outcome.of_trial(cast.parenting.id) == {"extended": NOW}


def test_an_end_is_noted_and_taken_back(cast: Cast, visit: Visit, travel: Callable[[datetime], None]) -> None:
    here = find.for_mediator(cast.mediator.id, cast.programme.id, cast.parenting.id)
    assert here is not None
    with pytest.raises(Refused):
        outcome.end(here, NOW)
    travel(AFTER)
    browser, url = visit(cast.mediator), f"/caseload/{cast.parenting.id}/return-session"
    waiting = browser.get("/caseload").text.count("No return session planned")
    made = browser.submit(browser.get(url), "/outcomes", button="It ends here")
    assert made.location.endswith("#going-on")
    page = browser.follow(made)
    (card,) = [e for e in page.all("section") if e.get("id") == "going-on"]
    assert "Noted: it ends here." in "".join(card.itertext())
    assert page.text.count("Noted: it ends here.") == 1
    assert browser.get(url).has("It ends here Thu 2 Apr")
    left = browser.get("/caseload").text.count("No return session planned")
    assert left == waiting - 1, "nothing is left to do for it"
    assert browser.get(f"/caseload/{cast.parenting.id}").has("It ends here")
    browser.submit(browser.get(url), "/outcomes", button="Take it back")
    assert outcome.of_trial(cast.parenting.id) == {}


def test_the_programme_counts_them_and_they_outlive_the_case(over: Cast, visit: Visit) -> None:
    page = visit(over.administrator).get("/programme")
    assert page.has("How trials went on Nothing yet.")
    trial = f"{over.parenting.id}"
    visit(over.mediator).post(f"/caseload/{trial}/memorandum", {"text": "Handoffs at the library."})
    for person in (over.parent_a, over.parent_b):
        assert outcome.of_trial(over.parenting.id) == {}
        visit(person).post(f"/trials/{trial}/memorandum/answers", {"version": "1", "answer": "accepted"})
    visit(over.mediator).post(f"/caseload/{trial}/outcomes", {"kind": "ended"})
    close.close(over.parenting.case_id, AFTER)
    purge.purge(over.parenting.case_id, AFTER + timedelta(days=1))
    page = visit(over.administrator).get("/programme")
    assert page.has("A memorandum accepted by all 1 1")
    assert page.has("Ended without going on 1 1")
    assert page.has("Changed and started again 0 0")
    assert outcome.count(over.programme.id, AFTER + timedelta(days=1))["ended"] == (0, 1)
    assert outcome.count(over.other_programme.id, NOW)["ended"] == (0, 0)
