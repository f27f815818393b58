"""Restoring a backup into a new place: a data folder and a database in which nothing is yet."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from sqlalchemy import create_engine, inspect, make_url

from tracker.keeping import postgres
from tracker.keeping.backup import Manifest, unpack
from tracker.keeping.vault import Secret, Unreadable


class Occupied(Exception):
    """Something is in the place already. Nothing of it was touched."""


def restore(path: Path, secret: Secret, data: Path, database_url: str) -> Manifest:
    """Put everything that is in the backup into the data folder and the database.

    Raises `Occupied`, `Unreadable`, `postgres.Unable`, `OSError`; the database is filled as a whole or not at all, and
    the folder after it.
    """
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=data, prefix="restore-") as name:
        folder = Path(name)
        manifest = unpack(path, secret, folder)
        kind = make_url(database_url).get_backend_name()
        if manifest.kind != kind:
            raise Unreadable(
                f"it was made of {manifest.kind}, and DATABASE_URL is {kind}: it can only go to its own kind"
            )
        secrets = [one for one in manifest.files if one != "database"]
        taken = [str(data / one) for one in secrets if (data / one).exists()]
        if taken:
            raise Occupied(f"{taken[0]} exists: restore into a new data folder")
        if kind == "sqlite":
            _place_sqlite(folder / "database", Path(str(make_url(database_url).database)))
        else:
            _fill_postgres(folder / "database", database_url)
        for one in secrets:
            (folder / one).chmod(0o600)
            os.replace(folder / one, data / one)
    return manifest


def _place_sqlite(copy: Path, target: Path) -> None:
    if target.exists():
        raise Occupied(f"{target} exists: restore into a new data folder")
    beside = target.with_name(f"{target.name}.new")
    shutil.copyfile(copy, beside)
    beside.chmod(0o600)
    os.link(beside, target)
    beside.unlink()


def _fill_postgres(dump: Path, url: str) -> None:
    engine = create_engine(url)
    try:
        if inspect(engine).get_table_names():
            raise Occupied("the database is not empty: restore into a new one")
    finally:
        engine.dispose()
    postgres.restore(url, dump)
