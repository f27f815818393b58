"""Versions of a plan: everybody accepts the same one, and what happens at the same time happens one after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from uuid import UUID

import pytest
from flask import Flask

from tests.cast import Cast, begin, proposed
from tests.conftest import NOW
from tracker.db import db
from tracker.errors import Refused
from tracker.trials import agree, find, propose, rest
from tracker.trials.here import Here
from tracker.trials.model import Ending, PlanVersion, Trial
from tracker.trials.state import State


@pytest.fixture
def waiting(cast: Cast) -> Trial:
    """A proposed trial that both parties have joined."""
    people = {person.name: person for person in (cast.parent_a, cast.parent_b)}
    names = [("A", "Parent A", "UTC"), ("B", "Parent B", "UTC")]
    trial = begin(
        cast.programme.id, cast.mediator.id, names, people,
        proposed("Fence", "open", 28, "UTC", {}, date(2026, 3, 16)), NOW, accepted=False,
    )  # fmt: skip  # read in rows, as it is laid out
    db.session.commit()
    return trial


def _here(trial: Trial) -> Here:
    found = find.by_id(trial.id)
    assert found is not None
    return found


def test_both_accept_the_same_version(cast: Cast, waiting: Trial) -> None:
    agree.accept(cast.here(cast.parent_a, waiting), 1, NOW)
    propose.revise(_here(waiting), proposed("Fence", "open", 14, "UTC", {}, date(2026, 3, 16)), cast.mediator.id, NOW)
    with pytest.raises(Refused, match="outdated"):
        agree.accept(cast.here(cast.parent_b, waiting), 1, NOW)
    agree.accept(cast.here(cast.parent_b, waiting), 2, NOW)
    assert _here(waiting).state(NOW) is State.PROPOSED
    agree.accept(cast.here(cast.parent_a, waiting), 2, NOW)
    assert _here(waiting).state(NOW) is State.ACCEPTED
    assert _here(waiting).facts.days == 14


def test_a_plan_that_both_accepted_is_not_revised(cast: Cast) -> None:
    with pytest.raises(Refused, match="accepted"):
        propose.revise(
            _here(cast.parenting), proposed("X", "open", 14, "UTC", {}, date(2026, 3, 16)), cast.mediator.id, NOW
        )


def test_a_lapsed_plan_can_be_proposed_again(cast: Cast, waiting: Trial) -> None:
    late = NOW + timedelta(days=10)
    assert _here(waiting).state(late) is State.LAPSED
    with pytest.raises(Refused, match="lapsed"):
        agree.accept(cast.here(cast.parent_a, waiting), 1, late)
    propose.revise(_here(waiting), proposed("Fence", "open", 28, "UTC", {}, date(2026, 3, 23)), cast.mediator.id, late)
    assert _here(waiting).state(late) is State.PROPOSED


def test_a_later_extension_takes_the_place_of_an_earlier_one(cast: Cast) -> None:
    rest.extend(_here(cast.parenting), date(2026, 4, 5), cast.mediator.id, NOW)
    rest.extend(_here(cast.parenting), date(2026, 4, 12), cast.mediator.id, NOW)
    with pytest.raises(Refused, match="outdated"):
        agree.accept(cast.here(cast.parent_a, cast.parenting), 2, NOW)
    for person in (cast.parent_a, cast.parent_b):
        agree.accept(cast.here(person, cast.parenting), 3, NOW)
    assert _here(cast.parenting).facts.last_day == date(2026, 4, 12)


def test_an_extension_that_is_proposed_again_voids_no_acceptance(cast: Cast) -> None:
    """Its answer was lost on the way, or it is open in two tabs."""
    rest.extend(_here(cast.parenting), date(2026, 4, 5), cast.mediator.id, NOW)
    agree.accept(cast.here(cast.parent_a, cast.parenting), 2, NOW)
    rest.extend(_here(cast.parenting), date(2026, 4, 5), cast.mediator.id, NOW)
    agree.accept(cast.here(cast.parent_b, cast.parenting), 2, NOW)
    assert _here(cast.parenting).facts.last_day == date(2026, 4, 5)


def test_only_a_running_trial_is_extended_or_ended(cast: Cast, waiting: Trial) -> None:
    with pytest.raises(Refused, match="not_running"):
        rest.extend(_here(waiting), date(2026, 5, 1), cast.mediator.id, NOW)
    with pytest.raises(Refused, match="not_running"):
        rest.end(_here(waiting), cast.mediator.id, NOW)


def test_a_proposed_trial_rests_too_and_nobody_accepts_it_meanwhile(cast: Cast, waiting: Trial) -> None:
    """If it could not, a proposal that reads as paused would say that a party left."""
    rest.pause(_here(waiting), cast.parent_a.id, NOW)
    assert _here(waiting).state(NOW) is State.PAUSED
    with pytest.raises(Refused, match="paused"):
        agree.accept(cast.here(cast.parent_b, waiting), 1, NOW)
    rest.resume(_here(waiting), NOW)
    assert _here(waiting).state(NOW) is State.PROPOSED
    agree.accept(cast.here(cast.parent_b, waiting), 1, NOW)


def _at_once(app: Flask, trial: UUID, *tasks: tuple[UUID | None, Callable[[Here], object]]) -> list[object]:
    """Run the tasks in threads of their own. Each has looked at the trial before any of them begins.

    A task is (the person who looks, or none for the mediator; what they do). What each returned, or its refusal.
    """
    db.session.rollback()  # the test's own session holds nothing while they run
    barrier = Barrier(len(tasks))

    def run(task: tuple[UUID | None, Callable[[Here], object]]) -> object:
        person, act = task
        with app.app_context():
            here = find.for_party(person, trial) if person else find.by_id(trial)
            assert here is not None
            barrier.wait()
            try:
                return act(here)
            except Refused as refused:
                return refused.code

    with ThreadPoolExecutor(len(tasks)) as pool:
        said = list(pool.map(run, tasks))
    db.session.expire_all()  # look again, as another request would
    return said


def test_two_last_acceptances_at_once_put_an_extension_in_force(app: Flask, cast: Cast) -> None:
    rest.extend(_here(cast.parenting), date(2026, 4, 12), cast.mediator.id, NOW)
    trial, people = cast.parenting.id, (cast.parent_a.id, cast.parent_b.id)
    _at_once(app, trial, *((person, lambda here: agree.accept(here, 2, NOW)) for person in people))
    assert _here(cast.parenting).facts.last_day == date(2026, 4, 12)


def test_an_acceptance_and_a_revision_at_once_never_both_count(app: Flask, cast: Cast, waiting: Trial) -> None:
    agree.accept(cast.here(cast.parent_a, waiting), 1, NOW)
    trial, other, mediator = waiting.id, cast.parent_b.id, cast.mediator.id
    proposal = proposed("Fence", "open", 14, "UTC", {}, date(2026, 3, 16))
    _at_once(
        app, trial,
        (other, lambda here: agree.accept(here, 1, NOW)),
        (None, lambda here: propose.revise(here, proposal, mediator, NOW)),
    )  # fmt: skip  # read in rows, as it is laid out
    after = _here(waiting)
    revised = db.session.query(PlanVersion).filter_by(trial_id=trial).count() == 2
    assert (after.trial.version, after.state(NOW)) == ((2, State.PROPOSED) if revised else (1, State.ACCEPTED))


def test_several_endings_at_once_are_one(app: Flask, cast: Cast) -> None:
    trial, mediator = cast.parenting.id, cast.mediator.id
    said = _at_once(app, trial, *((None, lambda here: rest.end(here, mediator, NOW)) for _ in range(3)))
    assert said.count("not_running") == 2
    assert db.session.query(Ending).count() == 1
