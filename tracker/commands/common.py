"""What all commands share: the application as the environment configures it, and how a command says no.

A command that refuses ends with status 2 and one line for each problem on standard error, never with a traceback.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar, cast

import click
from flask import Flask, current_app, has_app_context

P = ParamSpec("P")
R = TypeVar("R")
REFUSED = 2


def refuse(problems: Iterable[object]) -> NoReturn:
    """End the command with status 2, a line for each problem."""
    for problem in problems:
        click.echo(str(problem), err=True)
    raise click.exceptions.Exit(REFUSED)


def application() -> Flask:
    """The application that runs already, or the one that the environment configures; a wrong variable is refused."""
    if has_app_context():
        return cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]  # what the proxy stands for
    from tracker import create_app  # here, so that `tracker --help` needs no configuration
    from tracker.config import ConfigError

    try:
        return create_app()
    except ConfigError as error:
        refuse(str(error).splitlines())
    except OSError as error:
        refuse([f"the data folder cannot be used: {error}"])


def with_database(command: Callable[P, R]) -> Callable[P, R]:
    """Run a command inside the application, on a database that is up to date."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with application().app_context():
            from tracker.commands.migrate import is_current

            if not reachable(is_current):
                refuse(["the database is not up to date; run `tracker migrate` first"])
            return command(*args, **kwargs)

    return run


def reachable(ask: Callable[[], R]) -> R:
    """What `ask` answers; where the database does not answer, the command ends and says so."""
    from sqlalchemy.exc import OperationalError

    try:
        return ask()
    except OperationalError as error:
        refuse([f"the database does not answer: {str(error.orig).splitlines()[0]}"])
