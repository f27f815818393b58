"""The same observation, sent by many clients at once, is stored once, and each of them hears that it was saved.

Against the real program, over HTTP, on each database: 8 observations by 50 clients each in `make test`, 200 and
10,000 in `make soak`.
"""

from __future__ import annotations

import http.client
import threading
import urllib.parse
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.apart import apart
from tests.bench.people import Browser, sign_in
from tests.cast import assemble
from tests.postgres import Postgres
from tests.server import Server, meanwhile
from tracker.config import load
from tracker.db import db
from tracker.observations.model import Observation

DAY = date(2026, 3, 9)  # of the cast's parenting trial

pytestmark = pytest.mark.real_time


def serve(kind: str, data: Path, postgres: Postgres) -> tuple[Server, dict[str, str], UUID]:
    """The program on a database with the cast; what configures it; the trial to write in."""
    values = {"DATA": str(data)}
    if kind == "postgresql":
        values["DATABASE_URL"] = postgres.create(f"at_once_{uuid4().hex}")
    server = meanwhile(data, **{name: value for name, value in values.items() if name != "DATA"})
    with apart(load(values)):
        trial = assemble(datetime.now(UTC)).parenting.id
        db.session.commit()
    return server.start(), values, trial


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize(
    ("observations", "clients"),
    [(8, 50), pytest.param(200, 50, marks=pytest.mark.soak), pytest.param(10_000, 50, marks=pytest.mark.soak)],
    ids=["short", "long", "longest"],
)
def test_each_observation_is_stored_once(
    kind: str, observations: int, clients: int, tmp_path: Path, postgres: Postgres
) -> None:
    server, values, trial = serve(kind, tmp_path, postgres)
    try:
        browser = sign_in(server.url, tmp_path, "parent-a@example.org")
        token = browser.token(browser.get(f"/trials/{trial}/days/{DAY}"))
        ids = [uuid4() for _ in range(observations)]
        answers = _send_at_once(server.port, trial, ids, clients, browser, token)
    finally:
        server.stop()
    with apart(load(values)):
        stored = db.session.query(Observation.id).filter_by(trial_id=trial).all()
    assert answers == {f"303 /trials/{trial}/days/{DAY}": observations * clients}
    assert sorted(row.id for row in stored) == sorted(ids)


def _send_at_once(port: int, trial: UUID, ids: list[UUID], clients: int, browser: Browser, token: str) -> Counter[str]:
    """Each observation by that many clients, each on its own connection, released together; what they heard."""
    headers = {"Cookie": browser.cookies(), "Content-Type": "application/x-www-form-urlencoded"}
    heard: list[Counter[str]] = [Counter() for _ in range(clients)]
    gate = threading.Barrier(clients)

    def send(mine: Counter[str]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for id_ in ids:
            body = _body(id_, token)
            gate.wait(120)
            connection.request("POST", f"/trials/{trial}/observations", body, headers)
            response = connection.getresponse()
            response.read()
            mine[f"{response.status} {response.getheader('Location', '')}"] += 1
        connection.close()

    threads = [threading.Thread(target=send, args=(mine,)) for mine in heard]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(heard, Counter())


def _body(id_: UUID, token: str) -> str:
    fields = {"csrf_token": token, "kind": "day", "day": str(DAY), "id": str(id_), "all": "kept", "note": f"Note {id_}"}
    return urllib.parse.urlencode(fields | {"audience": "mediator"})
