"""Migrations make exactly the tables that the models describe, and go up and down with data in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from tests.apart import apart
from tests.cast import assemble
from tests.conftest import DATABASES, NOW, configured
from tests.postgres import Postgres
from tracker.db import Base, db

REVISIONS = sorted(path.name[:4] for path in Path("migrations/versions").glob("0*.py"))


@pytest.fixture(params=DATABASES)
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The program on a database of its own, in which nothing is yet."""
    url = f"sqlite:///{tmp_path / 'fresh.sqlite'}"
    if request.param == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgres")
        url = postgres.create(f"fresh_{tmp_path.name[-40:].lower().replace('[', '_').replace(']', '_')}")
    with apart(configured(tmp_path, url)) as app:
        yield app


def _differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        return list(compare_metadata(context, Base.metadata))


def _rows() -> dict[str, int]:
    db.session.rollback()
    with db.engine.connect() as connection:
        tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
        counts = {name: connection.scalar(text(f'select count(*) from "{name}"')) for name in tables}  # noqa: S608  # the tables' own names
    return {name: int(n or 0) for name, n in counts.items()}


def test_they_make_the_tables_of_the_models(fresh: Flask) -> None:
    upgrade()
    assert _differences() == []


def test_each_goes_down_and_up_again_with_data_in_it(fresh: Flask) -> None:
    upgrade()
    assemble(NOW)
    db.session.commit()
    before = _rows()
    assert before["person"] == 11
    for revision in reversed(REVISIONS[1:]):
        here = _rows()
        downgrade(revision=f"{int(revision) - 1:04}")
        below = _rows()
        kept = {name: n for name, n in here.items() if name in below}
        assert below == kept, f"{revision} lost rows on its way down"
        upgrade(revision=revision)
        assert {name: n for name, n in _rows().items() if name in below} == kept
        downgrade(revision=f"{int(revision) - 1:04}")
    upgrade()
    assert _differences() == []
    assert {name for name, n in _rows().items() if n} >= {"person", "programme", "membership"}
