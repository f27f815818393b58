"""Swapping a night: one parent proposes, the other accepts, and only then does the schedule move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.cast import Cast
from tests.conftest import NOW
from tests.page import Page
from tests.party.day import url
from tests.visitor import Visitor
from tracker.db import db
from tracker.trials import rest
from tracker.trials.model import Change

Visit = Callable[..., Visitor]
THURSDAY = {"day": "2026-03-12", "with": "B"}  # a night with A, by the plan


def _propose(cast: Cast, browser: Visitor, expect: int = 303, **typed: str) -> Page:
    page = browser.get(url(cast.parenting, "calendar"))
    return browser.submit(page, "/changes", expect, **(THURSDAY | typed))


def _answer(browser: Visitor, cast: Cast, button: str) -> Page:
    page = browser.get(url(cast.parenting, "calendar"))
    return browser.follow(browser.submit(page, "/answers", button=button))


def _change() -> Change:
    db.session.rollback()
    return db.session.query(Change).populate_existing().one()


def _night(browser: Visitor, cast: Cast) -> str:
    page = browser.get(url(cast.parenting, "calendar"))
    return next(
        " ".join(link.itertext()) for link in page.all("a") if (link.get("href") or "").endswith("/days/2026-03-12")
    )


def test_a_change_is_offered_only_where_one_can_be_proposed(cast: Cast, visit: Visit) -> None:
    browser, day = visit(cast.parent_a), url(cast.parenting, "days/2026-03-12")
    assert browser.get(day).has("Propose a change of this night")
    rest.pause(cast.here(cast.parent_a, cast.parenting), cast.mediator.id, NOW)
    assert not browser.get(day).has("Propose a change of this night"), "the calendar has no form for it now"


def test_only_what_both_want_moves_the_schedule(cast: Cast, visit: Visit) -> None:
    a, b = visit(cast.parent_a), visit(cast.parent_b)
    assert "night with Parent A" in _night(a, cast)
    assert a.follow(_propose(cast, a)).has("Proposed. Nothing changes until the other parent accepts.")
    assert "night with Parent A" in _night(b, cast)
    assert b.get(url(cast.parenting)).has("A change of one night is proposed.")
    after = _answer(b, cast, "Accept")
    assert after.has("Accepted. The night of Thu 12 Mar has moved in the calendar.")
    for browser in (a, b):
        assert "night with Parent B" in _night(browser, cast)
        assert "changed by agreement" in _night(browser, cast)
    assert a.get(url(cast.parenting, "days/2026-03-13")).has("with")
    assert not b.get(url(cast.parenting)).has("is proposed")


def test_handoffs_move_with_the_night(cast: Cast, visit: Visit) -> None:
    """Wednesday to Sunday: A A B B B. With Thursday at B's the handoff to B is a day earlier."""
    a, b = visit(cast.parent_a), visit(cast.parent_b)
    assert not a.get(url(cast.parenting, "days/2026-03-12")).has("17:30")
    _propose(cast, a)
    _answer(b, cast, "Accept")
    assert a.get(url(cast.parenting, "days/2026-03-12")).has(
        "17:30 handoff at School gate, then the night with Parent B"
    )
    assert not a.get(url(cast.parenting, "days/2026-03-13")).has("17:30")


def test_declined_and_withdrawn_leave_it_as_it_is(cast: Cast, visit: Visit) -> None:
    a, b = visit(cast.parent_a), visit(cast.parent_b)
    _propose(cast, a)
    assert _answer(b, cast, "Decline").has("Declined. The schedule stays as it is.")
    assert _change().answer == "declined"
    _propose(cast, b)
    assert _answer(b, cast, "Withdraw").has("Withdrawn. The schedule stays as it is.")
    assert "night with Parent A" in _night(a, cast)


def test_nobody_accepts_what_they_proposed_and_none_answers_twice(cast: Cast, visit: Visit) -> None:
    a, b = visit(cast.parent_a), visit(cast.parent_b)
    _propose(cast, a)
    target = url(cast.parenting, f"changes/{_change().id}/answers")
    a.post(target, {"answer": "accepted"})
    b.post(target, {"answer": "withdrawn"})
    a.post(target, {"answer": "perhaps"})
    assert _change().answer is None
    b.post(target, {"answer": "accepted"})
    assert b.follow(b.post(target, {"answer": "declined"})).has("This change has been answered already.")
    assert _change().answer == "accepted"


def test_a_party_of_another_case_finds_no_change(cast: Cast, visit: Visit) -> None:
    _propose(cast, visit(cast.parent_a))
    other = visit(cast.stranger)
    other.post(url(cast.parenting, f"changes/{_change().id}/answers"), {"answer": "accepted"}, 404)
    other.post(url(cast.strangers, f"changes/{_change().id}/answers"), {"answer": "accepted"})
    assert _change().answer is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": "2026-03-09"}, "This day has passed. Choose today or a later day."),
        ({"day": "2026-03-30"}, "This day is not in the trial. Choose one up to its last day."),
        ({"with": "A"}, "The night is with them already. Choose the other parent, or another night."),
        ({"with": "C"}, "Choose with whom the night would be."),
        ({"day": ""}, "Choose the day."),
    ],
)
def test_what_cannot_be_is_said_with_what_was_typed(
    cast: Cast, visit: Visit, typed: dict[str, str], sentence: str
) -> None:
    page = _propose(cast, visit(cast.parent_a), 422, **typed)
    assert page.has(sentence)
    assert page.form("/changes")[1]["day"] == (THURSDAY | typed)["day"]
    assert db.session.query(Change).count() == 0


def test_a_refused_proposal_is_said_where_the_page_begins(cast: Cast, visit: Visit) -> None:
    page = _propose(cast, visit(cast.parent_a), 422, day="2026-03-09")
    assert page.html.index('id="errors"') < page.html.index("March 2026")
    assert "#day" in page.links()


def test_one_open_proposal_for_a_day(cast: Cast, visit: Visit) -> None:
    _propose(cast, visit(cast.parent_a))
    page = _propose(cast, visit(cast.parent_b), 422)
    assert page.has("A change of this day waits for an answer already.")


def test_a_proposal_whose_day_has_passed_cannot_be_accepted(
    cast: Cast, visit: Visit, travel: Callable[[datetime], None]
) -> None:
    _propose(cast, visit(cast.parent_a))
    travel(datetime(2026, 3, 13, 12, 0, tzinfo=UTC))
    b = visit(cast.parent_b)
    assert not b.get(url(cast.parenting)).has("is proposed")
    b.post(url(cast.parenting, f"changes/{_change().id}/answers"), {"answer": "accepted"})
    assert _change().answer is None
    assert _answer(b, cast, "Decline").has("Declined.")


def test_none_while_paused(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    target, fields = browser.get(url(cast.parenting, "calendar")).form("/changes")
    rest.pause(cast.here(cast.parent_b, cast.parenting), cast.parent_b.id, datetime(2026, 3, 10, 18, 0, tzinfo=UTC))
    page = browser.post(target, fields | THURSDAY, 422)
    assert page.has("Changes are possible while the trial is running.")


def test_a_plan_without_nights_has_nothing_to_swap(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.downstairs)
    page = browser.get(url(cast.noise, "calendar"))
    assert not page.has("Propose a change")
    browser.post(url(cast.noise, "changes"), {"day": "2026-03-12", "with": "U"}, 422)
    assert db.session.query(Change).count() == 0
