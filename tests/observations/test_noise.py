"""Noise now: two taps make one observation, however often they are sent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.observations.writing import NOW
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.observations import noise, read
from tracker.observations.model import RunningNoise
from tracker.trials import rest
from tracker.trials.here import Here


@pytest.fixture
def here(cast: Cast) -> Here:
    return cast.here(cast.downstairs, cast.noise)


def test_between_two_taps_it_runs_and_afterwards_it_is_one_observation(here: Here) -> None:
    id_ = uuid4()
    noise.start(here, id_, NOW)
    going = noise.running(here)
    assert going is not None
    assert (going.id, going.started_at) == (id_, NOW)
    assert noise.stop(here, id_, NOW + timedelta(minutes=26)).new
    assert noise.running(here) is None
    (stored,) = read.rows(here.trial.id)
    assert (stored.id, stored.kind, stored.day) == (id_, "noise", date(2026, 3, 10))
    assert stored.answers == {"start": "2026-03-10T19:00:00+01:00", "end": "2026-03-10T19:26:00+01:00"}


def test_over_midnight_it_belongs_to_the_day_on_which_it_began(here: Here) -> None:
    id_, before = uuid4(), datetime(2026, 3, 10, 22, 50, tzinfo=UTC)  # 23:50 in Berlin
    noise.start(here, id_, before)
    noise.stop(here, id_, before + timedelta(minutes=30))
    (stored,) = read.rows(here.trial.id)
    assert stored.day == date(2026, 3, 10)
    assert stored.answers["end"] == "2026-03-11T00:20:00+01:00"


def test_a_second_start_leaves_the_first_one_running(here: Here) -> None:
    first = uuid4()
    noise.start(here, first, NOW)
    noise.start(here, uuid4(), NOW + timedelta(minutes=5))
    going = noise.running(here)
    assert going is not None
    assert (going.id, going.started_at) == (first, NOW)


def test_a_stop_says_when_its_noise_began_where_another_was_running(here: Here) -> None:
    other, id_, end = uuid4(), uuid4(), NOW + timedelta(minutes=9)
    noise.start(here, other, NOW)
    noise.start(here, id_, NOW + timedelta(minutes=5))  # on another device: nothing new
    assert noise.stop(here, id_, end, began=NOW + timedelta(minutes=5)).new
    assert not noise.stop(here, id_, end, began=NOW).new
    (stored,) = read.rows(here.trial.id)
    assert stored.answers == {"start": "2026-03-10T19:05:00+01:00", "end": "2026-03-10T19:09:00+01:00"}
    going = noise.running(here)
    assert going is not None
    assert going.id == other
    hour = timedelta(hours=1)
    for began, why in ((None, "not_found"), (end + hour, "not_found"), (end - 48 * hour, "more than 24 hours")):
        with pytest.raises(Refused, match=why):
            noise.stop(here, uuid4(), end, began=began)
    assert len(read.rows(here.trial.id)) == 1


def test_the_same_taps_again_change_nothing(here: Here) -> None:
    id_ = uuid4()
    noise.start(here, id_, NOW)
    noise.stop(here, id_, NOW + timedelta(minutes=1))
    assert not noise.stop(here, id_, NOW + timedelta(minutes=9)).new
    noise.start(here, id_, NOW + timedelta(minutes=10))
    assert noise.running(here) is None
    assert len(read.rows(here.trial.id)) == 1


def test_two_taps_within_a_second_are_a_noise_too(here: Here) -> None:
    id_ = uuid4()
    noise.start(here, id_, NOW)
    noise.stop(here, id_, NOW)
    assert read.rows(here.trial.id)[0].answers["end"] == "2026-03-10T19:00:01+01:00"


def test_after_more_than_a_day_it_has_to_be_said_when_it_stopped(here: Here) -> None:
    id_, later = uuid4(), NOW + timedelta(hours=25)
    noise.start(here, id_, NOW)
    with pytest.raises(Refused) as refused:
        noise.stop(here, id_, later)
    assert [problem.place for problem in refused.value.problems] == ["answers.end"]
    assert noise.running(here) is not None
    noise.stop(here, id_, later, end=NOW + timedelta(hours=2))
    assert noise.running(here) is None


def test_a_mistake_leaves_nothing(here: Here) -> None:
    id_ = uuid4()
    noise.start(here, id_, NOW)
    noise.discard(here, id_)
    assert noise.running(here) is None
    assert read.rows(here.trial.id) == []
    with pytest.raises(Refused, match="not_found"):
        noise.stop(here, id_, NOW)


def test_each_party_has_a_noise_of_their_own(cast: Cast, here: Here) -> None:
    there, id_ = cast.here(cast.upstairs, cast.noise), uuid4()
    noise.start(here, id_, NOW)
    assert noise.running(there) is None
    with pytest.raises(Refused, match="not_found"):
        noise.stop(there, id_, NOW + timedelta(minutes=1))
    noise.discard(there, id_)
    assert noise.running(here) is not None


def test_none_begins_while_the_trial_is_paused(cast: Cast, here: Here) -> None:
    rest.pause(here, cast.mediator.id, NOW)
    with pytest.raises(Refused, match="not_running"):
        noise.start(cast.here(cast.downstairs, cast.noise), uuid4(), NOW)


def test_one_forgotten_in_an_earlier_trial_is_not_in_the_way(cast: Cast, here: Here) -> None:
    assert here.party is not None
    with transaction() as session:
        session.add(
            RunningNoise(
                id=uuid4(), case_id=here.case.id, trial_id=cast.strangers.id, party_id=here.party.id, started_at=NOW
            )
        )
    noise.start(here, uuid4(), NOW)
    assert noise.running(here) is not None
    assert db.session.query(RunningNoise).count() == 1
