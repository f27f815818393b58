"""What a trial is follows from its dated records and the moment alone."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.cast import Cast
from tracker.trials import find, rest
from tracker.trials.state import State

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def test_a_trial_runs_from_its_first_local_midnight_to_its_last(cast: Cast) -> None:
    here = find.by_id(cast.parenting.id)
    assert here is not None
    assert here.state(datetime(2026, 3, 2, 4, 59, tzinfo=UTC)) is State.ACCEPTED  # 23:59 in New York, the day before
    assert here.state(datetime(2026, 3, 2, 5, 0, tzinfo=UTC)) is State.RUNNING
    assert here.state(datetime(2026, 3, 30, 3, 59, tzinfo=UTC)) is State.RUNNING  # summer time has begun meanwhile
    assert here.state(datetime(2026, 3, 30, 4, 0, tzinfo=UTC)) is State.ENDED
    assert (here.facts.day_number(NOON), here.facts.days) == (9, 28)


def test_a_pause_rests_until_the_mediator_resumes(cast: Cast) -> None:
    rest.pause(cast.here(cast.parent_a, cast.parenting), cast.parent_a.id, NOON)
    here = cast.here(cast.parent_b, cast.parenting)
    assert here.state(NOON) is State.PAUSED
    rest.resume(here, NOON)
    assert cast.here(cast.parent_b, cast.parenting).state(NOON) is State.RUNNING


def test_what_is_over_is_not_left(cast: Cast) -> None:
    here = cast.here(cast.parent_a, cast.parenting)
    assert rest.can_leave(here, NOON)
    over = datetime(2026, 4, 20, 12, 0, tzinfo=UTC)
    assert not rest.can_leave(here, over)
    rest.leave(here, over)
    assert rest.who_left(here) == set()
    rest.leave(here, NOON)
    again = cast.here(cast.parent_a, cast.parenting)
    assert rest.who_left(again) == {again.me.id}
    assert not rest.can_leave(again, NOON)
