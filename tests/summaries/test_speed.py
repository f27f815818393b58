"""A longer trial takes longer by its length, and no more: ratios of times on one machine, never seconds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from random import Random
from time import process_time

import pytest

from tests.summaries.small import FIRST, NEW_YORK, day, handoff, nights, noise, outline
from tracker.plans.entry import RATINGS, Entry
from tracker.plans.plan import WEEKDAYS, Outline
from tracker.summaries.compile import compile_summary

TERMS = ("a", "b", "c", "d", "e")


def full(days: int) -> tuple[Outline, list[Entry]]:
    """Every form every day by both, and ten noises a day by A: 14 entries a day."""
    random = Random(7)
    trial = outline(TERMS, days, nights=nights(), quiet_hours=dict.fromkeys(WEEKDAYS, (time(22), time(7))))
    entries = []
    for n in range(days):
        at = datetime.combine(FIRST, time(12), NEW_YORK) + timedelta(days=n)
        for party in "AB":
            ratings = {key: random.choice(RATINGS) for key in TERMS}
            entries += [day(party, n, at, terms=ratings, night=party), handoff(party, n, "on_time", recorded_at=at)]
        entries += [noise("A", n, at + timedelta(minutes=random.randrange(700)), 50, level=3) for _ in range(10)]
    return trial, entries


def fastest(call: Callable[[], object], times: int = 15) -> float:
    """The least processor time of several calls: what others do on the machine can only add to it."""
    found = []
    for _ in range(times):
        start = process_time()
        call()
        found.append(process_time() - start)
    return min(found)


@pytest.mark.real_time
def test_time_grows_with_the_trial_and_no_faster() -> None:
    """182 days are 6.5 times 28 days. Going through all events for each night would take 42 times as long."""
    short, long = full(28), full(182)
    assert len(short[1]) == 28 * 14
    ratio = fastest(lambda: compile_summary(*long)) / fastest(lambda: compile_summary(*short))
    assert ratio < 13
