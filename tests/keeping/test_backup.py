"""A backup of a running installation, restored on a new folder, gives the same exports, byte for byte."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from tests.cast import Cast
from tests.cli.command import exported, row_counts, tracker
from tests.conftest import NOW
from tests.keeping.test_audit_trail import entries
from tests.keeping.test_keys import note_of
from tests.postgres import Postgres
from tests.server import run
from tracker.config import places
from tracker.db import db
from tracker.keeping import backup, vault
from tracker.keeping import postgres as tools
from tracker.keeping.restore import Occupied, restore
from tracker.keeping.vault import CHUNK, Reader, Secret, Unreadable, Writer
from tracker.observations.record import record
from tracker.plans.entry import Entry

PASSPHRASE = "correct horse battery staple"
MARK = "Quokka-7181"


@pytest.fixture(autouse=True)
def _tools(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase that is quick to try, but for one test; PostgreSQL's programs on the path where its server is."""
    monkeypatch.setenv("BACKUP_PASSPHRASE", PASSPHRASE)
    if not request.node.name.startswith("test_restored"):
        monkeypatch.setattr(vault, "COST", 2**10)
    if "app" in request.fixturenames and db.engine.dialect.name == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        monkeypatch.setenv("PATH", f"{server.bin}:/usr/bin:/bin")


def new_place(folder: Path, postgres: Postgres) -> dict[str, str]:
    """The environment of an installation in which nothing is yet."""
    place = {"DATA": str(folder / "new"), "BACKUP_PASSPHRASE": PASSPHRASE}
    if db.engine.dialect.name == "postgresql":
        place["DATABASE_URL"] = postgres.create(f"restored_{uuid4().hex[:8]}")
    return place


def test_restored_on_a_new_folder_it_gives_the_same_exports(
    app: Flask, cast: Cast, postgres: Postgres, tmp_path: Path
) -> None:
    here = cast.here(cast.parent_a, cast.parenting)
    said = {"terms": {"bedtime": "kept"}}
    record(here, Entry(uuid4(), "A", "day", date(2026, 3, 9), NOW, said, f"{MARK} für mich 🌙", "me"), NOW)
    trial = str(cast.parenting.id)
    before = exported(trial)
    file = tmp_path / "backup"
    typed = tracker("backup", file)
    assert "It was restored beside the original, and all of it was there.\n" in typed.out, typed.err
    assert file.stat().st_mode & 0o777 == 0o600
    assert MARK.encode() not in file.read_bytes()
    assert b"School weeks" not in file.read_bytes()
    place, counts = new_place(tmp_path, postgres), row_counts()
    data, url = places(place)
    assert restore(file, Secret(PASSPHRASE), data, url).counts == counts
    assert run("export", trial, environment=place).stdout == before  # another process, which knows the folder alone
    assert (data / "keys").read_text().split() == [bytes(range(32)).hex()]
    assert {path.stat().st_mode & 0o77 for path in (data, data / "keys", data / "secret.key")} == {0}
    with pytest.raises(Occupied, match="restore into a new"):
        restore(file, Secret(PASSPHRASE), data, url)


def test_what_is_written_meanwhile_does_not_disturb_it(app: Flask, cast: Cast, tmp_path: Path) -> None:
    stop, person, trial = threading.Event(), cast.parent_a.id, cast.parenting.id

    def write() -> None:
        with app.app_context():
            while not stop.is_set():
                note_of(person, trial, MARK, 0)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = backup.make(tmp_path / "backup", Secret(PASSPHRASE), app.extensions["config"], NOW)
    finally:
        stop.set()
        writer.join()
    assert made.restored
    assert made.manifest.counts["case"] == 3
    assert len(entries("backup")) == 1


def test_another_passphrase_or_a_damaged_file_opens_nothing(
    app: Flask, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, place = tmp_path / "backup", tmp_path / "new"
    assert tracker("backup", file).status == 0
    monkeypatch.setenv("DATA", str(place))
    monkeypatch.setenv("BACKUP_PASSPHRASE", "another passphrase")
    assert "another passphrase or key file opens it" in tracker("restore", file).err
    monkeypatch.setenv("BACKUP_PASSPHRASE", PASSPHRASE)
    whole = file.read_bytes()
    for broken in (whole[:-1], whole[:-5000], whole[:-2] + b"xx", whole + b"x", b"x" + whole[1:], b""):
        file.write_bytes(broken)
        assert tracker("restore", file).err.startswith("nothing was restored: ")
    assert not list(place.iterdir())
    file.write_bytes(whole)
    assert tracker("backup", file).problems == [f"{file}: exists already"]
    key = tmp_path / "key"
    key.write_bytes(b"short")
    assert "at least 32 bytes" in tracker("backup", tmp_path / "other", "--key-file", key).err
    assert "it opens with a passphrase" in _with_key(file, key)


def _with_key(file: Path, key: Path) -> str:
    key.write_bytes(bytes(32))
    return tracker("restore", file, "--key-file", key).err


def test_a_key_file_opens_what_it_closed(app: Flask, cast: Cast, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_bytes(b"k" * 32)
    assert tracker("backup", tmp_path / "backup", "--key-file", key).status == 0
    folder = tmp_path / "out"
    folder.mkdir()
    assert backup.unpack(tmp_path / "backup", Secret(key=b"k" * 32), folder).counts["case"] == 3


def test_it_says_clearly_that_a_tool_is_missing(
    app: Flask, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite needs none")  # its copy is made by the library itself
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tools, "USUAL", ())
    (problem,) = tracker("backup", tmp_path / "backup").problems
    assert problem.startswith("no backup was made: pg_dump is not on the path: install PostgreSQL's client programs")
    assert not (tmp_path / "backup").exists()


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_any_length_comes_back_and_no_chunk_can_be_left_out(length: int, tmp_path: Path) -> None:
    path, secret, content = tmp_path / "vault", Secret(key=bytes(32)), bytes(i % 251 for i in range(length))
    with path.open("wb") as file, Writer(file, secret) as plain:
        plain.write(content)
    with path.open("rb") as sealed_file:
        assert Reader(sealed_file, secret).readall() == content
    sealed = path.read_bytes()
    if length > CHUNK:
        start = sealed.index(b"}\n") + 2
        for broken in (sealed[: start + CHUNK + 16], sealed[:start] + sealed[start + CHUNK + 16 :]):
            path.write_bytes(broken)
            with path.open("rb") as sealed_file, pytest.raises(Unreadable):
                Reader(sealed_file, secret).readall()
