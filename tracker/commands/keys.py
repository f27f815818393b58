"""`tracker keys`: the keys that notes in the database are encrypted with."""

from __future__ import annotations

import secrets
from pathlib import Path

import click
from flask import current_app

from tracker import clock
from tracker.commands.common import refuse, with_database
from tracker.errors import Refused
from tracker.keeping import keys as keeping

BY_ENVIRONMENT = "KEYS is set in the environment, so the keys are yours to change"


@click.group(short_help="Renew the keys that notes are encrypted with.")
def keys() -> None:
    """Look after the keys that notes, safety messages and the like are encrypted with in the database.

    `tracker keys new`, then `tracker keys rotate`, then an hour later `tracker keys forget`: the application may run
    all the while. Old backups keep their own copy of the keys.
    """


@keys.command("list", short_help="Show which key holds how much.")
@with_database
def list_keys() -> None:
    """Show each key by the first digits of its SHA-256, newest first, and how many texts it holds."""
    counts = keeping.used()
    ring = keeping.ring().ids
    for place, name in enumerate(ring):
        click.echo(f"{name.hex()}  {counts[name]} texts{'' if place else '  (the newest: it writes)'}")
    for name in sorted(set(counts) - set(ring)):
        click.echo(f"{name.hex()}  {counts[name]} texts  (this key is missing: they cannot be read)")


@keys.command(short_help="Add a new key; what is written from now on uses it.")
@with_database
def new() -> None:
    """Add a new key to the file in the data folder. What is written from now on uses it, in every running process."""
    file = _file(f"put this one in front of the others and start the server again: {secrets.token_hex(32)}")
    click.echo(f"{keeping.add(file, clock.now()).hex()} is the newest key now. Next: tracker keys rotate")


@keys.command(short_help="Encrypt everything with the newest key.")
@with_database
def rotate() -> None:
    """Encrypt with the newest key whatever an older one holds.

    May be interrupted and run again; the application may write meanwhile.
    """
    missing = set(keeping.used()) - set(keeping.ring().ids)
    if missing:
        names = ", ".join(sorted(name.hex() for name in missing))
        refuse([f"there are texts of keys that are missing: {names}. Put those keys back first."])
    for place, values in keeping.rotate(clock.now()):
        if values:
            click.echo(f"· {place}: {values}")
    click.echo("Everything is encrypted with the newest key.")


@keys.command(short_help="Remove keys that hold nothing any more.")
@click.option("--at-once", is_flag=True, help="Do not wait an hour after a change; for when nothing is running.")
@with_database
def forget(at_once: bool) -> None:
    """Remove keys that hold nothing any more from the file in the data folder."""
    try:
        gone = keeping.forget(_file("take out those that hold nothing"), clock.now(), at_once=at_once)
    except Refused:
        refuse(["the keys changed less than an hour ago: a process may still write with the one before. Try later"])
    for name in gone:
        click.echo(f"{name.hex()} is forgotten.")
    if not gone:
        click.echo("Every older key still holds something, or there is none.")


def _file(otherwise: str) -> Path:
    file: Path | None = current_app.extensions["config"].keys_file
    if file is None:
        refuse([f"{BY_ENVIRONMENT}: {otherwise}"])
    return file
