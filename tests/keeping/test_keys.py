"""Keys can be renewed while people write, and a stolen database without them shows no text."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import JSON, Date, Integer, LargeBinary, String, Table, Uuid, func, insert, select, update

from tests.cast import Cast
from tests.cli.command import tracker
from tests.conftest import NOW
from tests.postgres import Postgres
from tracker.config import parse_keys
from tracker.crypto import Keyring, key_id
from tracker.db import Base, EncryptedText, UtcDateTime, db, transaction
from tracker.errors import Refused
from tracker.keeping import keys
from tracker.observations.model import Observation
from tracker.observations.record import record
from tracker.plans.entry import Entry
from tracker.trials import find, safety
from tracker.trials.model import SafetyMessage

MARK = "Quokka-7181"
OLD = bytes(range(32))


@pytest.fixture
def file(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of keys of an installation that has its keys in the data folder; written long ago."""
    path = tmp_path / "keys"
    path.write_text(OLD.hex() + "\n")
    _settle(path)
    monkeypatch.setattr(EncryptedText, "keyring", Keyring((OLD,), path))
    config = dataclasses.replace(app.extensions["config"], keys_file=path)
    monkeypatch.setitem(app.extensions, "config", config)
    return path


def _settle(path: Path) -> None:
    """Let the file look as if it had been there for a day."""
    then = (NOW - timedelta(days=1)).timestamp()
    os.utime(path, (then, then))


def written(cast: Cast, note: str, n: int = 0) -> UUID:
    """Parent A writes a note."""
    return note_of(cast.parent_a.id, cast.parenting.id, note, n)


def note_of(person: UUID, trial: UUID, note: str, n: int) -> UUID:
    here, id_ = find.for_party(person, trial), uuid4()
    assert here is not None
    record(here, Entry(id_, "A", "moment", date(2026, 3, 9), NOW, {"at": NOW.isoformat()}, f"{note} {n}", "me"), NOW)
    return id_


def by_key() -> dict[bytes, int]:
    db.session.rollback()
    return dict(keys.used())


def test_every_encrypted_column_is_found() -> None:
    assert {"observation.note", "safety_message.text", "trial_draft.content", "invitation.code"} <= {
        str(place) for place in keys.places()
    }


def test_a_new_key_writes_and_a_rotation_moves_everything_to_it(
    cast: Cast, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "BATCH", 7)
    ids = [written(cast, MARK, n) for n in range(30)]
    safety.feels_unsafe(cast.here(cast.parent_a, cast.parenting), MARK, NOW)
    assert tracker("keys", "forget").out == "Every older key still holds something, or there is none.\n"
    assert "is the newest key now" in tracker("keys", "new").out
    new = key_id(parse_keys(file.read_text())[0])
    written(cast, MARK)
    assert by_key() == {key_id(OLD): len(ids) + 1, new: 1}
    assert tracker("keys", "list").out.startswith(f"{new.hex()}  1 texts  (the newest")
    out = tracker("keys", "rotate").out
    assert f"· observation.note: {len(ids)}\n" in out
    assert "· safety_message.text: 1\n" in out
    assert by_key() == {new: len(ids) + 2}
    _settle(file)
    assert tracker("keys", "forget").out == f"{key_id(OLD).hex()} is forgotten.\n"
    assert len(parse_keys(file.read_text())) == 1
    assert file.stat().st_mode & 0o777 == 0o600
    notes = db.session.scalars(select(Observation.note).where(Observation.id.in_(ids)))
    assert sorted(notes) == sorted(f"{MARK} {n}" for n in range(len(ids)))


def test_a_key_is_not_forgotten_while_a_process_may_still_write_with_it(cast: Cast, file: Path) -> None:
    now = datetime.fromtimestamp(file.stat().st_mtime, NOW.tzinfo)
    keys.add(file, now)
    with pytest.raises(Refused, match="recent"):
        keys.forget(file, datetime.fromtimestamp(file.stat().st_mtime, NOW.tzinfo) + timedelta(minutes=59))


