"""Typing a command without starting a process: inside the test's application, on the test's database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from sqlalchemy import event, func, literal, select, union_all

from tracker.cli import main
from tracker.db import Base, db


@dataclass(frozen=True, slots=True)
class Typed:
    """What came of a command."""

    status: int
    out: str
    err: str

    @property
    def problems(self) -> list[str]:
        """The lines of a refusal, which says nothing on standard output. Fails for anything but a refusal."""
        assert (self.status, self.out) == (2, ""), self
        lines = self.err.splitlines()
        assert lines
        assert all(line.strip() and line.isprintable() for line in lines), self.err
        assert "Traceback" not in self.err
        return lines


def tracker(*arguments: str | Path) -> Typed:
    """Run `tracker …`. What it does not foresee is raised, so that the test fails with it."""
    result = CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)
    db.session.remove()
    return Typed(result.exit_code, result.stdout_bytes.decode(), result.stderr_bytes.decode())


def imported(path: Path, *options: str) -> str:
    """The id of the trial that the file was imported as."""
    typed = tracker("import", path, *options)
    assert typed.status == 0, typed.err
    return typed.out.removesuffix("\n")


def exported(trial: str) -> str:
    """The trial file of a stored trial."""
    typed = tracker("export", trial)
    assert (typed.status, typed.err) == (0, "")
    return typed.out


def saved(folder: Path, document: Any, name: str = "trial.json") -> Path:
    """A file with this JSON document."""
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def row_counts() -> dict[str, int]:
    """How many rows each table has."""
    tables = Base.metadata.sorted_tables
    counts = (select(literal(table.name), func.count()).select_from(table) for table in tables)
    return {row[0]: row[1] for row in db.session.execute(union_all(*counts))}


@contextmanager
def writes() -> Iterator[list[str]]:
    """Every statement that is not a reading one, while this lasts."""
    seen: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(("SELECT", "BEGIN", "PRAGMA")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
