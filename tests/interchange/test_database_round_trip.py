"""A trial that was imported is exported as the same document, on each database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings

from tests.cli.command import exported, imported, saved, tracker
from tests.interchange.test_round_trip import in_order
from tests.interchange.whole import whole
from tests.strategies import trial_documents


@settings(max_examples=80)
@given(document=trial_documents(most=25))
def test_files_come_out_of_the_database_as_they_went_in(app: Flask, tmp_path: Path, document: dict[str, Any]) -> None:
    """Also with keys left out that may be, times as `Z` or without seconds, in any offset and any script."""
    once = exported(imported(saved(tmp_path, document)))
    assert json.loads(once) == in_order(document)


@pytest.mark.soak
@settings(max_examples=1000)
@given(document=trial_documents())
def test_a_thousand_files_come_out_twice_as_they_went_in(app: Flask, tmp_path: Path, document: dict[str, Any]) -> None:
    """The long run of the above; what came out goes in again and comes out as the same text."""
    once = exported(imported(saved(tmp_path, document)))
    assert json.loads(once) == in_order(document)
    again = tmp_path / "again.json"
    again.write_text(once, encoding="utf-8")
    assert exported(imported(again)) == once


def test_the_figures_of_a_file_and_of_its_stored_trial_are_the_same(app: Flask, tmp_path: Path) -> None:
    path = saved(tmp_path, whole())
    trial = imported(path)
    for options in (("--json",), ("--json", "--as-of", whole()["starts_on"]), ()):
        assert tracker("summary", trial, *options).out == tracker("summary", path, *options).out != ""


def test_the_same_file_twice_is_two_trials(app: Flask, tmp_path: Path) -> None:
    """An observation's id is one within its trial only, so that a copy of a trial can be looked at."""
    path = saved(tmp_path, whole())
    first, second = imported(path), imported(path)
    assert first != second
    assert exported(first) == exported(second)


@pytest.mark.parametrize("written", ["2026-03-02T21:04Z", "2026-03-02T21:04:00.250000Z", "2026-03-02T21:04:00-00:00"])
def test_times_keep_their_words(app: Flask, tmp_path: Path, written: str) -> None:
    document = whole()
    document["observations"] = document["observations"][:1]
    document["observations"][0] |= {"day": "2026-03-02", "recorded_at": written}
    out = json.loads(exported(imported(saved(tmp_path, document))))
    assert out["observations"][0]["recorded_at"] == written
