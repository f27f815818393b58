"""`tracker migrate`: brings the database up to date; other commands insist on it."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_migrate import downgrade

from tests.cli.command import tracker


def test_a_second_time_there_is_nothing_to_do(app: Flask) -> None:
    assert tracker("migrate").out == "The database is up to date, there is nothing to do.\n"


def test_what_is_missing_is_named_and_run(app: Flask) -> None:
    downgrade(revision="-1")
    try:
        for command in (["export", "x"], ["demo"], ["import", "/none"], ["serve"]):
            assert tracker(*command).problems == ["the database is not up to date; run `tracker migrate` first"]
    finally:
        out = tracker("migrate").out
    newest = sorted(Path("migrations/versions").glob("0*.py"))[-1]
    number, first_line = newest.name[:4], newest.read_text().partition("\n")[0]
    assert out == f"· {number} {first_line.strip(chr(34))}\n"
    assert tracker("export", "x").problems == ["'x': is not the id of a trial"]
