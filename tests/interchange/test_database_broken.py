"""A file that breaks a rule is refused by the command, and nothing of it reaches the database."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from tests.cli.command import imported, row_counts, saved, tracker, writes
from tests.interchange.broken import broken_files
from tests.interchange.whole import whole
from tracker.db import db


def test_each_broken_file_is_refused_at_its_place_and_leaves_the_database_untouched(app: Flask, tmp_path: Path) -> None:
    """Half of the 750 files on one database, half on the other: what is wrong with a file depends on neither."""
    half = list(broken_files())[db.engine.dialect.name == "sqlite" :: 2]
    assert len(half) > 300
    imported(saved(tmp_path, whole()))
    before = row_counts()
    path = tmp_path / "broken.json"
    with writes() as written:
        for broken in half:
            path.write_bytes(broken.data)
            problems = tracker("import", path).problems
            assert any(broken.place in problem for problem in problems), (broken.name, problems)
            assert written == [], broken.name
    assert row_counts() == before


def test_a_summary_refuses_the_same_files(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    for broken in list(broken_files())[::25]:
        path.write_bytes(broken.data)
        assert tracker("summary", path, "--json").problems == tracker("import", path).problems


def test_what_fails_while_it_is_stored_leaves_nothing_behind(app: Flask, tmp_path: Path) -> None:
    """The mediator is only looked up after the programme was made: both are undone together."""
    before = row_counts()
    assert tracker("import", saved(tmp_path, whole()), "--mediator", "nobody@example.org").problems
    assert row_counts() == before
