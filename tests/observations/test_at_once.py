"""The same observation, sent by many clients at once, is stored once, and each of them hears that it was saved.

Against the real program, over HTTP, on each database. `make soak` sends 200 observations by 50 clients each.
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
    ("observations", "clients"), [(8, 50), pytest.param(200, 50, marks=pytest.mark.soak)], ids=["short", "long"]
)
def test_each_observation_is_stored_once(
    kind: str, observations: int, clients: int, tmp_path: Path, postgres: Postgres
) -> None:
    server, values, trial = serve(kind, tmp_path, postgres)
    try:
        browser = sign_in(server.url, tmp_path, "parent-a@example.org")
        token = browser.token(browser.get(f"/trials/{trial}/days/{DAY}"))
        answers: Counter[str] = Counter()
        ids = [uuid4() for _ in range(observations)]
        for id_ in ids:
            answers.update(_send_at_once(server.port, trial, id_, clients, browser, token))
    finally:
        server.stop()
    with apart(load(values)):
        stored = db.session.query(Observation.id).filter_by(trial_id=trial).all()
    assert answers == {f"303 /trials/{trial}/days/{DAY}": observations * clients}
    assert sorted(row.id for row in stored) == sorted(ids)


def _send_at_once(port: int, trial: UUID, id_: UUID, clients: int, browser: Browser, token: str) -> Counter[str]:
    """One observation by that many clients, each on its own connection, released together; what they heard."""
    fields = {"csrf_token": token, "kind": "day", "day": str(DAY), "id": str(id_), "all": "kept", "note": f"Note {id_}"}
    body = urllib.parse.urlencode(fields | {"audience": "mediator"})
    headers = {"Cookie": browser.cookies(), "Content-Type": "application/x-www-form-urlencoded"}
    heard: Counter[str] = Counter()
    gate = threading.Barrier(clients)

    def send() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.connect()
        gate.wait()
        connection.request("POST", f"/trials/{trial}/observations", body, headers)
        response = connection.getresponse()
        response.read()
        heard[f"{response.status} {response.getheader('Location', '')}"] += 1
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return heard