def test_an_interrupted_rotation_goes_on_where_it_was(cast: Cast, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(12):
        written(cast, MARK, n)
    keys.add(file, NOW)
    monkeypatch.setattr(keys, "BATCH", 5)
    swap = keys._swap
    swapped: list[object] = []

    def stops(place: keys.Place, row: object) -> int:
        if len(swapped) == 8:
            raise KeyboardInterrupt
        swapped.append(row)
        return swap(place, row)

    monkeypatch.setattr(keys, "_swap", stops)
    with pytest.raises(KeyboardInterrupt):
        list(keys.rotate(NOW))
    assert by_key()[key_id(OLD)] == 7
    monkeypatch.setattr(keys, "_swap", swap)
    assert sum(n for _place, n in keys.rotate(NOW)) == 7
    assert set(by_key()) == {keys.ring().ids[0]}


def test_keys_rotate_while_the_app_writes_with_another_process_still_on_the_old_key(
    app: Flask, cast: Cast, file: Path
) -> None:
    ids = [written(cast, MARK, n) for n in range(40)]
    stop = threading.Event()
    fresh: list[UUID] = []
    person, trial = cast.parent_a.id, cast.parenting.id  # the writer has a session of its own

    def write() -> None:
        with app.app_context():
            while not stop.is_set():
                fresh.append(note_of(person, trial, "fresh", len(fresh)))
                query = update(Observation).where(Observation.id == ids[len(fresh) % 40])
                with transaction() as session:
                    session.execute(query.values(note=f"changed {len(fresh)}"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(2):
            keys.add(file, NOW)
            assert list(keys.rotate(NOW))
    finally:
        stop.set()
        writer.join()
    list(keys.rotate(NOW))
    assert set(by_key()) == {keys.ring().ids[0]}
    notes = dict(db.session.execute(select(Observation.id, Observation.note)).all())
    assert len(fresh) > 3
    assert all(notes[id_] == f"fresh {n}" for n, id_ in enumerate(fresh))
    assert all(notes[id_].startswith(("changed", MARK)) for id_ in ids)


def test_a_ring_in_another_process_learns_of_a_new_key_by_itself(file: Path) -> None:
    other = Keyring((OLD,), file)
    assert keys.add(file, NOW) == other.ids[0]
    assert other.decrypt(keys.ring().encrypt(MARK)) == MARK


def test_keys_from_the_environment_are_not_ours_to_change(cast: Cast) -> None:
    assert "KEYS is set in the environment" in tracker("keys", "new").err
    assert "KEYS is set in the environment" in tracker("keys", "forget").err
    assert tracker("keys", "rotate").status == 0


def test_a_rotation_refuses_where_a_key_is_missing(cast: Cast, file: Path) -> None:
    written(cast, MARK)
    EncryptedText.keyring = Keyring((bytes(32),))
    assert f"keys that are missing: {key_id(OLD).hex()}" in tracker("keys", "rotate").err


def test_a_stolen_database_without_keys_shows_no_text(app: Flask, cast: Cast, postgres: Postgres) -> None:
    written(cast, MARK)
    safety.feels_unsafe(cast.here(cast.parent_b, cast.parenting), f"unsafe {MARK}", NOW)
    with transaction() as session:
        for place in keys.places():  # whatever holds text, in tables that were not thought of here
            _fill(place.table)
            session.execute(update(place.table).values({place.column: MARK}))
        filled = {str(p) for p in keys.places() if session.scalar(select(func.count(p.column)))}
    assert filled == {str(place) for place in keys.places()}
    assert db.session.query(SafetyMessage.text).first() == (MARK,)
    stolen = b"".join(_stolen(postgres))
    assert b"School weeks" in stolen, "the whole database is there, with what is not secret in it"
    for form in (MARK.encode(), MARK.encode().hex().encode(), MARK.encode("utf-16-le")):
        assert form not in stolen
    assert OLD not in stolen
    assert OLD.hex().encode() not in stolen


def _fill(table: Table) -> None:
    """Put a row into an empty table: what refers to another one takes its first, the rest is as short as may be."""
    if db.session.scalar(select(func.count()).select_from(table)):
        return
    kinds: dict[type, Any] = {UtcDateTime: NOW, EncryptedText: MARK, Uuid: uuid4(), Integer: 1, Date: NOW.date()}
    kinds |= {LargeBinary: b"x", String: "me"}
    made = {}
    for column in table.columns:
        if column.default is not None or column.nullable:
            continue
        if column.foreign_keys:
            other = next(iter(column.foreign_keys)).column
            _fill(other.table)
            made[column.name] = db.session.scalar(select(other).limit(1))
        else:
            made[column.name] = next(value for kind, value in kinds.items() if isinstance(column.type, kind))
    db.session.execute(insert(table).values(made))


# Short words beside what is encrypted: names, titles and codes, which pages sort and count. Everything else that people
# write has the encrypted type; a new column of words has to be put there, or here with a reason.
PLAIN = {
    "case.title", "trial.title", "party.name", "party.email", "guest.name",  # who is in which case: SECURITY-RULES.md
    "plan_version.terms", "plan_version.schedule",  # what was agreed, in the words that both parties know
    "plan_version.name",  # the programme's own words for a kind of plan
    "return_session.place", "check_in.reason",  # a room; the kind of trouble that a message met
    "observation.answers", "observation.written",  # which answer of the plan's own was tapped, and how a file spelt it
    "party.check_in_channels", "check_in.results", "purge.counts", "preparation.typed_on",  # codes and counts
}  # fmt: skip  # read in rows, as it is laid out


def test_what_people_write_in_a_case_has_the_encrypted_type() -> None:
    free = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        if table.name == "case" or "case_id" in table.columns
        for column in table.columns
        if isinstance(column.type, JSON) or (isinstance(column.type, String) and (column.type.length or 999) > 64)
    }
    assert free - {"audit_entry.detail"} == PLAIN  # the trail's details are counts and names of pages


def _stolen(postgres: Postgres) -> Iterator[bytes]:
    """Every byte that a thief of the database finds."""
    url = db.engine.url
    if url.get_backend_name() == "sqlite":
        for path in Path(str(url.database)).parent.glob("test.sqlite*"):
            yield path.read_bytes()
        return
    command: list[str | Path] = [postgres.bin / "pg_dump", "-h", str(postgres.folder), "-U", "postgres", "tests"]
    yield subprocess.run(command, check=True, capture_output=True).stdout
