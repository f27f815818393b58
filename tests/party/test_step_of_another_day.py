"""One of the next steps was done yesterday, or long before it was due: it is written for the day on which it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.cast import Cast, begin, proposed
from tests.conftest import NOW
from tests.party.day import stored, url
from tests.visitor import Visitor
from tracker.db import transaction
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]
WEDNESDAY = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
STEPS = [
    {"key": "order", "text": "Work is ordered", "due": "2026-03-25"},
    {"key": "estimate", "text": "Repair estimate", "due": "2026-03-20"},
]
DONE: dict[str, Any] = {"done": "yes", "milestone": "estimate", "at": "16:30"}
TUESDAY = "moments?day=2026-03-10"


@pytest.fixture
def repairs(cast: Cast, travel: Callable[[datetime], None]) -> Trial:
    travel(WEDNESDAY)
    people = {"Parent A": cast.parent_a, "Parent B": cast.parent_b}
    names = [("A", "Parent A", "UTC"), ("B", "Parent B", "UTC")]
    proposal = proposed("Roof", "repairs", 30, "UTC", {"milestones": STEPS}, date(2026, 3, 2))
    with transaction():
        return begin(cast.programme.id, cast.mediator.id, names, people, proposal, NOW)


def test_done_yesterday_counts_for_yesterday(cast: Cast, visit: Visit, repairs: Trial) -> None:
    browser = visit(cast.parent_a)
    day = browser.get(url(repairs, "days/2026-03-10"))
    form = browser.get(next(link for link in day.links() if "moments" in link))
    assert form.has("Is one of the next steps done?")
    assert form.has("Choose Repair estimate Work is ordered")  # by date, and none of them to begin with
    after = browser.follow(browser.submit(form, "/observations", **DONE))
    assert after.has("Saved for Tue 10 Mar.")
    assert after.has("Repair estimate: done")
    summary = visit(cast.mediator).get(f"/caseload/{repairs.id}/summary")
    assert summary.has("Repair estimate Fri 20 Mar Done Tue 10 Mar Not noted as done")


def test_what_happened_needs_no_step(cast: Cast, visit: Visit, repairs: Trial) -> None:
    browser = visit(cast.parent_a)
    browser.submit(browser.get(url(repairs, TUESDAY)), "/observations", at="08:00", type="announced")
    assert [o.answers for o in stored(repairs)] == [{"at": "2026-03-10T08:00:00+00:00", "type": "announced"}]


def test_a_step_takes_the_place_of_the_type(cast: Cast, visit: Visit, repairs: Trial) -> None:
    browser = visit(cast.parent_a)
    form = browser.get(url(repairs, TUESDAY))
    assert form.has("What you say of a step takes the place of the choice above.")
    browser.submit(form, "/observations", **DONE | {"done": "no", "type": "did"})
    wanted = {"at": "2026-03-10T16:30:00+00:00", "milestone": "estimate", "done": False}
    assert [o.answers for o in stored(repairs)] == [wanted]


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"milestone": ""}, "milestone", "Choose the step that you mean."),
        ({"milestone": "party"}, "milestone", "Choose the step that you mean."),
        ({"done": ""}, "done", "Choose “Done” or “Not yet” for this step."),
        ({"done": "perhaps"}, "done", "Choose “Done” or “Not yet” for this step."),
    ],
)
def test_half_of_it_comes_back(
    cast: Cast, visit: Visit, repairs: Trial, wrong: dict[str, str], field: str, sentence: str
) -> None:
    browser = visit(cast.parent_a)
    back = browser.submit(
        browser.get(url(repairs, TUESDAY)), "/observations", 422, **DONE | wrong | {"note": "By post."}
    )
    assert f"#{field}" in back.links()
    assert back.text.count(sentence) == 2  # above the form, and at its field
    assert back.has("By post.")
    assert stored(repairs) == []


def test_it_can_be_corrected(cast: Cast, visit: Visit, repairs: Trial) -> None:
    browser = visit(cast.parent_a)
    browser.submit(browser.get(url(repairs, TUESDAY)), "/observations", **DONE)
    (first,) = stored(repairs)
    form = browser.get(url(repairs, f"entries/{first.id}"))
    fields = form.form("/observations")[1]
    assert {name: fields[name] for name in DONE} == DONE
    after = browser.follow(browser.submit(form, "/observations", done="no"))
    assert after.has("Repair estimate: not yet")
    assert after.has("What you wrote before")


def test_a_phone_without_a_network_can_write_it(cast: Cast, visit: Visit, repairs: Trial) -> None:
    browser = visit(cast.parent_a)
    browser.client.get("/device-key")
    kit = browser.client.get(url(repairs, "kit")).get_json()
    assert "Is one of the next steps done?" in kit["pages"]["moments"]
    assert '<option value="estimate">Repair estimate</option>' in kit["pages"]["moments"]
