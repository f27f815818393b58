"""Letting a party in again, and at the same moment something that it must not pass by."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests.cast import Cast
from tests.conftest import NOW
from tests.mediator.keeping import note
from tracker.cases import invite
from tracker.cases.model import Party
from tracker.db import db
from tracker.errors import Refused
from tracker.keeping import holds, purge
from tracker.keeping.let_in import let_in
from tracker.observations.model import Observation
from tracker.people.model import Person

Run = Callable[[Callable[[], object]], "Future[object]"]
alone = pytest.mark.parametrize("app", ["postgresql"], indirect=True)  # on SQLite whoever writes is alone


@pytest.fixture
def run(app: Flask) -> Iterator[Run]:
    """Do something beside the test, in a session of its own; what came of it, or why it was refused."""

    def inside(act: Callable[[], object]) -> object:
        with app.app_context():
            try:
                return act()
            except Refused as refused:
                return refused.code

    with ThreadPoolExecutor(4) as pool:
        yield lambda act: pool.submit(inside, act)
        db.session.rollback()  # whatever the test holds: they wait for it


@pytest.fixture
def token(cast: Cast) -> str:
    """Of an invitation for Parent A, who has noted something for themselves alone."""
    note(cast, cast.parent_a, cast.parenting, date(2026, 3, 4), text="Hidden", audience="me")
    mine = cast.here(cast.parent_a, cast.parenting).party
    assert mine is not None
    return invite.invite(mine, NOW, again=True).token


def waiting(number: int) -> bool:
    """Whether so many sessions wait for a row, in half a minute at most."""
    blocked = text("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
    for _ in range(3000):
        with db.engine.connect() as other:
            if other.scalar(blocked) == number:
                return True
        time.sleep(0.01)
    return False


@contextmanager
def half_way(run: Run, token: str) -> Iterator[Future[object]]:
    """Let Parent A in, as far as to where the note is deleted; inside it waits there."""
    db.session.execute(select(Observation.id).where(Observation.note.is_not(None)).with_for_update())
    coming = run(lambda: let_in(token, None, NOW).person.id)
    try:
        assert waiting(1)
        yield coming
    finally:
        db.session.rollback()


@alone
def test_a_hold_waits_until_it_is_done(cast: Cast, run: Run, token: str) -> None:
    programme, case, administrator = cast.programme, str(cast.parenting.case_id), cast.administrator.id
    with half_way(run, token):
        placing = run(lambda: holds.place(programme, case, "A court asked.", administrator, NOW).reason)
        assert waiting(2), "nothing is deleted after a hold was placed"
        assert not placing.done()
    assert placing.result() == "A court asked."


@alone
def test_a_purge_forgets_who_just_came(cast: Cast, run: Run, token: str) -> None:
    case = cast.parenting.case_id
    with half_way(run, token) as coming:
        purging = run(lambda: purge.purge(case, NOW).case_id)
        assert waiting(2)
    assert purging.result() == case
    person = db.session.get(Person, coming.result())
    assert person is not None
    assert person.name == ""


@alone
def test_what_was_taken_back_in_between_lets_nobody_in(cast: Cast, run: Run, token: str) -> None:
    mine = cast.here(cast.parent_a, cast.parenting).party
    assert mine is not None
    db.session.execute(select(Party.id).where(Party.id == mine.id).with_for_update())
    coming = run(lambda: let_in(token, None, NOW))
    assert waiting(1)
    assert run(lambda: invite.withdraw(mine.id, NOW)).result()
    db.session.rollback()
    assert coming.result() == "gone"


def test_of_four_browsers_one_comes_in(cast: Cast, run: Run, token: str) -> None:
    db.session.commit()
    said = [coming.result() for coming in [run(lambda: let_in(token, None, NOW)) for _ in range(4)]]
    assert said.count("gone") == 3
