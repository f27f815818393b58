"""What each kind of observation may say, and how a wrong answer is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from tests.plans.documents import SAMPLE
from tests.plans.test_check import anything
from tracker.plans.catalogue import templates
from tracker.plans.entry import KINDS
from tracker.plans.forms import as_planned, check_answers
from tracker.plans.plan import Schedule
from tracker.plans.plan_json import outline_from_json

PLAN = outline_from_json(SAMPLE)  # parties A and B, terms bedtime and call, nights, a milestone; New York
NOISE_PLAN = replace(PLAN, template="noise", schedule=Schedule())
DAY = date(2026, 3, 7)  # the night in which the clocks of New York skip an hour
NOISE = {"start": "2026-03-07T23:30:00-05:00", "end": "2026-03-08T00:45:00-05:00"}
MOMENT = {"at": "2026-03-07T18:00-05:00"}

GOOD: list[tuple[str, dict[str, Any]]] = [
    ("day", {}),
    ("day", {"terms": {"bedtime": "kept", "call": "not_today"}, "night": "A", "child": 4, "rest": 1}),
    ("day", {"night": "other"}),
    ("handoff", {"outcome": "on_time"}),
    ("handoff", {"outcome": "late"}),
    ("handoff", {"outcome": "late", "minutes_late": 1440}),
    ("noise", NOISE),
    (
        "noise",
        {"start": "2026-03-08T04:30:00Z", "end": "2026-03-08T05:45:00.250Z", "level": 10},
    ),  # the same, said in UTC
    ("noise", {"start": "2026-03-07T12:00-05:00", "end": "2026-03-08T13:00-04:00"}),  # 24 hours of real time
    ("noise", {**NOISE, "type": "the drum kit", "room": "attic", "effect": "x" * 60}),  # this template has no words
    ("moment", MOMENT),
    ("moment", {**MOMENT, "type": "announced"}),
    ("moment", {**MOMENT, "milestone": "estimate", "done": False}),
]

BAD: list[tuple[str, object, str]] = [
    ("days", {}, "kind: 'days' is not one of day, handoff, noise, moment"),
    ("day", [], "answers: must be an object, not a list"),
    (
        "day",
        {"terms": {"bedtime": "okay"}},
        "answers.terms.bedtime: 'okay' is not one of kept, partly, not_kept, not_today",
    ),
    (
        "day",
        {"terms": {"bedtime": True}},
        "answers.terms.bedtime: true is not one of kept, partly, not_kept, not_today",
    ),
    ("day", {"terms": {"homework": "kept"}}, "answers.terms.homework: is not known here"),
    ("day", {"terms": ["kept"]}, "answers.terms: must be an object, not a list"),
    ("day", {"night": "C"}, "answers.night: 'C' is not one of A, B, other"),
    ("day", {"child": 0}, "answers.child: 0 is not a whole number from 1 to 5"),
    ("day", {"child": True}, "answers.child: true is not a whole number from 1 to 5"),
    ("day", {"rest": 4.0}, "answers.rest: 4.0 is not a whole number from 1 to 5"),
    ("day", {"rest": 6}, "answers.rest: 6 is not a whole number from 1 to 5"),
    ("day", {"level": 3}, "answers.level: is not known here"),
    ("handoff", {}, "answers.outcome: is missing"),
    ("handoff", {"outcome": "early"}, "answers.outcome: 'early' is not one of on_time, late, changed, missed"),
    ("handoff", {"outcome": "late", "minutes_late": 0}, "answers.minutes_late: 0 is not a whole number from 1 to 1440"),
    (
        "handoff",
        {"outcome": "late", "minutes_late": 1441},
        "answers.minutes_late: 1441 is not a whole number from 1 to 1440",
    ),
    (
        "handoff",
        {"outcome": "missed", "minutes_late": 5},
        "answers.minutes_late: goes with the outcome 'late' only, not with 'missed'",
    ),
    ("noise", {"start": NOISE["start"]}, "answers.end: is missing"),
    ("noise", {"end": NOISE["end"]}, "answers.start: is missing"),
    ("noise", {**NOISE, "end": NOISE["start"]}, "answers.end: is not later than the start"),
    (
        "noise",
        {"start": "2026-03-07T12:00-05:00", "end": "2026-03-08T13:01-04:00"},
        "answers.end: is more than 24 hours after the start",
    ),
    ("noise", {**NOISE, "level": 11}, "answers.level: 11 is not a whole number from 1 to 10"),
    ("noise", {**NOISE, "type": ""}, "answers.type: must not be empty"),
    ("noise", {**NOISE, "room": "x" * 61}, "answers.room: is longer than 60 characters"),
    (
        "noise",
        {"start": "2026-03-08T00:30:00-05:00", "end": "2026-03-08T00:45:00-05:00"},
        "answers.start: is on 2026-03-08 in America/New_York, not on 2026-03-07",
    ),
    (
        "noise",
        {**NOISE, "start": "2026-03-07T23:30:00"},
        "answers.start: '2026-03-07T23:30:00' is not a time with its offset, like 2026-03-02T21:04:00-05:00",
    ),
    ("moment", {}, "answers.at: is missing"),
    ("moment", {**MOMENT, "type": "said"}, "answers.type: 'said' is not one of did, announced, happened"),
    ("moment", {**MOMENT, "milestone": "roof", "done": True}, "answers.milestone: 'roof' is not one of estimate"),
    ("moment", {**MOMENT, "milestone": "estimate"}, "answers.done: is missing: the two go together"),
    ("moment", {**MOMENT, "done": True}, "answers.milestone: is missing: the two go together"),
    ("moment", {**MOMENT, "milestone": "estimate", "done": 1}, "answers.done: must be true or false, not 1"),
    (
        "moment",
        {**MOMENT, "milestone": "estimate", "done": True, "type": "did"},
        "answers.type: goes without a milestone",
    ),
]


@pytest.mark.parametrize(("kind", "answers"), GOOD)
def test_what_may_be_said(kind: str, answers: dict[str, Any]) -> None:
    assert check_answers(kind, answers, DAY, PLAN) == []


@pytest.mark.parametrize(("kind", "answers", "line"), BAD)
def test_what_is_refused_and_where(kind: str, answers: object, line: str) -> None:
    assert [str(problem) for problem in check_answers(kind, answers, DAY, PLAN)] == [line]


NO_TIMES = [
    "", "2026-03-07", "2026-03-07 23:30-05:00", "2026-03-07T23:30", "2026-02-30T23:30Z", "2026-03-07T24:00Z",
    "2026-03-07T23:30-0500", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", 1772944200, None,
]  # fmt: skip  # read in rows, as it is laid out


@pytest.mark.parametrize("text", NO_TIMES)
def test_times_that_are_no_times(text: object) -> None:
    [problem] = check_answers("moment", {"at": text}, DAY, PLAN)
    assert problem.place == "answers.at"


def test_one_tap_keeps_every_term() -> None:
    assert as_planned(PLAN) == {"terms": {"bedtime": "kept", "call": "kept"}}
    assert check_answers("day", as_planned(PLAN), DAY, PLAN) == []


def test_a_noise_speaks_in_the_words_of_its_plan() -> None:
    said = {**NOISE, "type": "footsteps", "room": "bedroom", "effect": "woke_me"}
    assert check_answers("noise", said, DAY, NOISE_PLAN) == []
    [problem] = check_answers("noise", {**said, "type": "drums"}, DAY, NOISE_PLAN)
    words = ", ".join(templates()["noise"].words()["type"])
    assert str(problem) == f"answers.type: 'drums' is not one of {words}"


def test_a_plan_with_words_of_its_own() -> None:
    words = {"type": ["drums"]}  # nothing for rooms: any text
    assert check_answers("noise", {**NOISE, "type": "drums", "room": "attic"}, DAY, NOISE_PLAN, words=words) == []
    assert check_answers("noise", {**NOISE, "type": "music"}, DAY, NOISE_PLAN, words=words)
    assert check_answers("noise", {**NOISE, "type": "anything"}, DAY, NOISE_PLAN, words={}) == []


def test_a_handoff_needs_a_plan_with_nights() -> None:
    [problem] = check_answers("handoff", {"outcome": "on_time"}, DAY, NOISE_PLAN)
    assert str(problem) == "kind: a handoff needs a plan with nights"


def test_a_milestone_needs_a_plan_with_milestones() -> None:
    [problem] = check_answers("moment", {**MOMENT, "milestone": "estimate", "done": True}, DAY, NOISE_PLAN)
    assert str(problem) == "answers.milestone: this plan has no milestones"


def test_the_day_of_a_noise_is_that_of_the_trials_zone() -> None:
    in_london = {"start": "2026-03-08T04:59:00+00:00", "end": "2026-03-08T05:10:00+00:00"}  # 23:59 in New York
    assert check_answers("noise", in_london, DAY, PLAN) == []
    assert check_answers("noise", in_london, DAY + timedelta(days=1), PLAN)


@given(anything)
def test_nothing_raises_whatever_is_answered(value: Any) -> None:
    names = (
        "terms",
        "night",
        "child",
        "rest",
        "outcome",
        "minutes_late",
        "start",
        "end",
        "type",
        "level",
        "at",
        "done",
    )
    for kind in KINDS:
        for answers in (value, dict.fromkeys(names, value)):
            for problem in check_answers(kind, answers, DAY, PLAN):
                assert str(problem).isprintable()
