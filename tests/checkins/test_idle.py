"""A tick with nothing due: two queries, each a look at the end of an index, however many parties there are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests.checkins import crowd
from tests.checkins.evening import tick
from tests.conftest import NOW
from tracker.checkins import claim
from tracker.db import db

PAGES = 4  # of PostgreSQL: the way down the tree and one leaf


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """What the database is asked while this lasts."""
    seen: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        seen.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def prove(count: int) -> None:
    crowd.settle(count, time(20, 30), NOW, look_at=NOW + timedelta(hours=2))
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        tidy = "vacuum analyze" if connection.dialect.name == "postgresql" else "analyze"  # other tests left dead rows
        for table in ("party", "check_in"):
            connection.exec_driver_sql(f"{tidy} {table}")
    with statements() as seen:
        tick()
    asked = [(statement, values) for statement, values in seen if statement.upper().startswith(("SELECT", "UPDATE"))]
    assert len(asked) == 2
    for statement, values in asked:
        print(count, plan(statement, values))


def plan(statement: str, values: Any) -> str:
    """How the database answers it; fails if that is more than a look at an index."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            said = "; ".join(row[3] for row in rows)
            assert said.startswith("SEARCH"), said
            assert "USING COVERING INDEX" in said
            return said
        raw = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", values).scalar_one()
        found = (json.loads(raw) if isinstance(raw, str) else raw)[0]["Plan"]
        pages = found["Shared Hit Blocks"] + found["Shared Read Blocks"]
        assert pages <= PAGES, found
        scan = found
        while "Plans" in scan:
            scan = scan["Plans"][0]
        return f"{scan['Node Type']} {scan.get('Index Name', '')}, {pages} pages"


def test_a_tick_with_nothing_due(app: Flask) -> None:
    prove(2_000)


@pytest.mark.soak
def test_a_tick_with_two_hundred_thousand(app: Flask) -> None:
    prove(200_000)


def test_waiting_says_how_much_and_since_when(app: Flask) -> None:
    crowd.settle(6, time(18), NOW, look_at=NOW - timedelta(minutes=3))
    assert claim.waiting(NOW) == claim.Waiting(6, 0, NOW - timedelta(minutes=3))
