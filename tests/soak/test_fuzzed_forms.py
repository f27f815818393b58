"""Whatever a form or a trial file holds: no 500, no traceback, and never half of it stored.

A hundred thousand of them in `make soak`, a few seconds of them in `make test`. Hypothesis draws the fields of the
forms that a party and a mediator send; the files are whole ones with a few places broken.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.cli.command import row_counts, tracker
from tests.interchange.whole import whole
from tests.visitor import Visitor
from tracker.db import db
from tracker.observations.model import Observation
from tracker.people.model import Person

Visit = Callable[[Person | None], Visitor]
TRAILS = {"audit_entry", "check_in", "device"}  # rows that a refusal may add

fields = st.sampled_from((
    "day", "kind", "id", "handoff_id", "note", "audience", "all", "term-bedtime", "term-homework", "child", "night",
    "outcome", "minutes_late", "handoff_note", "at", "time", "start", "end", "start_day", "end_day", "level", "type",
    "room", "effect", "milestone", "done", "corrects", "with", "answer", "number", "text", "sure", "check_in_at",
    "wanted",
))  # fmt: skip
known = st.sampled_from((
    "", "day", "handoff", "noise", "moment", "kept", "partly", "not_kept", "2026-03-09", "2026-03-10", "18:00", "24:00",
    "on_time", "late", "1", "5", "11", "-1", "1441", "me", "mediator", "summary", "A", "B", "other", "yes", "\0",
    "\ud7ff",
    "018f3a5e-7b1c-7cc2-9d1e-0242ac120002", "9" * 400, "2026-02-30", "٣", "1e3", "NaN", "NULL", "🌙" * 300,
))  # fmt: skip
values = known | st.text(max_size=40)
forms = st.dictionaries(fields, values, max_size=8)
parts = st.sampled_from((
    "observations", "changes", "noise", "moments", "reminders", "safety-messages", "acceptances", "change-requests",
    "pauses", "withdrawals", "my-data/deletions",
))  # fmt: skip
desk = st.sampled_from(("pauses", "resumptions", "extensions", "endings", "return-session", "releases", "closings"))


def send(browser: Visitor, url: str, form: dict[str, str]) -> None:
    """Send one form; a refusal stores nothing, and nothing is ever stored by halves."""
    before = row_counts()
    response = browser.client.post(url, data=form | {"csrf_token": browser.token()})
    text = response.get_data(as_text=True)
    db.session.rollback()
    added = {name for name, n in row_counts().items() if n != before[name]} - TRAILS
    assert response.status_code < 500, (url, form, text[:500])
    assert "Traceback" not in text, (url, form)
    assert not (response.status_code >= 400 and added), (url, form, response.status_code, added)


def whole_rows() -> None:
    """Every stored entry can be read again, as a whole."""
    for row in db.session.query(Observation):
        assert row.kind in ("day", "handoff", "noise", "moment")
        assert isinstance(row.answers, dict)
        assert (row.kind != "noise") or {"start", "end"} <= set(row.answers)
        assert (row.kind != "handoff") or "outcome" in row.answers
    db.session.rollback()


def fuzz_forms(cast: Cast, visit: Visit, examples: int) -> None:
    browsers = [(visit(cast.parent_a), cast.parenting.id), (visit(cast.downstairs), cast.noise.id)]
    mediator, trials = visit(cast.mediator), (cast.parenting.id, cast.noise.id)

    @settings(max_examples=examples, database=None)
    @given(st.integers(0, 1), parts, forms)
    def party(which: int, part: str, form: dict[str, str]) -> None:
        browser, trial = browsers[which]
        send(browser, f"/trials/{trial}/{part}", form)

    @settings(max_examples=max(examples // 5, 1), database=None)
    @given(st.integers(0, 1), desk, forms)
    def at_the_desk(which: int, part: str, form: dict[str, str]) -> None:
        send(mediator, f"/caseload/{trials[which]}/{part}", form)

    party()
    at_the_desk()
    whole_rows()


def fuzz_files(folder: Path, count: int, seed: int) -> None:
    random, path = Random(seed), folder / "fuzzed.json"
    for number in range(count):
        path.write_bytes(broken(random))
        before = row_counts()
        typed = tracker("import", path, "--programme", "Hillside Mediation")
        changed = row_counts() != before
        what = f"file {number} of seed {seed}: {typed}"
        assert typed.status in (0, 2), what
        assert "Traceback" not in typed.err, what
        assert changed is (typed.status == 0), what
        assert typed.status == 0 or typed.err.strip(), what


def broken(random: Random) -> bytes:
    """A whole trial file with one to three places changed, as JSON or in its bytes."""
    document = copy.deepcopy(whole())
    for _ in range(random.randint(1, 3)):
        place: Any = document
        while isinstance(place, dict | list) and place:
            key = random.choice(list(place) if isinstance(place, dict) else range(len(place)))
            if random.random() < 0.4 or not isinstance(place[key], dict | list):
                place[key] = random.choice(
                    (None, True, -1, 10**30, 1.5, "", "x" * 3000, "\0", [], {}, "2026-03-02", place[key])
                )
                break
            place = place[key]
    data = bytearray(json.dumps(document).encode())
    if random.random() < 0.3:
        for _ in range(random.randint(1, 4)):
            data[random.randrange(len(data))] = random.randrange(256)
    return bytes(data)


def test_forms(app: Flask, cast: Cast, visit: Visit) -> None:
    fuzz_forms(cast, visit, 40)


def test_files(app: Flask, cast: Cast, tmp_path: Path) -> None:
    fuzz_files(tmp_path, 40, 1)


@pytest.mark.soak
def test_fifty_thousand_forms(app: Flask, cast: Cast, visit: Visit) -> None:
    fuzz_forms(cast, visit, 21_000)


@pytest.mark.soak
def test_fifty_thousand_files(app: Flask, cast: Cast, tmp_path: Path) -> None:
    fuzz_files(tmp_path, 25_000, 2)
