"""A file that breaks a rule is refused, and the refusal names the place. `broken_files` has every way to break one."""

from __future__ import annotations

import json

import pytest

from tests.interchange.broken import Broken, broken_files
from tests.interchange.whole import whole
from tests.strategies import NOW
from tracker.interchange.read import read_trial

BROKEN = list(broken_files())


def test_the_file_that_they_break_is_a_good_one() -> None:
    trial, problems = read_trial(json.dumps(whole()), NOW)
    assert problems == []
    assert trial is not None
    assert len(trial.entries) == 5


def test_they_are_more_than_300_and_no_two_are_the_same() -> None:
    assert len(BROKEN) >= 300
    assert len({each.name for each in BROKEN}) == len({each.data for each in BROKEN}) == len(BROKEN)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda each: each.name)
def test_each_is_refused_at_its_place(broken: Broken) -> None:
    trial, problems = read_trial(broken.data, NOW)
    assert trial is None
    assert any(broken.place in problem.place for problem in problems), problems
    for problem in problems:
        assert problem.place
        assert str(problem).isprintable()  # one line, whatever the file says


@pytest.mark.parametrize(
    ("changed", "of_one", "places"),
    [
        ({"title": ""}, {}, {"title"}),
        ({}, {"day": "2026-04-20"}, {"observations[0].day"}),
        ({}, {"day": "soon"}, {"observations[0].day"}),
    ],
)
def test_one_problem_hides_no_other(changed: dict[str, str], of_one: dict[str, str], places: set[str]) -> None:
    document = whole() | changed
    first = document["observations"][0]
    assert first["kind"] == "day"
    first |= of_one | {"answers": {"terms": {"bedtime": "okay"}}}
    document["observations"].append(document["observations"][-1] | {"note": "Something else."})
    found = {problem.place for problem in read_trial(json.dumps(document), NOW)[1]}
    again = f"observations[{len(document['observations']) - 1}].id"
    assert found == places | {"observations[0].answers.terms.bedtime", again}


def test_all_problems_are_told_at_once() -> None:
    document = whole() | {"title": "", "days": 3}
    document["observations"][0] |= {"kind": "check-in", "id": "1"}
    places = {problem.place for problem in read_trial(json.dumps(document), NOW)[1]}
    assert places == {"title", "days", "observations[0].kind", "observations[0].id"}
