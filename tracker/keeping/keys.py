"""The keys of what is encrypted: adding a new one, encrypting everything anew with it, forgetting one that is idle.

Every column of the encrypted type is found through the tables themselves, so that a new one is covered by being there.
A rotation reads each value and writes it back only if nobody changed it in between; what is done stays done, so a
rotation that was interrupted goes on where it was, and the application writes all the while.
"""

from __future__ import annotations

import os
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, and_, bindparam, func, select, tuple_, type_coerce, update

from tracker.audit.record import record
from tracker.config import parse_keys
from tracker.crypto import Keyring, key_id
from tracker.db import Base, EncryptedText, db, transaction
from tracker.errors import Refused

BATCH = 200  # values a transaction: other writers wait no longer than for these
SETTLED = timedelta(hours=1)  # by then no process still writes with the key before


@dataclass(frozen=True, slots=True)
class Place:
    """One encrypted column of one table."""

    table: Table
    column: Column[Any]

    @property
    def stored(self) -> Any:
        """The column as the bytes that are in the database."""
        return type_coerce(self.column, LargeBinary)

    def __str__(self) -> str:
        return f"{self.table.name}.{self.column.name}"


def places() -> list[Place]:
    """Every encrypted column there is."""
    return [
        Place(table, column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, EncryptedText)
    ]


def ring() -> Keyring:
    """The keys that this process uses."""
    assert EncryptedText.keyring is not None
    return EncryptedText.keyring


def used() -> Counter[bytes]:
    """How many values each key holds, by the key's name; also of keys that are not in the ring."""
    counts: Counter[bytes] = Counter()
    for place in places():
        name = func.substr(place.stored, 2, 4)
        for key, n in db.session.execute(select(name, func.count()).where(place.column.is_not(None)).group_by(name)):
            counts[bytes(key)] += n
    return counts


def add(file: Path, now: datetime) -> bytes:
    """Put a new key in front of those in the file; its name. Running processes write with it at once."""
    key = secrets.token_bytes(32)
    with transaction():
        record("keys.added", now, key=key_id(key).hex())
        _replace(file, (key, *parse_keys(file.read_text())))
    return key_id(key)


def rotate(now: datetime) -> Iterator[tuple[Place, int]]:
    """Encrypt with the newest key whatever another one holds; each place with how many values changed there."""
    head = ring().head
    record("keys.rotated", now, key=head[1:].hex(), stage="begun")
    total = 0
    for place in places():
        done = 0
        while changed := sum(_batches(place, head)):  # once more, for what was written meanwhile with the key before
            done += changed
        total += done
        yield place, done
    record("keys.rotated", now, key=head[1:].hex(), stage="done", values=total)


def forget(file: Path, now: datetime, *, at_once: bool = False) -> list[bytes]:
    """Take the keys out of the file that hold nothing any more; their names.

    Raises `Refused("recent")` where the newest key is so new that a process may still write with the one before.
    """
    changed = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    if now - changed < SETTLED and not at_once:
        raise Refused("recent")
    keys = parse_keys(file.read_text())
    with transaction():  # on SQLite nobody else writes while this looks
        busy = used()
        idle = [key for key in keys[1:] if not busy[key_id(key)]]
        for key in idle:
            record("keys.forgotten", now, key=key_id(key).hex())
        if idle:
            _replace(file, tuple(key for key in keys if key not in idle))
    return [key_id(key) for key in idle]


def _batches(place: Place, head: bytes) -> Iterator[int]:
    """How many values each batch changed, in the order of the table's key."""
    after: tuple[Any, ...] | None = None
    while rows := _read(place, head, after):
        with transaction():
            yield sum(_swap(place, row) for row in rows)
        after = tuple(rows[-1][1:])


def _read(place: Place, head: bytes, after: tuple[Any, ...] | None) -> list[Any]:
    key = list(place.table.primary_key.columns)
    query = select(place.stored, *key).where(place.column.is_not(None), func.substr(place.stored, 1, 5) != head)
    if after is not None:
        query = query.where(
            tuple_(*key) > tuple_(*(bindparam(None, v, c.type) for v, c in zip(after, key, strict=True)))
        )
    db.session.rollback()  # what others have committed by now
    return list(db.session.execute(query.order_by(*key).limit(BATCH)))


def _swap(place: Place, row: Any) -> int:
    """Write one value anew, unless somebody changed it since it was read."""
    key = [column == value for column, value in zip(place.table.primary_key.columns, row[1:], strict=True)]
    text = ring().decrypt(row[0])
    query = update(place.table).where(and_(*key), place.stored == row[0]).values({place.column: text})
    return int(db.session.connection().execute(query.execution_options(preserve_rowcount=True)).rowcount)


def _replace(file: Path, keys: tuple[bytes, ...]) -> None:
    """Write the file anew beside itself, then put it in place: whoever reads finds the old one or the new one."""
    fresh = file.with_name(f"{file.name}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as writing:
        writing.write("\n".join(key.hex() for key in keys) + "\n")
        writing.flush()
        os.fsync(writing.fileno())
    os.replace(fresh, file)
