"""Changing a plan until both have accepted it: a new version, which everybody must accept again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from tests.cast import NIGHTS, Cast, begin, proposed
from tests.conftest import NOW
from tests.mediator.setting_up import value_of
from tests.visitor import Visitor
from tracker.cases.model import Party
from tracker.db import db
from tracker.trials import agree, find
from tracker.trials.model import PlanVersion, Trial, TrialDraft
from tracker.trials.state import State

Visit = Callable[..., Visitor]


@pytest.fixture
def waiting(cast: Cast) -> Trial:
    """A parenting trial that both have joined and nobody has accepted."""
    people = {person.name: person for person in (cast.parent_a, cast.parent_b)}
    names = [("A", "Parent A", "America/New_York"), ("B", "Parent B", "America/Chicago")]
    nights = NIGHTS | {"anchor": "2026-03-09", "changes": [{"day": "2026-03-20", "with": "B"}], "tolerance_minutes": 15}
    proposal = proposed("Spring weeks", "parenting", 28, "America/New_York", {"nights": nights}, date(2026, 3, 16))
    trial = begin(cast.programme.id, cast.mediator.id, names, people, proposal, NOW, accepted=False)
    db.session.commit()
    return trial


def _change(browser: Visitor, trial: Trial) -> str:
    """Begin a change; the address of the draft."""
    page = browser.submit(browser.get(f"/caseload/{trial.id}"), "/plan")
    assert page.location.endswith("/terms")
    return page.location.removesuffix("/terms")


def _walk(browser: Visitor, draft: str, **values: str) -> str:
    """From the terms to the end, with these values in the schedule; where it leads."""
    page = browser.follow(browser.submit(browser.get(f"{draft}/terms"), "/terms", do="next"))
    page = browser.follow(browser.post(f"{draft}/schedule", page.form("/schedule")[1] | {"do": "next"} | values))
    return browser.submit(page, "/sharing", do="next").location


def test_everything_typed_once_is_there_again(cast: Cast, visit: Visit, waiting: Trial) -> None:
    browser = visit(cast.mediator)
    draft = _change(browser, waiting)
    assert browser.get(f"{draft}/terms").has("This makes a new version. Both must accept it")
    assert _walk(browser, draft) == f"/caseload/{waiting.id}"
    first, second = db.session.query(PlanVersion).filter_by(trial_id=waiting.id).order_by(PlanVersion.number)
    assert second.terms == first.terms
    assert second.schedule["nights"] | {"anchor": "2026-03-09"} == first.schedule["nights"] | {"anchor": "2026-03-09"}
    assert (second.days, second.starts_on, second.template) == (first.days, first.starts_on, first.template)
    parties = db.session.query(Party).filter_by(case_id=waiting.case_id).order_by(Party.position)
    assert [(p.key, p.name, p.timezone) for p in parties] == [
        ("A", "Parent A", "America/New_York"), ("B", "Parent B", "America/Chicago"),
    ]  # fmt: skip  # read in rows, as it is laid out


def test_an_acceptance_of_the_earlier_version_no_longer_counts(cast: Cast, visit: Visit, waiting: Trial) -> None:
    agree.accept(cast.here(cast.parent_a, waiting), 1, NOW)
    browser = visit(cast.mediator)
    _walk(browser, _change(browser, waiting), starts_on="2026-03-18", days="14")
    page = browser.get(f"/caseload/{waiting.id}")
    assert page.has("Both must accept this version, also whoever had accepted the one before.")
    assert page.has("Parent A has joined, not accepted yet")
    here = find.by_id(waiting.id)
    assert here is not None
    assert (here.facts.starts_on, here.facts.days, here.trial.version) == (date(2026, 3, 18), 14, 2)
    agree.accept(cast.here(cast.parent_b, waiting), 2, NOW)
    assert find.by_id(waiting.id).state(NOW) is State.PROPOSED  # type: ignore[union-attr]  # it is there
    agree.accept(cast.here(cast.parent_a, waiting), 2, NOW)
    assert find.by_id(waiting.id).state(NOW) is State.ACCEPTED  # type: ignore[union-attr]  # it is there


def test_who_had_accepted_reads_that_the_plan_changed_since(cast: Cast, visit: Visit, waiting: Trial) -> None:
    agree.accept(cast.here(cast.parent_a, waiting), 1, NOW)
    mediator, first, second = visit(cast.mediator), visit(cast.parent_a), visit(cast.parent_b)
    changed = "Your mediator has changed the plan since you accepted it. It needs your answer again."
    address = f"/trials/{waiting.id}/today"
    assert not first.get(address).has(changed)
    _walk(mediator, _change(mediator, waiting), days="14")
    assert first.get(address).has(changed)
    assert not second.get(address).has(changed), "they had not accepted it"
    agree.accept(cast.here(cast.parent_a, waiting), 2, NOW)
    assert not first.get(f"/trials/{waiting.id}/plan").has(changed)


def test_who_asked_for_a_change_reads_what_they_asked(cast: Cast, visit: Visit, waiting: Trial) -> None:
    first, second, mediator = visit(cast.parent_a), visit(cast.parent_b), visit(cast.mediator)
    address = f"/trials/{waiting.id}/plan"
    first.submit(first.get(address), "/change-requests", text="Handoff at 18:00.")
    first.get(address)  # which says once that it was sent
    page = first.get(address)
    assert page.has("You asked for a change on Tue 10 Mar. Your mediator has it, and nobody else.")
    assert page.has("Handoff at 18:00.")
    assert not second.get(address).has("Handoff at 18:00.")
    _walk(mediator, _change(mediator, waiting), days="14")
    assert not first.get(address).has("You asked for a change"), "it was about the version before"


def test_names_and_addresses_can_be_put_right_too(cast: Cast, visit: Visit, waiting: Trial) -> None:
    browser = visit(cast.mediator)
    draft = _change(browser, waiting)
    values: dict[str, Any] = {
        "title": "Summer weeks",
        "name-1": "The other parent",
        "timezone-1": "America/Denver",
        "do": "next",
    }
    browser.submit(browser.get(f"{draft}/people"), "/people", **values)
    _walk(browser, draft)
    party = db.session.query(Party).filter_by(case_id=waiting.case_id, key="B").populate_existing().one()
    assert (party.name, party.timezone, party.person_id) == ("The other parent", "America/Denver", cast.parent_b.id)
    assert party.check_in_at == time(20, 30)
    assert db.session.query(Trial).filter_by(id=waiting.id).populate_existing().one().title == "Summer weeks"


def test_after_both_have_accepted_it_stays_as_it_is(cast: Cast, visit: Visit, waiting: Trial) -> None:
    browser = visit(cast.mediator)
    draft = _change(browser, waiting)
    for person in (cast.parent_a, cast.parent_b):
        agree.accept(cast.here(person, waiting), 1, NOW)
    assert _walk(browser, draft) == f"/caseload/{waiting.id}"
    assert browser.get(f"/caseload/{waiting.id}").has("Both have accepted meanwhile.")
    assert db.session.query(PlanVersion).filter_by(trial_id=waiting.id).count() == 1
    browser.post(f"/caseload/{waiting.id}/plan")
    assert browser.get(f"/caseload/{waiting.id}").has("A change of terms is a new trial.")


def test_a_second_change_goes_on_with_an_unfinished_one(
    cast: Cast, visit: Visit, waiting: Trial, travel: Callable[[datetime], None]
) -> None:
    """Begun in two tabs, or gone back to from the trial: what was typed is not lost."""
    browser = visit(cast.mediator)
    first = _change(browser, waiting)
    words: dict[str, Any] = {"text-0": "Supper at six"}
    browser.submit(browser.get(f"{first}/terms"), "/terms", 204, do="save", **words)
    travel(NOW + timedelta(minutes=1))
    assert _change(browser, waiting) == first
    page = browser.get(f"{first}/terms")
    assert page.has("You had begun this before: what you typed is still here.")
    assert value_of(page, "text-0") == "Supper at six"
    _walk(browser, first)
    assert _change(browser, waiting) != first
    assert not browser.get(f"{first}/terms", 303).has("You had begun this before")
    assert db.session.query(TrialDraft).count() == 1


def test_the_plan_page_says_what_the_parties_read(cast: Cast, visit: Visit, waiting: Trial) -> None:
    page = visit(cast.mediator).get(f"/caseload/{waiting.id}/plan")
    for words in ("Version 1", "Lights out by 20:30 on school nights", "Place: School gate", "America/Chicago"):
        assert page.has(words), words
    assert page.has("Change the plan")
    assert page.has("Check-in 20:30")
    assert not page.has("Check-in Off")
    db.session.query(Party).filter_by(case_id=waiting.case_id).update({"check_ins": False})
    page = visit(cast.mediator).get(f"/caseload/{waiting.id}/plan")
    assert page.has("Check-in Off")
    assert not page.has("Check-in 20:30")
    assert not visit(cast.mediator).get(f"/caseload/{cast.parenting.id}/plan").has("Change the plan")
