"""Correcting a noise: the new one counts, the old one is kept, and none counts twice."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from tests.cast import Cast
from tests.observations.writing import NOW, entry
from tracker.errors import Refused
from tracker.observations import read
from tracker.observations.correct import correct
from tracker.observations.record import record
from tracker.plans.entry import Entry
from tracker.trials.here import Here

NIGHT = {"start": "2026-03-09T23:00:00+01:00", "end": "2026-03-09T23:30:00+01:00"}


@pytest.fixture
def here(cast: Cast) -> Here:
    return cast.here(cast.downstairs, cast.noise)


def _noise(level: int, id_: UUID | None = None) -> Entry:
    return entry("noise", date(2026, 3, 9), id_, party="D", answers=NIGHT | {"level": level})


def _levels(here: Here) -> list[int]:
    return [o.answers["level"] for o in read.current(read.rows(here.trial.id))]


def test_the_correction_counts_and_the_first_text_stays(here: Here) -> None:
    first, second = _noise(3), _noise(5)
    record(here, first, NOW)
    correct(here, second, first.id, NOW)
    assert _levels(here) == [5]
    assert len(read.rows(here.trial.id)) == 2


def test_the_same_correction_again_is_the_same(here: Here) -> None:
    first, second = _noise(3), _noise(5)
    record(here, first, NOW)
    assert correct(here, second, first.id, NOW).new
    assert not correct(here, second, first.id, NOW).new
    correct(here, _noise(7), second.id, NOW)
    assert not correct(here, second, first.id, NOW).new
    assert _levels(here) == [7]


def test_two_devices_that_correct_one_entry_leave_one_that_counts(here: Here) -> None:
    first = _noise(3)
    record(here, first, NOW)
    correct(here, _noise(5), first.id, NOW)
    correct(here, _noise(6), first.id, NOW)
    assert _levels(here) == [6]


def test_nobody_corrects_what_is_not_theirs(cast: Cast, here: Here) -> None:
    first = _noise(3)
    record(here, first, NOW)
    other = cast.here(cast.upstairs, cast.noise)
    with pytest.raises(Refused, match="not_found"):
        correct(other, _noise(1), first.id, NOW)
    with pytest.raises(Refused, match="not_found"):
        correct(here, _noise(1), uuid4(), NOW)
    moment = entry("moment", date(2026, 3, 9), party="D", answers={"at": NIGHT["start"]})
    with pytest.raises(Refused, match="not_found"):
        correct(here, moment, first.id, NOW)
    assert _levels(here) == [3]
