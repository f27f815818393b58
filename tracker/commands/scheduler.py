"""`tracker scheduler`: send the check-ins when they are due."""

from __future__ import annotations

import signal
import sys
import threading

import click

from tracker.commands.common import application, with_database


@click.command(short_help="Send the check-ins when they are due.")
@click.option("--with-parent", is_flag=True, hidden=True, help="Stop as soon as the standard input is closed.")
@with_database
def scheduler(with_parent: bool) -> None:
    """Send the check-ins when they are due, until interrupted.

    Any number of these may run, on any number of machines, against one database: each check-in is sent once. What has
    begun is finished before it stops. METRICS_PORT opens figures for Prometheus on this machine.
    """
    from tracker.scheduler import Scheduler

    clock = Scheduler(application())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, clock.stop)
    if with_parent:
        threading.Thread(target=_until_alone, args=(clock,), daemon=True).start()
    else:
        click.echo("The scheduler has begun (stop it with Ctrl-C).")
    clock.run()
    if not with_parent:
        click.echo("The scheduler has stopped.")


def _until_alone(clock: object) -> None:
    """Stop when the process that began this one is gone, however it went: its end of the pipe closes then."""
    from tracker.scheduler import Scheduler

    assert isinstance(clock, Scheduler)
    sys.stdin.buffer.read()
    clock.stop()
