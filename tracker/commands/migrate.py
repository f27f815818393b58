"""`tracker migrate`: bring the database up to date."""

from __future__ import annotations

import logging
from functools import cache

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import upgrade

from tracker.commands.common import application, reachable
from tracker.db import db


@click.command(short_help="Bring the database up to date.")
def migrate() -> None:
    """Bring the database up to date.

    Runs the migrations that it has not seen yet, each in a transaction of its own. Without any there is nothing to do.
    """
    with application().app_context():
        if not bring_up_to_date():
            click.echo("The database is up to date, there is nothing to do.")


def bring_up_to_date() -> int:
    """Run the migrations that the database has not seen, saying which; how many they were."""
    steps = _steps(reachable(versions))
    logging.getLogger("alembic").setLevel(logging.WARNING)
    for revision, sentence in steps:
        click.echo(f"· {revision} {sentence}")
        upgrade(revision=revision)
    return len(steps)


def is_current() -> bool:
    """Whether the database has seen every migration."""
    return versions() == _newest(_folder())


def versions() -> set[str]:
    """The newest migrations that the database has seen; none for an empty one."""
    with db.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads())


def _steps(before: set[str]) -> list[tuple[str, str]]:
    """The migrations to come, oldest first, each with the sentence that it begins with."""
    scripts = _scripts()
    seen = {script.revision for head in before for script in scripts.iterate_revisions(head, "base")}
    ahead = [script for script in scripts.walk_revisions() if script.revision not in seen]
    return [(script.revision, (script.doc or "").splitlines()[0]) for script in reversed(ahead)]


@cache
def _newest(folder: str) -> set[str]:
    """The newest migrations in the folder; read once in a process, which every command asks for."""
    return set(ScriptDirectory(folder).get_heads())


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(_folder())


def _folder() -> str:
    return str(current_app.extensions["migrate"].directory)
