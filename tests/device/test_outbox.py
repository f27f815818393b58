"""A phone's outbox reaches the server: many entries in one request, each answered for itself, none of them twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.conftest import NOW
from tests.visitor import Visitor
from tracker.db import db
from tracker.observations.model import Observation, RunningNoise
from tracker.pages.device import outbox
from tracker.pages.party import keep
from tracker.people import devices
from tracker.people.model import Person
from tracker.trials.model import Trial

Visit = Callable[[Person | None], Visitor]
OURS = {"Sec-Fetch-Site": "same-origin", "X-Outbox": "1"}


class Phone:
    """A browser with entries that wait, and what its server answers."""

    def __init__(self, browser: Visitor, trial: Trial) -> None:
        self.browser, self.trial = browser, trial
        told = browser.client.get("/device-key").get_json()
        self.who, self.key = told["who"], told["key"]

    def one(self, path: str = "observations", at: datetime = NOW, **fields: str) -> dict[str, Any]:
        """An entry as the worker keeps it."""
        given = {"kind": "day", "day": "2026-03-10", "id": str(uuid4()), "all": "kept"} | fields
        return {"trial": str(self.trial.id), "path": path, "fields": given, "at": at.isoformat()}

    def send(self, *entries: Any, who: str = "", headers: dict[str, str] = OURS) -> TestResponse:
        """One request."""
        body = {"who": who or self.who, "entries": list(entries)}
        return self.browser.client.post("/outbox", json=body, headers=headers)

    def statuses(self, *entries: Any) -> list[int]:
        """What became of each."""
        return [status for status, _text in self.send(*entries).get_json()["answers"]]


@pytest.fixture
def phone(cast: Cast, visit: Visit) -> Phone:
    return Phone(visit(cast.parent_a), cast.parenting)


def test_each_entry_is_answered_for_itself(phone: Phone) -> None:
    first, late = phone.one(note="One."), phone.one(at=NOW - timedelta(hours=2), note="Two.", day="2026-03-09")
    other = phone.one(id=first["fields"]["id"], note="Something else.")
    ahead = phone.one(day="2026-03-11")
    assert phone.statuses(first, late, first, other, ahead, phone.one(all="", note="")) == [
        201,
        201,
        200,
        409,
        422,
        422,
    ]
    rows = db.session.query(Observation).order_by(Observation.recorded_at).all()
    assert [(row.note, row.recorded_at) for row in rows] == [("Two.", NOW - timedelta(hours=2)), ("One.", NOW)]
    assert {row.recorded_offset for row in rows} == {-4 * 3600}  # New York in summer: the party's own clock


def test_an_entry_is_written_down_when_it_was_tapped_not_when_it_was_sent(cast: Cast, visit: Visit) -> None:
    phone, began = Phone(visit(cast.downstairs), cast.noise), NOW - timedelta(minutes=30)
    id_ = str(uuid4())
    start = phone.one("noise", began, id=id_)
    stop = phone.one(f"noise/{id_}/end", NOW - timedelta(minutes=5))
    assert phone.statuses(start) == [201]
    assert db.session.query(RunningNoise).one().started_at == began
    assert phone.statuses(start, stop, stop) == [201, 201, 201]  # an answer was lost: all of it comes again
    (row,) = db.session.query(Observation).all()
    assert row.answers["start"] == "2026-03-10T18:30:00+01:00"
    assert row.answers["end"] == "2026-03-10T18:55:00+01:00"
    assert not db.session.query(RunningNoise).count()
    assert phone.statuses(phone.one("noise", id=str(uuid4())), phone.one(f"noise/{uuid4()}/end")) == [201, 422]


def test_nobody_elses_phone_sends_it(phone: Phone, cast: Cast, visit: Visit) -> None:
    other = Phone(visit(cast.parent_b), cast.parenting)
    assert other.key != phone.key
    assert phone.send(phone.one(), who=other.who).status_code == 409
    assert phone.send(phone.one(), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400
    assert phone.send(phone.one(), headers={}).status_code == 400
    assert visit(None).client.post("/outbox", json={}, headers=OURS).status_code == 401
    strange = phone.one() | {"trial": str(cast.strangers.id)}
    assert phone.statuses(strange, phone.one() | {"trial": "nonsense"}) == [404, 404]
    assert not db.session.query(Observation).count()


@pytest.mark.parametrize(
    "wrong",
    [
        None, 7, "text", [], {}, {"trial": "x"},
        {"trial": "T", "path": "observations", "at": "", "fields": {"note": "\0"}},
        {"trial": "T", "path": "observations", "at": "", "fields": {"note": "\ud800"}},
        {"trial": "T", "path": "observations", "at": "nonsense", "fields": {}},
        {"trial": "T", "path": "../../sign-out", "at": "", "fields": {"day": "2026-03-10"}},
        {"trial": "T", "path": "noise/nonsense/end", "at": "", "fields": {}},
        {"trial": "T", "path": "observations", "at": "", "fields": {"note": ["a"]}},
    ],
)  # fmt: skip  # read in rows, as it is laid out
def test_nonsense_is_refused_and_holds_nothing_up(phone: Phone, wrong: Any) -> None:
    if isinstance(wrong, dict) and wrong.get("trial") == "T":
        wrong = wrong | {"trial": str(phone.trial.id)}
    refused, kept = phone.statuses(wrong, phone.one())
    assert refused in (404, 422)
    assert kept == 201
    assert phone.browser.client.post("/outbox", data="{", headers=OURS).status_code in (400, 415)
    assert phone.send(*[phone.one()] * (outbox.MOST + 1)).status_code == 400


def test_a_fault_of_ours_keeps_the_entry_on_the_phone(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    poison = phone.one(note="Poison.")
    real = keep.store

    def broken(found: Any, form: Any, read: Any, now: datetime) -> Any:
        if form["note"] == "Poison.":
            raise RuntimeError("a fault of ours")
        return real(found, form, read, now)

    monkeypatch.setattr(keep, "store", broken)
    assert phone.statuses(poison, phone.one(note="Fine.")) == [500, 201]
    monkeypatch.undo()
    assert phone.statuses(poison) == [201]


def test_the_key_is_the_persons_own_and_not_for_shared_devices(cast: Cast, visit: Visit, app: Any) -> None:
    first, second = Phone(visit(cast.parent_a), cast.parenting), Phone(visit(cast.parent_a), cast.parenting)
    assert (first.who, first.key) == (second.who, second.key)
    shared = visit(cast.parent_a)
    with shared.client.session_transaction() as session:
        session["_user_id"] = devices.begin(cast.parent_a, datetime.now(UTC), shared=True)[0]
    assert shared.client.get("/device-key").status_code == 404
    assert shared.client.get(f"/trials/{cast.parenting.id}/kit").status_code == 404
    assert 'data-who=""' in shared.get(f"/trials/{cast.parenting.id}/today").html
    for browser, own in ((first.browser, True), (shared, False)):  # what waits there is somebody else's
        page = browser.get(f"/trials/{cast.parenting.id}/outbox")
        assert any(one.get("id") == "waiting" for one in page.all("p")) is own
        assert any(one.get("hidden") is None for one in page.all("div") if "data-none" in one.attrib) is not own


def test_a_kit_holds_forms_and_nothing_of_an_account(phone: Phone, cast: Cast, visit: Visit) -> None:
    phone.statuses(phone.one(note="Mine alone.", audience="me"))
    kit = phone.browser.client.get(f"/trials/{cast.parenting.id}/kit")
    body = kit.get_json()
    assert sorted(body["today"])[0] == "2026-03-07"
    assert "2026-03-20" in body["today"]
    assert "Lights out by 20:30" in body["questions"]
    assert "Mine alone." not in kit.text
    assert "saved" not in body["today"]["2026-03-10"].lower()
    assert len(kit.data) < 300_000
