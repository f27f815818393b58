"""`tracker serve`: answer people's browsers."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tracker.commands.common import application, reachable, refuse
from tracker.commands.demo import make
from tracker.commands.migrate import bring_up_to_date, is_current
from tracker.commands.stopping import nothing_more, stop_while_starting, when_told
from tracker.config import ROOT, Config
from tracker.db import db
from tracker.demo import people

if TYPE_CHECKING:
    from granian._granian import WorkerSignal


@click.command(short_help="Answer people's browsers.")
@click.option(
    "--prepare",
    is_flag=True,
    help="First bring the database up to date; in demo mode make its data. Send check-ins too.",
)
def serve(prepare: bool) -> None:
    """Answer people's browsers until interrupted.

    HOST, PORT, WORKERS and THREADS say where and with how many processes and threads. A request that has begun is
    answered before the server stops.
    """
    app = application()
    config: Config = app.extensions["config"]
    with app.app_context():
        if prepare:
            _prepare(config)
        if not reachable(is_current):
            refuse(["the database is not up to date; run `tracker migrate` first"])
        db.engine.dispose()
    if not (ROOT / "static" / "dist" / "manifest.json").is_file():
        refuse(["the styles and scripts are not built; run `npm ci` and `npm run build` first"])
    _check_port(config)
    if not prepare:
        _run(config)
        return
    with _scheduler():
        _run(config)


def _prepare(config: Config) -> None:
    bring_up_to_date()
    if config.demo and not people.exist():
        make()


@contextmanager
def _scheduler() -> Iterator[None]:
    """`tracker scheduler` beside the server. It ends when its standard input closes: so also when this process dies."""
    command = [sys.executable, "-m", "tracker", "scheduler", "--with-parent"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603  # our own program
    try:
        yield
    finally:
        process.communicate()  # closes the pipe and waits until what has begun is finished


def _run(config: Config) -> None:
    from granian import _signals
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from tracker import wsgi

    with wsgi.app.app_context():  # made once: the workers are forked from here, each with a connection of its own
        db.engine.dispose()
    server = Server(
        "tracker.wsgi:app",
        address=config.host,
        port=config.port,
        interface=Interfaces.WSGI,
        workers=config.workers,
        blocking_threads=config.threads,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=30,
    )
    when_told(server.signal_handler_interrupt)
    setattr(server, "signal_handler_interrupt", nothing_more)  # noqa: B010  # a method: granian's own handler
    _signals.set_sync_signals = _worker_signals  # each worker asks for it when it begins
    os.register_at_fork(after_in_child=stop_while_starting)
    server.on_startup(lambda: _announce(config))
    server.serve()
    click.echo("Meanwhile has stopped.")


def _worker_signals() -> WorkerSignal:
    """What tells a worker to finish what it has begun and end. granian's own sets it inside the signal handler."""
    from granian._granian import WorkerSignal

    told = WorkerSignal()
    when_told(told.set)
    return told


def _announce(config: Config) -> None:
    """Said once the port is open: what comes from now on waits until a worker answers."""
    click.echo(f"Meanwhile is at {config.base_url} ({config.workers} processes, stop it with Ctrl-C).")
    if not config.smtp_url:
        click.echo(f"No SMTP_URL is set: mail is written to {config.data / 'mail'} instead of being sent.")
    if config.demo:
        click.echo(f"Look around as anybody: {config.base_url}/demo")


def _check_port(config: Config) -> None:
    """Refuse in plain words where the server itself would fail with a traceback."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError as error:
            refuse([f"{config.host}:{config.port} cannot be used: {error.strerror}. Choose another PORT."])
