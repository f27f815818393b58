"""Recording: once, however often it is sent; nothing that no party could have seen."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import Cast
from tests.observations.writing import NOW, TUESDAY, entry
from tracker.db import db
from tracker.errors import Refused
from tracker.observations import read
from tracker.observations.model import Observation
from tracker.observations.record import record, record_all


def _count() -> int:
    return db.session.scalar(select(func.count()).select_from(Observation)) or 0


def test_the_same_again_is_the_same(cast: Cast) -> None:
    here, sent = cast.here(cast.parent_a, cast.parenting), entry(note="Asleep at eight.")
    assert record(here, sent, NOW).new
    assert not record(here, sent, NOW + timedelta(hours=3)).new
    assert _count() == 1


def test_the_same_id_with_other_content_is_a_conflict_and_changes_nothing(cast: Cast) -> None:
    here, id_ = cast.here(cast.parent_a, cast.parenting), uuid4()
    record(here, entry(id_=id_, note="First."), NOW)
    with pytest.raises(Refused, match="conflict"):
        record(here, entry(id_=id_, note="Second."), NOW)
    assert [o.note for o in read.rows(cast.parenting.id)] == ["First."]


def test_nobody_takes_another_partys_id(cast: Cast) -> None:
    id_ = uuid4()
    record(cast.here(cast.parent_a, cast.parenting), entry(id_=id_), NOW)
    with pytest.raises(Refused, match="conflict"):
        record(cast.here(cast.parent_b, cast.parenting), entry(id_=id_, party="B"), NOW)


def test_many_devices_that_send_one_entry_at_once_store_it_once(app: Flask, cast: Cast) -> None:
    here, sent = cast.here(cast.parent_a, cast.parenting), entry()

    def send(_n: int) -> bool:
        with app.app_context():
            return record(here, sent, NOW).new

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(send, range(24))) == [False] * 23 + [True]
    db.session.rollback()  # look again, not at what was seen before
    assert _count() == 1


@pytest.mark.parametrize(
    ("day", "place"),
    [(date(2026, 3, 1), "day"), (date(2026, 3, 30), "day"), (date(2026, 3, 11), "day")],
    ids=["before the first day", "after the last day", "tomorrow"],
)
def test_no_day_outside_the_trial_and_none_in_the_future(cast: Cast, day: date, place: str) -> None:
    with pytest.raises(Refused) as refused:
        record(cast.here(cast.parent_a, cast.parenting), entry(day=day), NOW)
    assert [problem.place for problem in refused.value.problems] == [place]
    assert _count() == 0


def test_today_is_the_trials_own_local_date(cast: Cast) -> None:
    """At 03:30 UTC on the 11th it is still the 10th in New York."""
    here, late = cast.here(cast.parent_a, cast.parenting), datetime(2026, 3, 11, 3, 30, tzinfo=UTC)
    record(here, entry(recorded_at=late), late)
    with pytest.raises(Refused):
        record(here, entry(day=date(2026, 3, 11), recorded_at=late), late)


def test_a_device_whose_clock_is_ahead_recorded_it_now(cast: Cast) -> None:
    record(cast.here(cast.parent_a, cast.parenting), entry(recorded_at=NOW + timedelta(days=2)), NOW)
    assert [o.recorded_at for o in read.rows(cast.parenting.id)] == [NOW]


def test_all_entries_of_a_form_or_none(cast: Cast) -> None:
    here, good = cast.here(cast.parent_a, cast.parenting), entry()
    with pytest.raises(Refused):
        record_all(here, [good, entry("handoff", answers={"outcome": "early"})], NOW)
    assert _count() == 0
    assert [done.new for done in record_all(here, [good, entry("handoff")], NOW)] == [True, True]


def test_not_before_the_first_day(cast: Cast, travel: Callable[[datetime], None]) -> None:
    early = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    travel(early)
    with pytest.raises(Refused):
        record(cast.here(cast.parent_a, cast.parenting), entry(day=TUESDAY, recorded_at=early), early)
    assert _count() == 0
