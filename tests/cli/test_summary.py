"""`tracker summary`: for people, and as one JSON document a line."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from tests.cli.command import Typed, imported, saved
from tests.cli.command import tracker as type_it
from tests.interchange.whole import whole


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return saved(tmp_path, whole())


def test_a_file_is_summed_up_without_any_database(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No configuration is read and no data folder made: the command has nothing to do with an installation."""
    monkeypatch.setenv("DATA", "/nowhere/at/all")
    monkeypatch.setenv("DATABASE_URL", "nonsense")
    assert type_it_outside("summary", path).status == 0
    assert type_it_outside("import", path).status == 2


def type_it_outside(*arguments: str | Path) -> Typed:
    """A command that runs in no application."""
    from click.testing import CliRunner

    from tracker.cli import main

    result = CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)
    return Typed(result.exit_code, result.stdout, result.stderr)


def test_the_text_names_people_and_terms_and_every_figure_has_its_denominator(app: Flask, path: Path) -> None:
    out = type_it("summary", path, "--as-of", "2026-03-08").out
    lines = [line.split() for line in out.splitlines()]
    assert out.startswith(
        "School weeks\nMon 2 Mar 2026 to Sun 29 Mar 2026, counted up to Sun 8 Mar 2026:\n7 of 28 days\n"
    )
    assert "Term 1: Lights out by 20:30 on school nights" in out
    assert ["days", "with", "an", "entry", "1", "of", "7", "0", "of", "7"] in lines
    assert ["not", "as", "planned", "0", "of", "7", "0", "of", "7"] in lines
    assert ["late", "1", "of", "2", "0", "of", "2"] in lines  # handoffs on Wednesday and Friday
    assert ["median", "of", "minutes", "late", "15", "–"] in lines
    assert ["with", "Parent", "A", "1", "of", "7", "0", "of", "7", "planned:", "5", "of", "7"] in lines
    assert ["minutes", "of", "noise", "50", "0"] in lines
    assert ["done", "Wed", "4", "Mar", "2026", "not", "noted"] in lines
    assert "Prepared for mediation on Sun 8 Mar 2026. May be confidential." in out
    assert "Asleep at eight." not in out  # notes are no figures
    assert not [line for line in out.splitlines() if line != line.rstrip() or "%" in line]


def test_a_text_that_a_terminal_would_obey_is_shown_as_plain(app: Flask, tmp_path: Path) -> None:
    document = whole() | {"title": "red \x1b[31m\ntitle"}
    document["parties"][0]["name"] = "A\u202ename that is much longer than its column is wide"
    out = type_it("summary", saved(tmp_path, document)).out
    assert out.splitlines()[0] == "red \ufffd[31m\ufffdtitle"
    assert "A\ufffdname that is mu…" in out


def test_json_is_one_document_a_line_in_the_order_asked_for(app: Flask, path: Path, tmp_path: Path) -> None:
    other = saved(tmp_path, whole() | {"starts_on": "2026-03-01"}, "other.json")
    trial = imported(path)
    lines = type_it("summary", other, trial, path, "--json").out.splitlines()
    documents = [json.loads(line) for line in lines]
    assert [document["starts_on"] for document in documents] == ["2026-03-01", "2026-03-02", "2026-03-02"]
    assert {document["format"] for document in documents} == {"meanwhile.summary/1"}
    assert documents[1] == documents[2]


@pytest.mark.parametrize(
    ("as_of", "elapsed"), [("2026-03-01", 0), ("2026-03-02", 1), ("2026-03-29", 28), ("2027-01-01", 28)]
)
def test_as_of_counts_the_days_up_to_and_including_it(app: Flask, path: Path, as_of: str, elapsed: int) -> None:
    trial = imported(path)
    for source in (path, trial):
        assert json.loads(type_it("summary", source, "--json", "--as-of", as_of).out)["elapsed"] == elapsed
        assert f"\n{elapsed} of 28 days\n" in type_it("summary", source, "--as-of", as_of).out


@pytest.mark.parametrize(
    "as_of", ["", "tomorrow", "20260302", "2026-3-2", "2026-02-30", "2026-W10-1", "2026-03-02T00:00"]
)
def test_as_of_is_a_date(app: Flask, path: Path, as_of: str) -> None:
    assert type_it("summary", path, "--as-of", as_of).problems == [f"--as-of: '{as_of}' is not a date YYYY-MM-DD"]


def test_of_several_that_are_wrong_each_is_named_and_nothing_is_printed(app: Flask, path: Path, tmp_path: Path) -> None:
    broken = saved(tmp_path, whole() | {"days": 3}, "broken.json")
    nobody = str(UUID(int=1))
    assert type_it("summary", path, broken, nobody, tmp_path, "--json").problems == [
        f"{broken}: days: 3 is not a whole number from 7 to 182",
        f"{nobody}: there is no such trial",
        f"{tmp_path}: Is a directory",
    ]


def test_something_must_be_named(app: Flask) -> None:
    assert type_it("summary").status == 2
