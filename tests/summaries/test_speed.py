"""A longer trial takes longer by its length, and no more: ratios of times on one machine, never seconds."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from random import Random
from time import process_time
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import insert

from tests.cast import Cast, begin, proposed
from tests.conftest import NOW
from tests.summaries.small import FIRST, NEW_YORK, day, handoff, nights, noise, outline
from tracker.cases.model import Party
from tracker.db import db
from tracker.observations import for_mediator
from tracker.observations.model import Observation
from tracker.plans.entry import RATINGS, Entry
from tracker.plans.plan import WEEKDAYS, Outline
from tracker.summaries.compile import compile_summary
from tracker.trials.model import Trial

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


def fastest(*calls: Callable[[], object], rounds: int = 15) -> list[float]:
    """The least processor time of each call, in seconds, over rounds in which they take turns.

    What others do on the machine can only add to a time, and by taking turns it adds to all of them. The garbage
    collector stays out, as with `timeit`: what it walks through, now and then, is what other tests left in memory.
    """
    found: list[list[float]] = [[] for _ in calls]
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for call, times in zip(calls, found, strict=True):
                start = process_time()
                call()
                times.append(process_time() - start)
    finally:
        gc.enable()
    return [min(times) for times in found]


@pytest.mark.real_time
def test_time_grows_with_the_trial_and_no_faster() -> None:
    """182 days are 6.5 times 28 days. Going through all events for each night would take 42 times as long."""
    short, long = full(28), full(182)
    assert len(short[1]) == 28 * 14
    quick, slow = fastest(partial(compile_summary, *short), partial(compile_summary, *long))
    assert slow / quick < 13


@pytest.mark.real_time
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_counting_takes_at_most_five_times_as_long_as_reading(
    app: Flask, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    """28 days with 400 observations, 182 days with as many a day; read as the summary reads them, then counted."""
    sizes = ((28, 400), (182, 2600))
    calls: list[Callable[[], object]] = []
    for days, observations in sizes:
        trial, entries = _stored(cast, days, observations)
        keys = {party.id: party.key for party in db.session.query(Party).filter_by(case_id=trial.case_id)}
        told = for_mediator.told(trial.id, keys)
        assert len(told) == entries == observations
        calls += [partial(for_mediator.told, trial.id, keys), partial(compile_summary, full(days)[0], told)]
    read_short, short, read_long, long = fastest(*calls, rounds=9)
    for (days, observations), reading, counting in zip(sizes, (read_short, read_long), (short, long), strict=True):
        with capsys.disabled():
            print(
                f"\n{days} days, {observations} observations: read in {reading * 1000:.2f} ms, "
                f"counted in {counting * 1000:.2f} ms ({counting / reading:.2f} times)"
            )
        assert counting <= 5 * reading
    assert long / short <= 182 / 28 * 1.35, "more than linear, beyond what a clock can tell"


def _stored(cast: Cast, days: int, count: int) -> tuple[Trial, int]:
    """A trial of the parents over the days of `full`, with the first so many of its entries in the database."""
    names = [("A", "Parent A", "America/New_York"), ("B", "Parent B", "America/New_York")]
    people = {"Parent A": cast.parent_a, "Parent B": cast.parent_b}
    trial = begin(
        cast.programme.id,
        cast.mediator.id,
        names,
        people,
        proposed("Long", "open", days, "America/New_York", {}, FIRST),
        NOW,
    )
    db.session.flush()
    ids = {party.key: party.id for party in db.session.query(Party).filter_by(case_id=trial.case_id)}
    entries = full(days)[1]
    entries = (entries * (count // len(entries) + 1))[:count]
    rows = [
        {"trial_id": trial.id, "id": uuid4(), "case_id": trial.case_id, "party_id": ids[e.party], "kind": e.kind,
         "day": e.day, "recorded_at": e.recorded_at, "recorded_offset": 0, "received_at": e.recorded_at,
         "answers": e.answers, "audience": "mediator"}
        for e in entries
    ]  # fmt: skip  # read in rows, as it is laid out
    db.session.execute(insert(Observation), rows)
    db.session.commit()
    return trial, len(rows)
