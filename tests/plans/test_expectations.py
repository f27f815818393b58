"""What the schedule expects on a day, dated."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import given, settings

from tests.plans.documents import SAMPLE, documents
from tracker.plans.expectations import Expectation, expectations, expectations_between
from tracker.plans.nights import handoffs, who_has
from tracker.plans.plan_json import outline_from_json
from tracker.plans.quiet import windows

PLAN = outline_from_json(SAMPLE)


def test_a_handoff_and_the_night_after_it() -> None:
    day = date(2026, 3, 4)  # a Wednesday: the pattern goes to B, and no quiet hours start
    assert expectations(PLAN, day) == [
        Expectation(
            key="handoff:2026-03-04",
            kind="handoff",
            day=day,
            at=datetime(2026, 3, 4, 22, 30, tzinfo=UTC),
            starts=time(17, 30),
            place="School gate",
            to="B",
        ),
        Expectation(key="night:2026-03-04", kind="night", day=day, to="B"),
    ]


def test_quiet_hours_over_midnight() -> None:
    [handoff, night, quiet] = expectations(PLAN, date(2026, 3, 27))  # a Friday; the clocks have changed
    assert handoff.at == datetime(2026, 3, 27, 21, 30, tzinfo=UTC)
    assert (night.kind, night.to) == ("night", "B")
    assert quiet == Expectation(
        key="quiet_hours:2026-03-27",
        kind="quiet_hours",
        day=date(2026, 3, 27),
        at=datetime(2026, 3, 28, 3, tzinfo=UTC),
        until=datetime(2026, 3, 28, 12, tzinfo=UTC),
        starts=time(23),
        ends=time(8),
        ends_on=date(2026, 3, 28),
    )


def test_a_milestone_on_its_day() -> None:
    [milestone] = [one for one in expectations(PLAN, date(2026, 3, 12)) if one.kind == "milestone"]
    assert (milestone.key, milestone.text, milestone.at) == ("milestone:estimate", "Roof estimate", None)


def test_nothing_is_expected_outside_the_trial() -> None:
    assert expectations(PLAN, PLAN.starts_on - timedelta(days=1)) == []
    assert expectations(PLAN, PLAN.last_day + timedelta(days=1)) == []
    assert expectations(PLAN, PLAN.last_day) != []


def test_a_first_day_without_a_change_of_homes() -> None:
    assert [one.kind for one in expectations(PLAN, PLAN.starts_on)] == ["night", "quiet_hours"]
    assert PLAN.schedule.nights is not None
    moving = replace(PLAN.schedule, nights=replace(PLAN.schedule.nights, first_day=True))
    kinds = [one.kind for one in expectations(replace(PLAN, schedule=moving), PLAN.starts_on)]
    assert kinds == ["handoff", "night", "quiet_hours"]


@settings(max_examples=30)  # each is a whole plan, and slow to draw
@given(documents())
def test_a_whole_trial_is_its_days_one_after_the_other(document: dict[str, Any]) -> None:
    plan = outline_from_json(document)
    whole = expectations_between(plan, plan.starts_on - timedelta(days=5), plan.last_day + timedelta(days=5))
    assert whole == [one for day in plan.all_days() for one in expectations(plan, day)]
    assert len({one.key for one in whole}) == len(whole)
    quiet = [(one.day, one.at, one.until) for one in whole if one.kind == "quiet_hours"]
    assert quiet == [(one.day, one.start, one.end) for one in windows(plan)]
    if nights := plan.schedule.nights:
        moves = [(one.day, one.to) for one in whole if one.kind == "handoff"]
        assert moves == handoffs(nights, plan.starts_on, plan.days)
        assert all(one.to == who_has(nights, one.day) for one in whole if one.kind == "night")
