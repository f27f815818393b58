"""PostgreSQL's own tools, for a database that is copied with them: pg_dump, pg_restore."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

USUAL = ("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt")  # where packages put them


class Unable(Exception):
    """A tool is missing or refused; says so in plain words."""


def dump(url: str, path: Path, snapshot: str) -> None:
    """Write the database, as the exported `snapshot` shows it, in the tools' own format. Raises `Unable`."""
    _run(url, "pg_dump", "-Fc", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", "-f", str(path))


def restore(url: str, path: Path) -> None:
    """Fill an empty database, all of it or nothing. Raises `Unable`."""
    name = _parameters(make_url(url))["PGDATABASE"]
    _run(
        url,
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
        "-d",
        name,
        str(path),
    )


@contextmanager
def scratch(url: str) -> Iterator[str | None]:
    """The address of an empty database beside this one, gone afterwards; None where this role may not make one."""
    name, here = f"meanwhile_check_{token_hex(4)}", make_url(url)
    engine = create_engine(here, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f"create database {name} template template0"))
    except SQLAlchemyError:
        engine.dispose()
        yield None
        return
    try:
        yield here.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"drop database {name} with (force)"))
        engine.dispose()


def _run(url: str, tool: str, *arguments: str) -> None:
    environment = os.environ | _parameters(make_url(url))
    done = subprocess.run([_find(tool), *arguments], env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # a fixed tool, arguments of ours
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"ended with status {done.returncode}"]
        raise Unable(f"{tool}: {lines[0].removeprefix(f'{tool}: ')}")


def _find(tool: str) -> str:
    """The tool on the path, or the newest one where packages put it."""
    found = shutil.which(tool)
    if found:
        return found
    places = (path for place in USUAL for path in Path(place).glob(f"**/bin/{tool}"))
    for path in sorted(places, reverse=True):
        return str(path)
    raise Unable(f"{tool} is not on the path: install PostgreSQL's client programs, of the server's version or newer")


def _parameters(url: URL) -> dict[str, str]:
    """The address as the tools read it: in variables, so that no password stands in the list of processes."""
    host = url.query.get("host", url.host)
    values = {
        "PGHOST": host if isinstance(host, str) else None,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": url.query.get("sslmode"),
        "PGSSLROOTCERT": url.query.get("sslrootcert"),
    }
    return {name: str(value) for name, value in values.items() if value}
