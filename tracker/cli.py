"""The command line `tracker`."""

from __future__ import annotations

import click
from flask import Flask
from flask_migrate import upgrade

from tracker.config import ConfigError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Meanwhile: runs the server and looks after its data. The environment configures it; see the README."""


def application() -> Flask:
    """The application as the environment configures it; a wrong variable ends the command with status 2."""
    from tracker import create_app

    try:
        return create_app()
    except ConfigError as error:
        raise click.UsageError(str(error)) from None


@main.command()
def migrate() -> None:
    """Bring the database up to date."""
    with application().app_context():
        upgrade()
