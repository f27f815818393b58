"""The server killed again and again while eight clients write: what was said to be saved is there, each once.

A thousand kills on each database in `make soak`, two in `make test`. Each client sends an entry until the server has
answered that it is saved; one of them is the mediator, whose readings go into the audit trail meanwhile.
"""

from __future__ import annotations

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from tests.cast import assemble
from tests.conftest import DATABASES
from tests.postgres import Postgres
from tests.server import ROOT, clean, free_port
from tests.visitor import Visitor
from tracker import clock, create_app
from tracker.audit import chain
from tracker.audit.model import AuditEntry
from tracker.config import load
from tracker.db import db
from tracker.observations.model import Observation
from tracker.people.model import Person

pytestmark = pytest.mark.real_time
CLIENTS = 8
SECRET = "kills"


@dataclass
class Client:
    """Sends one thing until it is answered, then the next."""

    port: int
    cookie: str
    token: str
    path: str
    day: str
    saved: list[str] = field(default_factory=list)
    sent: int = 0
    wrong: list[str] = field(default_factory=list)

    def work(self, stop: threading.Event) -> None:
        """Until told to stop, and then until the last one is saved too."""
        while not stop.is_set():
            id_ = str(uuid.uuid4())
            self.sent += 1
            while not self._saved(id_):
                time.sleep(0.02)
            self.saved.append(id_)

    def _saved(self, id_: str) -> bool:
        fields = {"csrf_token": self.token, "kind": "day", "day": self.day, "id": id_, "all": "kept", "note": id_}
        headers = {
            "Cookie": self.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        method, body = ("POST", urllib.parse.urlencode(fields)) if self.token else ("GET", None)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request(method, self.path, body, headers)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        if response.status not in (200, 303):
            self.wrong.append(f"{response.status} {response.getheader('Location')}")
            time.sleep(0.1)
        return response.status in (200, 303) and "sign-in" not in (response.getheader("Location") or "")


def start(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """The server, in a group of its own; ready as soon as it answers."""
    command = [sys.executable, "-m", "tracker", "serve"]
    return subprocess.Popen(
        command, env=clean() | environment, cwd=ROOT, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip  # read in rows, as it is laid out


def clients(app: Flask, port: int) -> list[Client]:
    """Seven of Parent A's devices and the mediator's one."""
    cast = assemble(clock.now())
    trial = cast.strangers
    stranger, mediator = cast.stranger, cast.other_mediator
    day = "2026-03-09"  # of the past, so that it is open whenever this runs
    found = [_client(app, port, stranger, f"/trials/{trial.id}/observations", day) for _ in range(CLIENTS - 1)]
    reader = _client(app, port, mediator, f"/caseload/{trial.id}", day)
    reader.token = ""
    return [*found, reader]


def _client(app: Flask, port: int, person: Person, path: str, day: str) -> Client:
    """A device of this person, as a browser that is signed in would send its requests."""
    browser = Visitor(app, person)
    token = browser.token()
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = browser.client.get_cookie(name)
    assert cookie is not None
    return Client(port, f"{name}={cookie.value}", token, path, day)


def prove(environment: dict[str, str], kills: int) -> None:
    """Kill it so often, each time while it answers; then look at what is there."""
    app, chance = create_app(load(environment)), random.Random(kills)
    with app.app_context():
        upgrade()
        writers = clients(app, int(environment["PORT"]))
        db.session.commit()
        db.engine.dispose()
    stop = threading.Event()
    threads = [threading.Thread(target=one.work, args=(stop,)) for one in writers]
    for thread in threads:
        thread.start()
    for number in range(kills):
        _live_and_die(environment, writers, chance, reading=number % 4 == 0)
    server = start(environment)
    stop.set()
    for thread in threads:
        thread.join(60)
    server.terminate()
    server.wait(20)
    with app.app_context():
        _look(writers)
        db.session.remove()  # gives its connection back, so that the next line closes it
        db.engine.dispose()


def _live_and_die(environment: dict[str, str], writers: list[Client], chance: random.Random, *, reading: bool) -> None:
    """Until a few entries are saved, and sometimes until the mediator, whose page takes longer, has read too."""
    server = start(environment)
    before, read, until = sum(len(one.saved) for one in writers), len(writers[-1].saved), time.monotonic() + 60
    while time.monotonic() < until and (
        sum(len(one.saved) for one in writers) < before + 4 or (reading and len(writers[-1].saved) == read)
    ):
        time.sleep(0.005)
    time.sleep(chance.random() * 0.2)
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def _look(writers: list[Client]) -> None:
    saved = [id_ for one in writers[:-1] for id_ in one.saved]
    stored = Counter(str(row) for row in db.session.scalars(select(Observation.id)))
    assert not [one.wrong for one in writers if one.wrong]
    assert len(saved) == len(set(saved)) == sum(one.sent for one in writers[:-1])
    assert set(stored) == set(saved), "each that was said to be saved is there, and nothing else"
    assert set(stored.values()) == {1}
    head, problems = chain.verify()
    assert not problems
    readings = db.session.query(AuditEntry).filter_by(action="account.read").count()
    assert readings >= len(writers[-1].saved) > 0
    print(f"{len(saved)} entries, {readings} readings, the head of the trail is {head.number}")


@pytest.fixture(params=DATABASES)
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """What configures the program: a folder, a port and a database of its own."""
    port = free_port()
    values = {"DATA": str(tmp_path / "data"), "SECRET_KEY": SECRET, "PORT": str(port), "WORKERS": "2", "THREADS": "4"}
    if request.param == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgres")
        values["DATABASE_URL"] = postgres.create(f"killed_{uuid.uuid4().hex[:8]}")
    return values


def test_a_few_kills(environment: dict[str, str]) -> None:
    prove(environment, 2)


@pytest.mark.soak
def test_a_thousand_kills(environment: dict[str, str]) -> None:
    prove(environment, 1000)
