"""A plan goes into values and back into JSON without losing or adding anything."""

from __future__ import annotations

import copy
import json
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings

from tests.plans.documents import SAMPLE, documents
from tracker.plans.check import check_plan
from tracker.plans.plan import Milestone, NightChange, Nights, Schedule, Term
from tracker.plans.plan_json import (
    canonical,
    outline_from_json,
    schedule_from_json,
    schedule_to_json,
    terms_from_json,
    terms_to_json,
)


def test_the_sample_as_values() -> None:
    plan = outline_from_json(SAMPLE)
    assert (plan.template, plan.starts_on, plan.days) == ("parenting", date(2026, 3, 2), 28)
    assert (plan.timezone, plan.parties) == ("America/New_York", ("A", "B"))
    assert plan.terms[1] == Term("call", "A call with the other parent at 18:30", "")
    assert plan.schedule == Schedule(
        nights=Nights(
            pattern="2-2-3",
            anchor=date(2026, 3, 2),
            a="A",
            b="B",
            handoff_at=time(17, 30),
            place="School gate",
            tolerance_minutes=10,
            first_day=False,
            changes=(NightChange(date(2026, 3, 14), "B"),),
        ),
        quiet_hours={"mon": (time(22), time(7)), "fri": (time(23), time(8))},
        milestones=(Milestone("estimate", "Roof estimate", date(2026, 3, 12)),),
    )


def test_the_sample_comes_back_letter_by_letter() -> None:
    plan = outline_from_json(SAMPLE)
    assert json.dumps(schedule_to_json(plan.schedule)) == json.dumps(SAMPLE["schedule"])
    assert json.dumps(terms_to_json(plan.terms)) == json.dumps(SAMPLE["terms"])


def test_keys_come_out_in_the_order_of_the_format() -> None:
    def backwards(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: backwards(value[key]) for key in reversed(value)}
        return [backwards(item) for item in value] if isinstance(value, list) else value

    assert json.dumps(canonical(backwards(SAMPLE))) == json.dumps(SAMPLE)


def test_a_plan_without_anchor_counts_from_the_monday_on_or_before() -> None:
    raw = copy.deepcopy(SAMPLE)
    del raw["schedule"]["nights"]["anchor"]
    raw["starts_on"] = "2026-03-05"
    nights = outline_from_json(raw).schedule.nights
    assert nights is not None
    assert nights.anchor == date(2026, 3, 2)
    assert "anchor" not in canonical(raw)["schedule"]["nights"]


def test_what_the_nights_are_unless_the_file_says_otherwise() -> None:
    raw = copy.deepcopy(SAMPLE)
    raw["schedule"]["nights"] = {"pattern": "2-2-3", "A": "A", "B": "B", "handoff_at": "17:30"}
    assert check_plan(raw) == []
    nights = outline_from_json(raw).schedule.nights
    assert nights == Nights("2-2-3", date(2026, 3, 2), "A", "B", time(17, 30), "", 10, False, ())


@settings(max_examples=40)  # each is a whole plan, and slow to draw
@given(documents())
def test_every_valid_plan_survives(document: dict[str, Any]) -> None:
    assert check_plan(document) == []
    assert canonical(document) == document
    plan = outline_from_json(document)
    assert schedule_from_json(schedule_to_json(plan.schedule)) == plan.schedule
    assert terms_from_json(terms_to_json(plan.terms)) == plan.terms
    again = {**document, "terms": terms_to_json(plan.terms), "schedule": schedule_to_json(plan.schedule)}
    assert check_plan(again) == []
    assert outline_from_json(again) == plan


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {**SAMPLE, "starts_on": "2 March"},
        {**SAMPLE, "terms": None},
        {**SAMPLE, "schedule": {"nights": []}},
        {**SAMPLE, "schedule": {"quiet_hours": {"mon": ["22:00"]}}},
    ],
)
def test_what_was_never_checked_is_a_value_error(raw: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # any words will do: the caller has checked before
        outline_from_json(raw)
