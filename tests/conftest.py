"""What every test may ask for: an app on each database, the fixed cast, checked visitors, a fixed time."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask_migrate import upgrade
from hypothesis import HealthCheck, settings
from sqlalchemy import event, text

from tests.cast import Cast, assemble
from tests.kept import Kept
from tests.mailbox import Mailbox
from tests.postgres import Postgres
from tests.visitor import Visitor
from tracker import create_app
from tracker.config import Config
from tracker.db import Base, db
from tracker.pages import mail, summary_figures
from tracker.pages.limits import limiter
from tracker.people.model import Person

NOW = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)  # a Tuesday, two days after the clocks of New York changed
DATABASES = ("sqlite", "postgresql")
VAPID = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA"  # the bytes from 1 to 32

settings.register_profile("tests", derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("tests")
mail.HEAD_START = 0  # a test reads an answer when it is whole: nothing is sent before that, and nothing waits for it
gc.set_threshold(20_000, 20, 50)  # a test process holds far more for ever than a server, and walks through it each time


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests first, those with programs beside them: the short ones then fill up both cores to the end."""
    items.sort(key=lambda item: item.get_closest_marker("real_time") is None)


def configured(data: Path, database_url: str, **more: object) -> Config:
    """A configuration for tests: known secrets, its own data folder."""
    values: dict[str, object] = {"secret_key": "tests", "keys": (bytes(range(32)),), "demo": True, "vapid_key": VAPID}
    values |= more
    return Config(data=data, database_url=database_url, **values)  # type: ignore[arg-type]  # names and types are the caller's


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL server."""
    server = Postgres().start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in memory where the machine has one with room, else on the disk: for data that no test kills."""
    shared = Path("/dev/shm")
    if not os.access(shared, os.W_OK) or shutil.disk_usage(shared).free < 2**29:
        yield tmp_path_factory.mktemp("memory")
        return
    with tempfile.TemporaryDirectory(prefix="meanwhile-", dir=shared) as folder:
        yield Path(folder)


def _no_fsync(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session")
def _apps() -> Iterator[dict[str, Flask]]:
    apps: dict[str, Flask] = {}
    yield apps
    for app in apps.values():
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(params=DATABASES)
def app(request: pytest.FixtureRequest, _apps: dict[str, Flask], memory: Path) -> Iterator[Flask]:
    """The application on an empty, migrated database of each kind. What is stored here need not survive a power cut."""
    kind = request.param
    if kind not in _apps:
        data = memory / kind
        data.mkdir()
        url = f"sqlite:///{data / 'test.sqlite'}"
        if kind == "postgresql":
            url = request.getfixturevalue("postgres").create("tests")
        limiter.enabled = True  # an app that is made while it is off never learns to count
        _apps[kind] = create_app(configured(data, url))
        _apps[kind].config["PROPAGATE_EXCEPTIONS"] = True
        with _apps[kind].app_context():
            if kind == "sqlite":
                db.engine.dispose()
                event.listen(db.engine, "connect", _no_fsync)
            upgrade()
    app = _apps[kind]
    limiter.enabled = False
    with app.app_context():
        empty(kind)
        yield app
        db.session.rollback()


def empty(kind: str) -> None:
    """Leave no row in the database."""
    tables = Base.metadata.sorted_tables
    with db.engine.begin() as connection:
        if kind == "postgresql":  # without its foreign keys' triggers: several times as quick as a truncate
            clear = ["set local session_replication_role = replica", *(str(t.delete()) for t in tables)]
            connection.execute(text(";".join(clear)))
        else:
            guards = connection.execute(text("select name, sql from sqlite_master where type = 'trigger'")).all()
            for guard in guards:  # the audit trail lets nobody delete it: not even a test, while they stand
                connection.execute(text(f"drop trigger {guard.name}"))
            for table in reversed(tables):
                connection.execute(table.delete())
            for guard in guards:
                connection.execute(text(guard.sql))


@pytest.fixture(autouse=True)
def _time(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller | None]:
    """Nothing in a test depends on when it is run; tests with a program of its own beside them live in real time."""
    if request.node.get_closest_marker("real_time"):
        yield None
        return
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def travel(_time: time_machine.Traveller) -> Callable[[datetime], None]:
    """Move to another moment."""

    def move(moment: datetime) -> None:
        _time.move_to(moment, tick=False)

    return move


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The fixed cast: two trials on their way, and everybody who may or may not see them."""
    kept = _CASTS.get(db.engine.dialect.name)
    if kept is None:
        kept = _CASTS[db.engine.dialect.name] = Kept.of(assemble(NOW))
    else:
        kept.restore()
        summary_figures.forget()  # the same trial stands there again, with other accounts
    return kept.cast()


_CASTS: dict[str, Kept] = {}


@pytest.fixture
def visit(app: Flask) -> Callable[[Person | None], Visitor]:
    """A browser in which this person is signed in, or nobody."""

    def enter(person: Person | None = None) -> Visitor:
        return Visitor(app, person)

    return enter


@pytest.fixture
def with_texts(app: Flask) -> Iterator[None]:
    """An installation that can send text messages."""
    config = app.extensions["config"]
    object.__setattr__(config, "sms_url", "json://127.0.0.1:1/{number}")
    yield
    object.__setattr__(config, "sms_url", "")


@pytest.fixture
def counting(app: Flask) -> Iterator[None]:
    """Limits count, as they do when it runs."""
    limiter.enabled = True
    limiter.reset()
    yield
    limiter.reset()
    limiter.enabled = False


@pytest.fixture
def mailbox(app: Flask) -> Mailbox:
    """The mail that the application writes."""
    return Mailbox(app.extensions["config"].data)


@pytest.fixture(autouse=True)
def _expected_mail(request: pytest.FixtureRequest) -> Iterator[None]:
    """Mail that a test did not take out of its mailbox is mail that nobody expected."""
    box = request.getfixturevalue("mailbox") if "app" in request.fixturenames else None
    yield
    left = [f"{message['To']}: {message['Subject']}" for message in box.take()] if box else []
    assert not left, f"nobody expected this mail: {left}"
