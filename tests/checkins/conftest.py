"""What several of these tests stand on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import DATABASES
from tests.postgres import Postgres


@pytest.fixture(params=DATABASES)
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """What configures the program: a folder of its own, one of the two databases."""
    values = {"DATA": str(tmp_path / "data")}
    if request.param == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgres")
        values["DATABASE_URL"] = postgres.create(f"kills_{os.getpid()}_{abs(hash(request.node.name))}")
    return values
