"""What counts as on time at a handoff: read with the plan before it is accepted, and beside the question each time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from tests.cast import NIGHTS, Cast, begin, proposed
from tests.front.test_check_in_link import link_for
from tests.page import Page
from tests.party.day import url
from tests.visitor import Visitor
from tracker.db import transaction
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]
WEDNESDAY = datetime(2026, 3, 11, 22, 0, tzinfo=UTC)  # 18:00 in New York: the handoff was at 17:30


def _agreed(cast: Cast, minutes: int, *, accepted: bool = True) -> Trial:
    people = {"Parent A": cast.parent_a, "Parent B": cast.parent_b}
    names = [("A", "Parent A", "America/New_York"), ("B", "Parent B", "America/New_York")]
    nights = NIGHTS | {"tolerance_minutes": minutes}
    proposal = proposed("Weeks", "parenting", 28, "America/New_York", {"nights": nights}, date(2026, 3, 2))
    with transaction():
        return begin(cast.programme.id, cast.mediator.id, names, people, proposal, WEDNESDAY, accepted=accepted)


def _described(page: Page) -> str:
    """What the question of the handoff is described by, as a screen reader says it."""
    question = next(e for e in page.all("fieldset") if e.get("id") == "outcome")
    return next("".join(e.itertext()) for e in page.all("p") if e.get("id") == question.get("aria-describedby"))


@pytest.mark.parametrize(
    ("minutes", "words"), [(15, "within 15 minutes."), (1, "within 1 minute."), (0, "to the minute.")]
)
def test_the_plan_says_it(
    cast: Cast, visit: Visit, travel: Callable[[datetime], None], minutes: int, words: str
) -> None:
    travel(datetime(2026, 3, 1, 18, 0, tzinfo=UTC))
    trial = _agreed(cast, minutes, accepted=False)
    page = visit(cast.parent_a).get(url(trial, "plan"))
    assert page.has("Accept this plan")
    assert page.has(f"On time at a handoff means {words}")
    assert visit(cast.mediator).get(f"/caseload/{trial.id}/plan").has(f"On time at a handoff means {words}")


def test_the_question_says_it_wherever_it_is_asked(
    cast: Cast, visit: Visit, travel: Callable[[datetime], None]
) -> None:
    travel(WEDNESDAY)
    trial = _agreed(cast, 15)
    browser = visit(cast.parent_a)
    for page in (browser.get(url(trial)), browser.get(url(trial, "days/2026-03-11"))):
        assert _described(page) == "On time: within 15 minutes."
    assert _described(visit().get(link_for(cast, cast.parent_b, trial))) == "On time: within 15 minutes."
    browser.submit(browser.get(url(trial)), "/observations", button="As planned today")
    assert _described(browser.get(url(trial))) == "On time: within 15 minutes."


def test_a_phone_without_a_network_says_it_too(cast: Cast, visit: Visit, travel: Callable[[datetime], None]) -> None:
    travel(WEDNESDAY)
    trial, browser = _agreed(cast, 15), visit(cast.parent_a)
    browser.client.get("/device-key")
    kit = browser.client.get(url(trial, "kit")).get_json()
    for forms in (kit["today"], kit["days"]):
        assert "On time: within 15 minutes." in forms["2026-03-11"]
        assert "On time" not in forms["2026-03-10"]  # no handoff
