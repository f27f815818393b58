"""Each state of a trial has its own calm screen in Today's place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from tests.cast import Cast
from tests.party.day import url
from tests.visitor import Visitor
from tracker.returns import session
from tracker.summaries import release
from tracker.trials import rest
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]
NOW = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)
ENDS = "Trying it does not mean that you agree to keep it."


def _accept(browser: Visitor, trial: Trial) -> None:
    browser.submit(browser.get(url(trial)), "/acceptances")


def test_from_the_proposal_to_the_countdown(cast: Cast, visit: Visit, coming: Trial) -> None:
    a, b = visit(cast.parent_a), visit(cast.parent_b)
    proposal = a.get(url(coming))
    assert proposal.has("Nothing starts until each of you has accepted it.")
    assert proposal.has(f"This trial ends on Sun 12 Apr. {ENDS}")
    _accept(a, coming)
    waiting = a.get(url(coming))
    assert waiting.has("You have accepted")
    assert waiting.has(f"This trial ends on Sun 12 Apr. {ENDS}")
    assert b.get(url(coming)).has("A plan to try")
    _accept(b, coming)
    for browser in (a, b):
        page = browser.get(url(coming))
        assert page.has("Starts in 6 days")
        assert page.has(f"This trial ends on Sun 12 Apr. {ENDS}")


def test_the_first_day_turns_the_countdown_into_today(
    cast: Cast, visit: Visit, coming: Trial, travel: Callable[[datetime], None]
) -> None:
    for person in (cast.parent_a, cast.parent_b):
        _accept(visit(person), coming)
    travel(datetime(2026, 3, 15, 23, 59, tzinfo=UTC))
    assert visit(cast.parent_a).get(url(coming)).has("Starts tomorrow")
    travel(datetime(2026, 3, 16, 0, 0, tzinfo=UTC))
    assert visit(cast.parent_a).get(url(coming)).has("Day 1 of 28")


def test_a_first_day_that_passed_without_both(
    cast: Cast, visit: Visit, coming: Trial, travel: Callable[[datetime], None]
) -> None:
    _accept(visit(cast.parent_a), coming)
    travel(datetime(2026, 3, 17, 0, 0, tzinfo=UTC))
    for person in (cast.parent_a, cast.parent_b):
        page = visit(person).get(url(coming))
        assert page.has("This trial did not start")
        assert page.has("your mediator can propose another first day")


def test_nothing_can_be_noted_before_it_starts(cast: Cast, visit: Visit, coming: Trial) -> None:
    browser = visit(cast.parent_a)
    fields = {"kind": "day", "day": "2026-03-16", "all": "kept", "note": "Too early."}
    page = browser.post(url(coming, "observations"), fields, 422)
    assert page.has("Too early.")
    assert "form" not in {e.get("id") for e in browser.get(url(coming, "days/2026-03-16")).all("form")}


def test_after_the_last_day_thanks_and_what_is_next(
    cast: Cast, visit: Visit, travel: Callable[[datetime], None]
) -> None:
    here = cast.here(cast.parent_a, cast.parenting)
    travel(datetime(2026, 3, 30, 12, 0, tzinfo=UTC))
    page = visit(cast.parent_a).get(url(cast.parenting))
    assert page.has("This trial has ended")
    assert page.has("Its last day was Sun 29 Mar. Thank you for what you wrote down.")
    assert page.has("Your mediator will be in touch about the return session.")
    session.arrange(here, session.Arrangement(datetime(2026, 4, 2, 14, 0, tzinfo=UTC), "Room 2"))
    page = visit(cast.parent_a).get(url(cast.parenting))
    assert page.has("Thu 2 Apr, 10:00")
    assert page.has("Room 2")
    assert not page.has("Read the summary")
    release.release(here, cast.mediator.id, datetime(2026, 3, 30, 12, 0, tzinfo=UTC))
    assert visit(cast.parent_a).get(url(cast.parenting)).has("Read the summary")


def test_ended_by_the_mediator_it_is_over_today(cast: Cast, visit: Visit) -> None:
    rest.end(cast.here(cast.parent_a, cast.parenting), cast.mediator.id, NOW)
    page = visit(cast.parent_a).get(url(cast.parenting))
    assert page.has("Its last day was Tue 10 Mar.")
    assert url(cast.parenting, "days/2026-03-10") in page.links()
