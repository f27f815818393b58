"""`tracker backup` and `tracker restore`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker import clock
from tracker.commands.common import application, refuse, with_database

if TYPE_CHECKING:
    from tracker.keeping.vault import Secret

FILE = click.argument("file", type=click.Path(path_type=Path))
KEY = click.option(
    "--key-file",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="At least 32 random bytes, instead of a passphrase.",
)


@click.command(short_help="Write everything into one encrypted file, and try it.")
@FILE
@KEY
@with_database
def backup(file: Path, key_file: Path | None) -> None:
    """Write the database and the keys into one encrypted FILE, then restore it beside the original to be sure.

    The application may run meanwhile. The passphrase is asked for, or is in BACKUP_PASSPHRASE. Keep it apart from the
    file: without it nobody can open the file, and whoever has both can read everything.
    """
    from flask import current_app
    from sqlalchemy.exc import SQLAlchemyError

    from tracker.keeping import backup as keeping
    from tracker.keeping.postgres import Unable
    from tracker.keeping.vault import Unreadable

    if file.exists():
        refuse([f"{file}: exists already"])
    secret = _secret(key_file, new=True)
    try:
        made = keeping.make(file, secret, current_app.extensions["config"], clock.now())
    except (Unable, Unreadable, SQLAlchemyError) as error:
        refuse([f"no backup was made: {str(error).splitlines()[0]}"])
    except OSError as error:
        refuse([f"no backup was made: {error.filename or file}: {error.strerror}"])
    rows = sum(made.manifest.counts.values())
    click.echo(f"{file}: {rows} rows, {file.stat().st_size} bytes.")
    if made.restored:
        click.echo("It was restored beside the original, and all of it was there.")
    else:
        click.echo("It was read back, but not restored: this database's role may not create a database to try it in.")


@click.command(short_help="Put a backup into a new, empty place.")
@FILE
@KEY
def restore(file: Path, key_file: Path | None) -> None:
    """Put the backup in FILE into the data folder DATA and the database DATABASE_URL, in which nothing may be yet."""
    from tracker.config import ConfigError, places
    from tracker.keeping import restore as keeping
    from tracker.keeping.postgres import Unable
    from tracker.keeping.vault import Unreadable

    try:
        data, database_url = places()
        manifest = keeping.restore(file, _secret(key_file, new=False), data, database_url)
    except (ConfigError, Unable, Unreadable, keeping.Occupied) as error:
        refuse([f"nothing was restored: {error}"])
    except OSError as error:
        refuse([f"nothing was restored: {error.filename or file}: {error.strerror}"])
    click.echo(
        f"Restored what was saved on {manifest.at[:16].replace('T', ' ')} UTC: {sum(manifest.counts.values())} rows."
    )
    if os.environ.get("KEYS"):
        click.echo(f"KEYS is set: make sure that it names the keys in {data / 'keys'}.")
    _note()


def _note() -> None:
    """Write the restoring into the audit trail, if the database is of this version."""
    from tracker.audit.record import record
    from tracker.commands.migrate import is_current

    with application().app_context():
        if is_current():
            record("restore", clock.now())
        else:
            click.echo("It is of another version: run `tracker migrate`.")


def _secret(key_file: Path | None, *, new: bool) -> Secret:
    from tracker.keeping.vault import SHORTEST_PASSPHRASE, Secret, Unreadable, secret_of_file

    if key_file is not None:
        try:
            return secret_of_file(key_file)
        except Unreadable as error:
            refuse([error])
    given = os.environ.get("BACKUP_PASSPHRASE") or click.prompt("Passphrase", hide_input=True, confirmation_prompt=new)
    if new and len(given) < SHORTEST_PASSPHRASE:
        refuse([f"the passphrase is too short: at least {SHORTEST_PASSPHRASE} characters, better five random words"])
    return Secret(passphrase=given)
