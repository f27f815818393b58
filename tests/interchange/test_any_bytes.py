"""Whatever the bytes are, reading answers: a trial, or problems with their places. It never raises."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.interchange.broken import LOUD
from tests.interchange.whole import whole
from tests.strategies import NOW
from tracker.interchange.read import read_trial

GOOD = json.dumps(whole(), indent=1).encode()

scalars = st.none() | st.booleans() | st.integers(-LOUD, LOUD) | st.floats() | st.text() | st.just("2026-03-02")
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10)


def check(data: str | bytes) -> None:
    trial, problems = read_trial(data, NOW)
    assert (trial is None) == bool(problems)
    assert all(problem.place and str(problem).isprintable() for problem in problems)


@settings(max_examples=300)
@given(st.binary() | st.text() | values.map(json.dumps))
@example(b"[" * 10_000_000)
@example("\ud800")
@example('{"a": "\\ud800", "a": 1}')
@example("1" * 5000)
@example("-0.0e-999999999999")
def test_bytes_and_texts_of_any_kind(data: str | bytes) -> None:
    check(data)


@settings(max_examples=300)
@given(st.data())
def test_the_whole_file_with_some_bytes_changed(data: st.DataObject) -> None:
    changed = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    check(bytes(changed))


@settings(max_examples=300)
@given(st.data(), values)
def test_the_whole_file_with_anything_anywhere(data: st.DataObject, value: Any) -> None:
    document: Any = whole()
    at = document
    while True:
        key = data.draw(st.sampled_from(list(at) if isinstance(at, dict) else range(len(at))))
        if not isinstance(at[key], dict | list) or not at[key] or data.draw(st.integers(0, 3)) == 0:
            break
        at = at[key]
    at[key] = value
    check(json.dumps(document))
