"""How quickly check-ins go out, beside what the mail server and the database take from a bare loop at the same time."""

from __future__ import annotations

import smtplib
import time
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, delete, select, text, update

from tests.checkins import crowd
from tests.checkins.sink import sink, taken_in
from tests.checkins.test_kills import filled
from tracker import clock, create_app
from tracker.cases.model import AT_ONCE, Party
from tracker.checkins import claim, send
from tracker.checkins.model import CheckIn
from tracker.checkins.send import Outlet
from tracker.config import load
from tracker.db import db, transaction
from tracker.pages.check_in_words import compose
from tracker.returns import session

pytestmark = pytest.mark.real_time
MOST = 10  # times as long as a bare loop


def begun(environment: dict[str, str], count: int) -> Flask:
    """The application on a database with so many due."""
    filled(environment, count)
    return create_app(load(environment))


def bare_loop(url: str, engine: Engine, ids: list[UUID]) -> float:
    """Seconds for a message and a mark by each of these check-ins: smtplib on one connection, an UPDATE, a COMMIT."""
    where = urlsplit(url)
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "You have a reminder."
    message["Message-ID"] = "<bare@example.org>"
    message.set_content("You have a reminder.\n")
    message.add_alternative("<p>You have a reminder.</p>", subtype="html")
    began = time.perf_counter()
    line = smtplib.SMTP(where.hostname or "", where.port or 0, local_hostname="localhost")
    with line, engine.connect() as connection:
        for id_ in ids:
            line.send_message(message)
            _mark(connection, id_)
    return time.perf_counter() - began


def prove(environment: dict[str, str], folder: Path, count: int, rounds: int) -> None:
    """Send so many at once, and a bare loop beside it, by turns; the quickest of either counts.

    What others do on the machine, and a disk that is slow, can only add to a time, and by turns it adds to both.
    """
    with sink(folder / "taken") as url:
        app = begun(environment | {"SMTP_URL": url}, count)
        times = []
        with app.app_context():
            for _ in range(rounds):
                taken = _sent(app, count)
                ids = list(db.session.scalars(select(CheckIn.id)))
                db.session.remove()
                times.append((taken, bare_loop(url, db.engine, ids)))
            db.engine.dispose()
    taken, bare = (min(each) for each in zip(*times, strict=True))
    print(f"{count} due at once: {count / taken:.0f} a second, bare {count / bare:.0f}: {taken / bare:.1f} times")
    asked = [to for to, id_ in taken_in(folder / "taken") if id_ != "<bare@example.org>"]
    assert sorted(asked) == sorted(rounds * [crowd.address(number) for number in range(count)])
    assert taken <= bare * MOST


def _sent(app: Flask, count: int) -> float:
    """How many seconds it takes until all have theirs, as if nobody had been asked yet."""
    with transaction() as writing:
        writing.execute(delete(CheckIn))
        writing.execute(update(Party).values(next_check_in_at=AT_ONCE))
    outlet = Outlet(app.extensions["config"], compose, session.times_of, clock.now)
    began = time.perf_counter()
    assert send.tick(outlet) == count
    return time.perf_counter() - began


def test_ten_due_at_once(environment: dict[str, str], tmp_path: Path) -> None:
    prove(environment, tmp_path, 10, rounds=10)


@pytest.mark.soak
def test_a_thousand_due_in_the_same_minute(environment: dict[str, str], tmp_path: Path) -> None:
    prove(environment, tmp_path, 1000, rounds=1)


@pytest.mark.soak
def test_claiming_and_marking_ten_thousand(environment: dict[str, str]) -> None:
    """Without delivery, beside an UPDATE for each of the same rows. The rates are for the note."""
    count = 10_000
    app = begun(environment, count)
    with app.app_context():
        now, done, began = clock.now(), 0, time.perf_counter()
        while True:
            looked, held = claim.take_new(session.times_of, "secret", now)
            if not looked:
                break
            for one in held:
                assert claim.settle(one, results={"email": "sent"}, sent_at=clock.now())
            done += len(held)
        rate = done / (time.perf_counter() - began)
        ids = list(db.session.scalars(select(CheckIn.id)))
        url = db.engine.url
        db.session.remove()
        db.engine.dispose()
    assert done == count
    bare = _bare_updates(str(url.render_as_string(hide_password=False)), ids)
    print(
        f"{url.get_backend_name()}: {count} claimed and marked, {rate:.0f} a second; bare UPDATEs {bare:.0f} a second"
    )


def _bare_updates(url: str, ids: list[UUID]) -> float:
    """An UPDATE and a COMMIT for each row, as settling needs."""
    engine = create_engine(url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            for pragma in ("journal_mode=WAL", "synchronous=FULL"):
                connection.execute(text(f"PRAGMA {pragma}"))
            connection.commit()
        began = time.perf_counter()
        for id_ in ids:
            _mark(connection, id_)
        rate = len(ids) / (time.perf_counter() - began)
    engine.dispose()
    return rate


def _mark(connection: Connection, id_: UUID) -> None:
    connection.execute(update(CheckIn).where(CheckIn.id == id_).values(sent_at=clock.now()))
    connection.commit()
