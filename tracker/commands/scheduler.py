"""`tracker scheduler`: send the check-ins when they are due."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

import click
from flask import Flask

from tracker.commands.common import application, refuse, with_database
from tracker.commands.stopping import when_told
from tracker.config import Config


@click.command(short_help="Send the check-ins when they are due.")
@click.option("--with-parent", is_flag=True, hidden=True, help="Stop as soon as the standard input is closed.")
@with_database
def scheduler(with_parent: bool) -> None:
    """Send the check-ins when they are due, until interrupted.

    Any number of these may run, on any number of machines, against one database: each check-in is sent once. What has
    begun is finished before it stops. METRICS_PORT opens figures for Prometheus, on this machine alone.
    """
    app = application()
    if with_parent:
        _run(app, lambda stop: threading.Thread(target=_wait_for_the_end, args=(stop,), daemon=True).start())
    else:
        click.echo("Check-ins go out when they are due (stop it with Ctrl-C).")
        _run(app, lambda _stop: None)
        click.echo("The scheduler has stopped.")


def _run(app: Flask, begin: Callable[[Callable[[], None]], None]) -> None:
    from tracker.scheduler import Scheduler

    clock = Scheduler(app)
    when_told(clock.stop)
    begin(clock.stop)
    config: Config = app.extensions["config"]
    try:
        clock.run()
    except OSError as error:
        refuse([f"METRICS_PORT: 127.0.0.1:{config.metrics_port} cannot be used: {error.strerror}"])


def _wait_for_the_end(stop: Callable[[], None]) -> None:
    """Stop when the process that began this one is gone, however it went: its end of the pipe closes then."""
    sys.stdin.buffer.read()
    stop()
