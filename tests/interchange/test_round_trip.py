"""What a file says is what the file that is made of it says: the same document, in canonical order."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import NOW, trial_documents
from tracker.interchange.document import TrialFile
from tracker.interchange.read import read_trial
from tracker.interchange.write import write_trial

TOP = ["format", "title", "plan", "starts_on", "days", "timezone", "sharing", "parties", "terms", "schedule"]
NIGHTS = ["pattern", "nights_string", "anchor", "A", "B", "handoff_at", "place", "tolerance_minutes", "first_day"]
OBSERVATION = ["id", "party", "kind", "day", "recorded_at", "answers", "note", "audience"]


def read(text: str) -> TrialFile:
    trial, problems = read_trial(text, NOW)
    assert problems == []
    assert trial is not None
    return trial


def in_order(document: dict[str, Any]) -> dict[str, Any]:
    """The document with its observations by instant, then id, found without the code under test."""
    moment = datetime.fromisoformat
    by = sorted(document["observations"], key=lambda each: (moment(each["recorded_at"]).timestamp(), each["id"]))
    return {**document, "observations": by}


def is_ordered(keys: list[str], order: list[str]) -> bool:
    return [key for key in order if key in keys] == list(keys)


@settings(max_examples=1000)
@given(trial_documents())
def test_a_thousand_files_come_out_as_they_went_in(document: dict[str, Any]) -> None:
    """Also with keys that may be left out left out, and with times written as `Z`, without seconds, in any offset."""
    once = write_trial(read(json.dumps(document)))
    assert json.loads(once) == in_order(document)
    again = read(once)
    assert write_trial(again) == once


@settings(max_examples=100)
@given(trial_documents(most=8), st.randoms(use_true_random=False))
def test_keys_come_in_the_order_of_the_format(document: dict[str, Any], random: Any) -> None:
    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            pairs = [(key, shuffled(each)) for key, each in value.items()]
            random.shuffle(pairs)
            return dict(pairs)
        return [shuffled(each) for each in value] if isinstance(value, list) else value

    out = json.loads(write_trial(read(json.dumps(shuffled(document)))))
    assert list(out) == [*TOP, "observations"]
    assert is_ordered(list(out["schedule"]), ["nights", "quiet_hours", "milestones"])
    assert is_ordered(list(out["schedule"].get("nights", {})), [*NIGHTS, "changes"])
    assert all(list(party) == ["key", "name", "timezone"] for party in out["parties"])
    assert all(is_ordered(list(each), OBSERVATION) for each in out["observations"])


@settings(max_examples=50)
@given(trial_documents(most=8))
def test_the_text_is_plain_and_ends_its_last_line(document: dict[str, Any]) -> None:
    text = write_trial(read(json.dumps(document)))
    assert text.startswith('{\n  "format": "meanwhile.trial/1",\n  "title": ')
    assert text.endswith("}\n")
    assert "\\u00e9" not in text  # é is written as it is
    assert text.encode("utf-8").decode("utf-8") == text
