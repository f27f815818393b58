"""Moments: what I did, what I announced, what happened; and milestones that are done, or not yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.cast import Cast, begin, proposed
from tests.party.day import stored, url
from tests.visitor import Visitor
from tracker.cases.model import Party
from tracker.db import transaction
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]
NOW = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)
STEPS = [
    {"key": "visit", "text": "Look at the damage", "due": "2026-03-05"},
    {"key": "estimate", "text": "Repair estimate", "due": "2026-03-12"},
    {"key": "order", "text": "Work is ordered", "due": "2026-03-25"},
]


@pytest.fixture
def repairs(cast: Cast) -> Trial:
    people = {"Parent A": cast.parent_a, "Parent B": cast.parent_b}
    names = [("A", "Parent A", "UTC"), ("B", "Parent B", "UTC")]
    proposal = proposed("Roof", "repairs", 30, "UTC", {"milestones": STEPS}, date(2026, 3, 2))
    with transaction():
        return begin(cast.programme.id, cast.mediator.id, names, people, proposal, NOW)


def _makes(cast: Cast) -> None:
    with transaction() as session:
        party = session.query(Party).filter_by(person_id=cast.upstairs.id).one()
        party.role = "makes"


def test_who_makes_it_has_what_i_did_and_what_i_announced(cast: Cast, visit: Visit) -> None:
    _makes(cast)
    browser = visit(cast.upstairs)
    page = browser.get(url(cast.noise))
    assert page.has("What I did")
    assert page.has("What I announced")
    form = browser.get(url(cast.noise, "moments?type=announced"))
    assert form.form("/observations")[1]["type"] == "announced"
    after = browser.follow(browser.submit(form, "/observations", note="Guests on Saturday.", audience="summary"))
    (moment,) = stored(cast.noise)
    assert moment.answers == {"at": "2026-03-10T19:00:00+01:00", "type": "announced"}
    assert (moment.note, moment.audience) == ("Guests on Saturday.", "summary")
    assert after.has("Saved.")


def test_both_roles_may_use_all_forms(cast: Cast, visit: Visit) -> None:
    _makes(cast)
    for person in (cast.upstairs, cast.downstairs):
        browser = visit(person)
        assert browser.get(url(cast.noise)).has("Noise now")
        browser.get(url(cast.noise, "noise"))
        browser.get(url(cast.noise, "moments"))


def test_each_moment_counts(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.upstairs)
    for at in ("08:00", "09:30"):
        browser.submit(browser.get(url(cast.noise, "moments")), "/observations", at=at, type="did", note=f"At {at}.")
    day = browser.get(url(cast.noise, "days/2026-03-10"))
    assert day.has("What I did, 08:00")
    assert day.has("What I did, 09:30")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"at": ""}, "Write when it was, such as 18:40."), ({"at": "23:59"}, "This time is still to come.")],
)
def test_what_is_wrong_comes_back(cast: Cast, visit: Visit, wrong: dict[str, str], sentence: str) -> None:
    browser = visit(cast.upstairs)
    page = browser.get(url(cast.noise, "moments"))
    back = browser.submit(page, "/observations", 422, **({"note": "Shoes off."} | wrong))
    assert back.has(sentence)
    assert back.has("Shoes off.")
    assert stored(cast.noise) == []


def test_steps_that_are_due_or_soon_have_two_buttons(cast: Cast, visit: Visit, repairs: Trial) -> None:
    page = visit(cast.parent_a).get(url(repairs))
    assert page.has("Look at the damage, due Thu 5 Mar")
    assert page.has("Repair estimate, due Thu 12 Mar")
    assert not page.has("Work is ordered")


def test_done_is_one_tap_and_the_step_is_gone_for_who_said_so(cast: Cast, visit: Visit, repairs: Trial) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(repairs))
    forms = [form for form in page.all("form") if any(e.get("value") == "step" for e in form.iter())]
    fields = {e.get("name", ""): e.get("value") for e in forms[1].iter() if e.tag == "input"}
    after = browser.follow(browser.post(url(repairs, "observations"), fields | {"done": "yes"}))
    assert not after.has("Repair estimate")
    assert [o.answers["milestone"] for o in stored(repairs)] == ["estimate"]
    assert stored(repairs)[0].answers["done"] is True
    assert visit(cast.parent_b).get(url(repairs)).has("Repair estimate")
    assert browser.get(url(repairs, "days/2026-03-10")).has("Repair estimate: done")


def test_not_yet_is_noted_and_the_step_stays(cast: Cast, visit: Visit, repairs: Trial) -> None:
    browser = visit(cast.parent_a)
    after = browser.follow(browser.submit(browser.get(url(repairs)), "/observations", button="Not yet"))
    assert after.has("Look at the damage")
    assert stored(repairs)[0].answers["done"] is False


def test_a_step_that_is_not_in_the_plan_is_refused(cast: Cast, visit: Visit, repairs: Trial) -> None:
    fields = {"kind": "step", "milestone": "party", "done": "yes"}
    visit(cast.parent_a).post(url(repairs, "observations"), fields, 422)
    assert stored(repairs) == []


def test_a_plan_without_moments_has_no_form_for_them(cast: Cast, visit: Visit) -> None:
    visit(cast.parent_a).get(url(cast.parenting, "moments"), 404)


@pytest.mark.parametrize("plan", ["noise", "repairs"])
def test_a_time_alone_is_asked_what_happened(cast: Cast, visit: Visit, repairs: Trial, plan: str) -> None:
    browser, trial = (visit(cast.parent_a), repairs) if plan == "repairs" else (visit(cast.upstairs), cast.noise)
    page = browser.get(url(trial, "moments"))
    back = browser.submit(page, "/observations", 422, note="  ")
    assert "#type" in back.links()
    step = " or a step," if plan == "repairs" else ","
    assert back.has(f"Choose one of these{step} or write a note.")
    assert stored(trial) == []


@pytest.mark.parametrize("said", [{"type": "did"}, {"note": "Shoes off."}, {"done": "yes", "milestone": "visit"}])
def test_a_kind_a_note_or_a_step_is_enough(cast: Cast, visit: Visit, repairs: Trial, said: dict[str, Any]) -> None:
    browser = visit(cast.parent_a)
    browser.submit(browser.get(url(repairs, "moments")), "/observations", **said)
    assert len(stored(repairs)) == 1
