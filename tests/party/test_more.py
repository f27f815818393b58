"""More: reminders, confidentiality, signing out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

import pytest

from tests.cast import Cast
from tests.conftest import NOW
from tests.party.day import url
from tests.visitor import Visitor
from tracker.cases.model import Party
from tracker.db import db
from tracker.trials import rest
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]


def _party(cast: Cast) -> Party:
    db.session.rollback()
    return db.session.query(Party).populate_existing().filter_by(person_id=cast.parent_a.id).one()


def test_everything_that_is_not_needed_on_most_days(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    links = browser.get(url(cast.parenting, "more")).links()
    for page in ("plan", "reminders", "safety", "confidentiality", "pauses", "withdrawals"):
        assert url(cast.parenting, page) in links
        browser.get(url(cast.parenting, page))


def test_who_has_another_trial_finds_it_from_here(cast: Cast, visit: Visit) -> None:
    """The start page leads to the one that runs: the summary of one that has ended was nowhere to be found."""
    browser = visit(cast.parent_a)
    assert "/places" not in browser.get(url(cast.parenting, "more")).links()
    case = db.session.get_one(Trial, cast.strangers.id).case_id
    db.session.query(Party).filter_by(case_id=case, key="A").one().person_id = cast.parent_a.id
    db.session.commit()
    rest.end(cast.here(cast.parent_a, cast.strangers), cast.mediator.id, NOW)
    page = browser.get(url(cast.parenting, "more"))
    assert page.has("Your other trials")
    assert "/places" in page.links()


def test_signing_out_is_a_button(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    browser.submit(browser.get(url(cast.parenting, "more")), "/sign-out")
    assert browser.client.get(url(cast.parenting)).status_code == 303


def test_reminders_have_a_time_and_can_be_off(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting, "reminders"))
    assert page.form("/reminders")[1]["check_in_at"] == "20:30"
    after = browser.follow(browser.submit(page, "/reminders", check_in_at="07:15"))
    assert after.has("every day at 07:15")
    assert (_party(cast).check_in_at, _party(cast).check_ins) == (time(7, 15), True)
    browser.post(url(cast.parenting, "reminders"), {"check_in_at": ""})
    assert (_party(cast).check_in_at, _party(cast).check_ins) == (time(7, 15), False)
    assert browser.get(url(cast.parenting, "more")).has("off")


def test_no_reminder_is_promised_where_none_comes(cast: Cast, visit: Visit) -> None:
    here, browser = cast.here(cast.parent_a, cast.parenting), visit(cast.parent_a)
    assert browser.get(url(cast.parenting, "more")).has("every evening at 20:30")
    rest.pause(here, cast.mediator.id, NOW)
    assert browser.get(url(cast.parenting, "more")).has("none while the trial is paused")
    rest.leave(cast.here(cast.parent_b, cast.parenting), NOW)
    assert browser.get(url(cast.parenting, "more")).has("none while the trial is paused"), "the other one left"
    assert visit(cast.parent_b).get(url(cast.parenting, "more")).has("none: you have left this trial")
    rest.end(here, cast.mediator.id, NOW)
    page = browser.get(url(cast.parenting, "more"))
    assert page.has("none: this trial has ended")
    assert not page.has("20:30")


@pytest.mark.parametrize("typed", ["", "25:00", "in the evening"])
def test_a_time_that_is_none_comes_back(cast: Cast, visit: Visit, typed: str) -> None:
    browser = visit(cast.parent_a)
    page = browser.submit(browser.get(url(cast.parenting, "reminders")), "/reminders", 422, check_in_at=typed)
    assert page.has("Write a time, such as 20:30.")
    assert page.form("/reminders")[1]["check_in_at"] == typed
    assert _party(cast).check_in_at == time(20, 30)


def test_confidentiality_promises_no_secrecy(cast: Cast, visit: Visit) -> None:
    page = visit(cast.parent_a).get(url(cast.parenting, "confidentiality"))
    assert page.has("This app does not promise secrecy.")
    assert page.has("What happened is not made secret by being written down here.")
    assert page.has("There is no report to a court.")
    assert page.has("It does not clear the browser's history.")
