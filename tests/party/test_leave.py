"""Leaving: at any moment before the end, once, and without anybody else reading that it was a party who left."""

from __future__ import annotations

from collections.abc import Callable

from tests.cast import Cast
from tests.conftest import NOW
from tests.party.day import url
from tests.visitor import Visitor
from tracker.db import db
from tracker.trials import rest
from tracker.trials.model import Trial, Withdrawal

Visit = Callable[..., Visitor]
SENTENCE = "The trial has been paused by the programme. Your mediator will be in touch."


def _leave(browser: Visitor, trial: Trial) -> None:
    browser.submit(browser.get(url(trial, "withdrawals")), "/withdrawals")


def test_whoever_leaves_before_accepting_is_not_asked_to_accept_again(cast: Cast, coming: Trial, visit: Visit) -> None:
    leaver, other = visit(cast.parent_a), visit(cast.parent_b)
    _leave(leaver, coming)
    assert leaver.get(url(coming)).has("You have left this trial")
    assert other.get(url(coming)).has(SENTENCE)
    for browser in (leaver, other):
        plan = browser.get(url(coming, "plan"))
        assert not [form for form in plan.all("form") if (form.get("action") or "").endswith("/acceptances")]


def test_leaving_is_offered_once_to_who_left_and_still_to_the_other(cast: Cast, visit: Visit) -> None:
    leaver, other = visit(cast.parent_a), visit(cast.parent_b)
    _leave(leaver, cast.parenting)
    assert url(cast.parenting, "withdrawals") not in leaver.get(url(cast.parenting, "more")).links()
    assert leaver.get(url(cast.parenting, "withdrawals"), 303).location == url(cast.parenting)
    assert url(cast.parenting, "withdrawals") in other.get(url(cast.parenting, "more")).links()


def test_without_a_yes_nobody_leaves(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    assert browser.post(url(cast.parenting, "withdrawals")).location == url(cast.parenting, "withdrawals")
    assert db.session.query(Withdrawal).count() == 0


def test_after_the_end_there_is_nothing_to_leave(cast: Cast, visit: Visit) -> None:
    rest.end(cast.here(cast.parent_a, cast.parenting), cast.mediator.id, NOW)
    browser = visit(cast.parent_a)
    assert browser.get(url(cast.parenting, "withdrawals"), 303).location == url(cast.parenting)
    browser.post(url(cast.parenting, "withdrawals"), {"sure": "yes"})
    assert db.session.query(Withdrawal).count() == 0
