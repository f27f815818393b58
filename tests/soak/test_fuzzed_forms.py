"""Whatever a form or a trial file holds: no 500, no traceback, and never half of it stored.

A hundred thousand of them in `make soak`, a few seconds of them in `make test`. Hypothesis draws the fields of the
forms that a party and a mediator send, and radamsa mangles the bytes of such forms; of the files, which are whole ones,
half have a few places broken and half are mangled by radamsa.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.cli.command import row_counts, tracker
from tests.interchange.whole import whole
from tests.mailbox import Mailbox
from tests.visitor import Visitor
from tracker.db import db
from tracker.observations.model import Observation
from tracker.people.model import Person

Visit = Callable[[Person | None], Visitor]
TRAILS = {"audit_entry", "check_in", "device"}  # rows that a refusal may add

FIELDS = (
    "day", "kind", "id", "handoff_id", "note", "audience", "all", "term-bedtime", "term-homework", "child", "night",
    "outcome", "minutes_late", "handoff_note", "at", "time", "start", "end", "start_day", "end_day", "level", "type",
    "room", "effect", "milestone", "done", "corrects", "with", "answer", "number", "text", "sure", "check_in_at",
    "wanted", "version", "minutes", "do",
)  # fmt: skip  # read in rows, as it is laid out
KNOWN = (
    "", "day", "handoff", "noise", "moment", "kept", "partly", "not_kept", "2026-03-09", "2026-03-10", "18:00", "24:00",
    "on_time", "late", "1", "5", "11", "-1", "1441", "me", "mediator", "summary", "A", "B", "other", "yes", "\0",
    "\ud7ff",
    "018f3a5e-7b1c-7cc2-9d1e-0242ac120002", "9" * 400, "9" * 4301, "2026-02-30", "٣", "1e3", "NaN", "NULL", "🌙" * 300,
)  # fmt: skip  # read in rows, as it is laid out
SOUND: tuple[dict[str, str], ...] = (
    {}, {"wanted": "yes", "check_in_at": "18:30"}, {"text": "Bedtime is too early."}, {"text": "", "sure": "yes"},
    {"kind": "day", "day": "2026-03-09", "all": "kept"},
    {"kind": "day", "day": "2026-03-09", "term-bedtime": "partly", "child": "4", "night": "A", "note": "A long day."},
    {"kind": "noise", "day": "2026-03-09", "start": "22:10", "end": "23:40", "level": "3", "type": "music"},
    {"kind": "moment", "day": "2026-03-09", "at": "17:15", "type": "good", "note": "Waved.", "audience": "summary"},
    {"kind": "handoff", "day": "2026-03-09", "outcome": "late", "minutes_late": "12"},
    {"day": "2026-03-12", "with": "B"}, {"answer": "yes"}, {"days": "7"}, {"date": "2026-04-08", "time": "10:00"},
)  # fmt: skip  # read in rows, as it is laid out
LAST = ("deletions", "withdrawals", "endings", "closings", "purges")  # nothing much is possible after these
values = st.sampled_from(KNOWN) | st.text(max_size=40)
forms = st.builds(
    lambda sound, id_, more: sound | {"id": id_} | more,
    st.sampled_from(SOUND), st.uuids(version=4).map(str), st.dictionaries(st.sampled_from(FIELDS), values, max_size=4),
)  # fmt: skip  # read in rows, as it is laid out


def send(browser: Visitor, url: str, form: dict[str, str] | bytes) -> None:
    """Send one form, as fields or as the body of the request; a refusal stores nothing."""
    before = row_counts()
    response = browser.client.post(
        url, data=form, content_type="application/x-www-form-urlencoded", headers={"X-CSRFToken": browser.token()}
    )
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


Sender = tuple[Visitor, str]  # a browser, and an address that it may send forms to


def senders(app: Flask, cast: Cast, visit: Visit, *, last: bool) -> list[Sender]:
    """Every form of a party and of the mediator, on both trials; those that end a trial only at last."""
    browsers = [
        ("party.", visit(cast.parent_a), cast.parenting),
        ("party.", visit(cast.downstairs), cast.noise),
        *(("mediator.", visit(cast.mediator), trial) for trial in (cast.parenting, cast.noise)),
    ]
    rules = [
        rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ()) and rule.arguments == {"trial"}
    ]
    found = [
        (browser, rule.rule.replace("<uuid:trial>", str(trial.id)))
        for prefix, browser, trial in browsers
        for rule in rules
        if rule.endpoint.startswith(prefix) and (last or not rule.rule.endswith(LAST))
    ]
    assert len(found) > 40
    return found + [one for one in found if one[1].endswith(("observations", "noise"))] * 8  # the forms used daily


def fuzz_forms(app: Flask, cast: Cast, visit: Visit, examples: int) -> None:
    """Fields that hypothesis draws; a tenth of them when a trial may have ended."""
    for last, count in ((False, examples), (True, max(examples // 10, 1))):
        fuzz_fields(senders(app, cast, visit, last=last), count)
        whole_rows()


def fuzz_fields(possible: list[Sender], examples: int) -> None:
    @settings(max_examples=examples, database=None)
    @given(st.sampled_from(range(len(possible))), forms)
    def try_one(number: int, form: dict[str, str]) -> None:
        send(*possible[number], form)

    try_one()


def fuzz_bodies(app: Flask, cast: Cast, visit: Visit, count: int, seed: int) -> None:
    """Forms that a browser could send, mangled in their bytes."""
    random, mangler = Random(seed), pyradamsa().Radamsa()
    possible = senders(app, cast, visit, last=False)
    for number in range(count):
        fields = random.choice(SOUND) | {"id": str(UUID(int=random.getrandbits(128), version=4))}
        body = urlencode(fields).encode()
        send(*random.choice(possible), mangler.fuzz(body, seed=seed * count + number))
    whole_rows()


def fuzz_files(folder: Path, count: int, seed: int) -> None:
    random, path, mangler = Random(seed), folder / "fuzzed.json", pyradamsa().Radamsa()
    sound = json.dumps(whole()).encode()
    for number in range(count):
        mangled = number % 2
        path.write_bytes(mangler.fuzz(sound, seed=seed * count + number) if mangled else broken(random))
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


def pyradamsa() -> Any:
    """The fuzzer's package, which there is for one kind of machine only."""
    return pytest.importorskip("pyradamsa")  # no wheel for other machines


@pytest.fixture(autouse=True)
def box(mailbox: Mailbox) -> Iterator[None]:
    """A box for the mail that chance brings about."""
    yield
    mailbox.take()


def test_forms(app: Flask, cast: Cast, visit: Visit) -> None:
    fuzz_forms(app, cast, visit, 40)


def test_mangled_forms(app: Flask, cast: Cast, visit: Visit) -> None:
    fuzz_bodies(app, cast, visit, 40, 1)


def test_files(app: Flask, cast: Cast, tmp_path: Path) -> None:
    fuzz_files(tmp_path, 40, 1)


@pytest.mark.soak
def test_twelve_thousand_forms(app: Flask, cast: Cast, visit: Visit) -> None:
    """On each of the two databases, like those below: a hundred thousand together."""
    fuzz_forms(app, cast, visit, 11_000)


@pytest.mark.soak
def test_thirteen_thousand_mangled_forms(app: Flask, cast: Cast, visit: Visit) -> None:
    fuzz_bodies(app, cast, visit, 13_000, 2)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(5))
def test_twenty_five_thousand_files(app: Flask, cast: Cast, tmp_path: Path, part: int) -> None:
    fuzz_files(tmp_path, 5_000, 2 + part)
