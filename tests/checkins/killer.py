"""Several schedulers on one database, killed at random moments and begun again, until everything has been sent.

    python -m tests.checkins.killer KILLS LEASE

The environment configures it as it configures the program. It is warmed up once and then forks: a new process is there
in milliseconds. Prints how many were killed and how long it took.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from tracker import clock, create_app
from tracker.cases.model import Party
from tracker.checkins import send
from tracker.checkins.model import CheckIn
from tracker.checkins.send import Outlet
from tracker.config import Config
from tracker.db import db
from tracker.pages.check_in_words import compose
from tracker.returns import session
from tracker.wsgi import warm

PROCESSES = 4
AT_MOST = 0.05  # seconds from a step of the work to the kill that belongs to it


def main() -> None:
    """Kill and begin again, evenly over the work and each time at a random moment; then let the rest be sent."""
    kills, lease = int(sys.argv[1]), timedelta(seconds=float(sys.argv[2]))
    chance, began, app = random.Random(kills), time.monotonic(), create_app()
    warm(app)
    count = left = _left(app)
    running = [_begin(app, lease) for _ in range(PROCESSES)]
    for killed in range(1, kills + 1):
        while left > count * (1 - killed / (kills + 1)):
            time.sleep(0.005)
            left = _left(app)
        time.sleep(chance.uniform(0, AT_MOST))
        victim = chance.randrange(PROCESSES)
        os.kill(running[victim], signal.SIGKILL)
        os.waitpid(running[victim], 0)
        running[victim] = _begin(app, lease)
    while _left(app):
        time.sleep(0.1)
    for process in running:
        os.kill(process, signal.SIGTERM)
        os.waitpid(process, 0)
    print(json.dumps({"killed": kills, "at_the_last": left, "seconds": round(time.monotonic() - began, 1)}))


def _begin(app: Flask, lease: timedelta) -> int:
    """Another process that ticks for as long as it lives."""
    process = os.fork()
    if process:
        return process
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    config: Config = app.extensions["config"]
    outlet = Outlet(config, compose, session.times_of, clock.now, lease=lease)
    while True:
        try:
            with app.app_context():
                send.tick(outlet)
        except Exception as error:  # said, and tried again, as the scheduler does
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
        time.sleep(0.02)


def _left(app: Flask) -> int:
    """How many parties and check-ins still wait."""
    with app.app_context():
        now = clock.now()
        parties = db.session.scalar(select(func.count()).where(Party.next_check_in_at <= now)) or 0
        open_ = db.session.scalar(select(func.count()).where(CheckIn.again_at.is_not(None))) or 0
        db.session.remove()
        db.engine.dispose()  # what is forked next must not share a connection
    return parties + open_


if __name__ == "__main__":
    main()
