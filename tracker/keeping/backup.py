"""A backup: the whole database as it was at one moment, with the keys and the other secrets, in one encrypted file.

What was written is read again and restored beside the original before the backup counts as made.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, create_engine, make_url, text

from tracker.audit.record import record
from tracker.config import Config
from tracker.db import Base, db
from tracker.keeping import postgres
from tracker.keeping.vault import Reader, Secret, Unreadable, Writer

FORMAT = "meanwhile.backup/1"
LARGEST_SECRET = 64 * 1024  # bytes; a larger file in the data folder is no secret of ours


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup: of which kind of database, how many rows of each table, the SHA-256 of each file."""

    format: str
    at: str
    kind: str
    revision: str
    counts: Mapping[str, int]
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it. `restored` is false where the copy could only be read, not restored into a database."""

    manifest: Manifest
    restored: bool


def make(path: Path, secret: Secret, config: Config, now: datetime) -> Made:
    """Write the backup to `path`, which must not exist yet, then restore it beside the original to be sure.

    Raises `Unreadable`, `postgres.Unable`, `OSError`.
    """
    record("backup", now)
    part = path.with_name(f"{path.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=config.data, prefix="backup-") as folder:
            manifest = _write(part, secret, config, now, Path(folder))
        with tempfile.TemporaryDirectory(dir=config.data, prefix="check-") as folder:
            restored = _check(part, secret, config, Path(folder))
        os.link(part, path)  # unlike a renaming, it never replaces a file
    finally:
        part.unlink(missing_ok=True)
    return Made(manifest, restored)


def unpack(path: Path, secret: Secret, folder: Path) -> Manifest:
    """Decrypt a backup into an empty folder and check every file of it. Raises `Unreadable`."""
    with path.open("rb") as file, io.BufferedReader(Reader(file, secret)) as plain:
        try:
            with tarfile.open(fileobj=plain, mode="r|gz") as archive:
                for member in archive:
                    if not member.isreg() or Path(member.name).name != member.name:
                        raise Unreadable(f"it holds something that no backup holds: {member.name!r}")
                    archive.extract(member, folder, filter="data")
            while plain.read(65536):  # to the end, which proves that nothing was cut off
                pass
        except (tarfile.TarError, EOFError) as error:
            raise Unreadable(f"it is damaged: {error}") from None
    manifest = Manifest(**json.loads((folder / "manifest.json").read_text()))
    for name, digest in manifest.files.items():
        if _digest(folder / name) != digest:
            raise Unreadable(f"it is damaged: {name} is not what was written")
    return manifest


def _write(part: Path, secret: Secret, config: Config, now: datetime, folder: Path) -> Manifest:
    database = folder / "database"
    kind = make_url(config.database_url).get_backend_name()
    counts, revision = (_copy_sqlite if kind == "sqlite" else _copy_postgres)(config.database_url, database)
    for name, content in secrets_of(config).items():
        (folder / name).write_bytes(content)
    files = {path.name: _digest(path) for path in sorted(folder.iterdir())}
    manifest = Manifest(FORMAT, now.isoformat(), kind, revision, counts, files)
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1))
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with Writer(file, secret) as plain, tarfile.open(fileobj=plain, mode="w|gz") as archive:
            for path in (folder / "manifest.json", *(folder / name for name in files)):
                archive.add(path, path.name, filter=_anonymous)
        file.flush()
        os.fsync(file.fileno())
    return manifest


def secrets_of(config: Config) -> dict[str, bytes]:
    """The small files of the data folder, the keys among them wherever they come from."""
    found = {
        path.name: path.read_bytes()
        for path in config.data.iterdir()
        if path.is_file()
        and not path.name.startswith((".", "meanwhile.sqlite"))
        and path.stat().st_size < LARGEST_SECRET
        if path.suffix not in (".sqlite", ".lock", ".part", ".pid") and ".sqlite" not in path.name
    }
    keys = "\n".join(key.hex() for key in config.keys) + "\n"
    return found | {"secret.key": config.secret_key.encode()} | ({} if config.keys_file else {"keys": keys.encode()})


def _copy_sqlite(url: str, path: Path) -> tuple[dict[str, int], str]:
    """By SQLite's online backup: the application writes meanwhile."""
    with closing(sqlite3.connect(str(make_url(url).database))) as source, closing(sqlite3.connect(path)) as copy:
        source.backup(copy, pages=1000)
        copy.execute("PRAGMA journal_mode=DELETE")
    return _read(f"sqlite:///{path}")


def _copy_postgres(url: str, path: Path) -> tuple[dict[str, int], str]:
    """By pg_dump, on the very snapshot on which the rows are counted."""
    with db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = str(connection.scalar(text("select pg_export_snapshot()")))
        found = _count(connection)
        postgres.dump(url, path, snapshot)
    return found


def _check(part: Path, secret: Secret, config: Config, folder: Path) -> bool:
    """Restore the backup and count what is in it. False where that could not be tried in a database."""
    manifest = unpack(part, secret, folder)
    if manifest.kind == "sqlite":
        with closing(sqlite3.connect(folder / "database")) as copy:
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise Unreadable("the copy of the database is damaged")
        return _same(_read(f"sqlite:///{folder / 'database'}"), manifest)
    with postgres.scratch(config.database_url) as url:
        if url is None:
            return False
        postgres.restore(url, folder / "database")
        return _same(_read(url), manifest)


def _same(found: tuple[dict[str, int], str], manifest: Manifest) -> bool:
    if found != (dict(manifest.counts), manifest.revision):
        raise Unreadable("what was restored is not what was saved")
    return True


def _read(url: str) -> tuple[dict[str, int], str]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return _count(connection)
    finally:
        engine.dispose()


def _count(connection: Connection) -> tuple[dict[str, int], str]:
    counts = {
        table.name: int(connection.scalar(text(f'select count(*) from "{table.name}"')) or 0)  # noqa: S608  # our own name
        for table in Base.metadata.sorted_tables
    }
    return counts, str(connection.scalar(text("select version_num from alembic_version")))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _anonymous(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mode = 0o600
    return info
