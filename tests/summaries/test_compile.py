"""The summary as a document: its parts, the elapsed days, and the sums that must hold in every one."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import NOW, trial_documents
from tests.summaries.small import FIRST, day, milestone, nights, outline
from tracker.interchange.read import read_trial
from tracker.summaries.compile import compile_summary

ALWAYS = ["format", "plan", "starts_on", "days", "as_of", "elapsed", "parties", "coverage", "terms", "agenda"]


def test_the_head_of_a_summary() -> None:
    summary = compile_summary(outline(), [])
    assert {key: summary[key] for key in ALWAYS[:7]} == {
        "format": "meanwhile.summary/1", "plan": "open", "starts_on": "2026-03-02", "days": 7, "as_of": "2026-03-08",
        "elapsed": 7, "parties": ["A", "B"],
    }  # fmt: skip  # read in rows, as it is laid out


@pytest.mark.parametrize(
    ("schedule", "parts"),
    [
        ({}, []),
        ({"nights": nights()}, ["handoffs", "overnights"]),
        ({"quiet_hours": {"mon": (time(22), time(7))}}, ["noise"]),
        ({"milestones": (milestone("estimate"),)}, ["milestones"]),
    ],
)
def test_only_parts_that_the_plan_has(schedule: dict[str, Any], parts: list[str]) -> None:
    assert set(compile_summary(outline(**schedule), [])) == {*ALWAYS, *parts}


@pytest.mark.parametrize(
    ("as_of", "shown", "elapsed"),
    [
        (None, "2026-03-08", 7),
        (date(2027, 1, 1), "2026-03-08", 7),  # not beyond the last day
        (date(2026, 3, 8), "2026-03-08", 7),
        (date(2026, 3, 2), "2026-03-02", 1),
        (date(2026, 3, 1), "2026-03-01", 0),  # before the first day nothing has elapsed
    ],
)
def test_elapsed_days(as_of: date | None, shown: str, elapsed: int) -> None:
    entries = [day("A", n, terms={"bedtime": "kept"}) for n in range(7)]
    summary = compile_summary(outline(), entries, as_of)
    assert (summary["as_of"], summary["elapsed"]) == (shown, elapsed)
    assert summary["coverage"]["A"]["logged"] == summary["terms"][0]["parties"]["A"]["kept"] == elapsed


def test_before_the_first_day_every_part_is_empty() -> None:
    trial = outline(nights=nights(), quiet_hours={"mon": (time(22), time(7))}, milestones=(milestone("estimate"),))
    summary = compile_summary(trial, [], FIRST - timedelta(days=1))
    assert summary["handoffs"]["planned"] == summary["noise"]["A"]["windows"] == 0
    assert summary["overnights"]["planned"] == {"A": 0, "B": 0}
    assert summary["terms"][0]["weeks"] == summary["noise"]["A"]["weeks"] == []
    assert summary["agenda"]["terms"][0]["suggestion"] == "too_few"


def _check_sums(summary: dict[str, Any]) -> None:
    elapsed = summary["elapsed"]
    for coverage in summary["coverage"].values():
        assert coverage["logged"] == coverage["on_time"] + coverage["added_later"] + coverage["recollection"]
        assert coverage["logged"] <= coverage["elapsed"] == elapsed
    for term, topic in zip(summary["terms"], summary["agenda"]["terms"], strict=True):
        matching = term["matching"]
        assert sum(matching.values()) == elapsed
        assert topic["both"] == matching["same"] + matching["near"] + matching["differ"]
        assert topic["differ"] == matching["differ"]
        for key, counts in term["parties"].items():
            assert sum(counts.values()) == elapsed
            weeks = [week["parties"][key] for week in term["weeks"]]
            assert len(weeks) == -(-elapsed // 7)
            assert sum(week["kept"] for week in weeks) == counts["kept"]
            assert sum(week["rated"] for week in weeks) == counts["kept"] + counts["partly"] + counts["not_kept"]
    assert len(summary["agenda"]["narrow"]) <= 2


def _check_schedule_sums(summary: dict[str, Any]) -> None:
    elapsed = summary["elapsed"]
    if handoffs := summary.get("handoffs"):
        assert sum(handoffs["matching"].values()) == handoffs["planned"]
        for party in handoffs["parties"].values():
            said = sum(party[key] for key in ("on_time", "late", "changed", "missed", "no_entry"))
            assert said == handoffs["planned"]
    if overnights := summary.get("overnights"):
        assert sum(overnights["planned"].values()) == sum(overnights["matching"].values()) == elapsed
        for said in overnights["reported"].values():
            assert sum(said["nights"].values()) + said["other"] + said["no_entry"] == elapsed
    for noise in summary.get("noise", {}).values():
        assert noise["disturbed_nights"] + noise["quiet_nights"] + noise["no_entry"] == noise["windows"] <= elapsed
        assert noise["disturbed_nights"] == sum(noise["weeks"])
        assert 0 <= noise["minutes"] - sum(noise["by_hour"]) <= 24
        assert 0 <= noise["quiet_hours_minutes"] <= noise["minutes"]


@settings(max_examples=200)
@given(trial_documents(most=120), st.none() | st.integers(-3, 190), st.randoms(use_true_random=False))
def test_every_sum_holds_in_any_order_of_the_entries(
    document: dict[str, Any], through: int | None, random: Any
) -> None:
    trial, _ = read_trial(json.dumps(document), NOW)
    assert trial is not None
    as_of = None if through is None else trial.outline.starts_on + timedelta(days=through)
    summary = compile_summary(trial.outline, trial.entries, as_of)
    _check_sums(summary)
    _check_schedule_sums(summary)
    shuffled = random.sample(trial.entries, len(trial.entries))
    assert compile_summary(trial.outline, shuffled, as_of) == summary
    assert json.loads(json.dumps(summary)) == summary  # plain JSON values, keys and all


@settings(max_examples=50)
@given(trial_documents(most=60), st.integers(0, 190))
def test_what_is_after_as_of_changes_nothing(document: dict[str, Any], through: int) -> None:
    trial, _ = read_trial(json.dumps(document), NOW)
    assert trial is not None
    as_of = trial.outline.starts_on + timedelta(days=through)
    before = [entry for entry in trial.entries if entry.day <= as_of]
    assert compile_summary(trial.outline, before, as_of) == compile_summary(trial.outline, trial.entries, as_of)
