"""The clock of what recurs: when which function of the domain runs. The only importer of APScheduler.

The database's rows are the queue, this is only the clock: any number of these processes may run against one database.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from tracker import clock
from tracker.checkins import beat, send
from tracker.checkins.send import Outlet
from tracker.pages.check_in_words import compose
from tracker.returns import session

EVERY = timedelta(seconds=5)  # a check-in comes at most this much late
BEAT = timedelta(seconds=30)

log = logging.getLogger(__name__)


class Scheduler:
    """One process's clock. `run` returns after `stop`, once what it holds is finished."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._stop = threading.Event()
        self.outlet = Outlet(
            config=app.extensions["config"],
            compose=compose,
            sessions=session.times_of,
            clock=clock.now,
            stopping=self._stop.is_set,
        )

    def run(self) -> None:
        """Tick until told to stop."""
        jobs = BackgroundScheduler(timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1})
        self._add(jobs, EVERY, lambda: send.tick(self.outlet))
        self._add(jobs, BEAT, lambda: beat.strike(clock.now()))
        jobs.start()
        self._stop.wait()
        jobs.shutdown(wait=True)

    def stop(self, *_: object) -> None:
        """Begin nothing more."""
        self._stop.set()

    def _add(self, jobs: BackgroundScheduler, every: timedelta, job: Callable[[], object]) -> None:
        """Run `job` at once and then every so often, inside the application, whatever became of it the last time."""

        def inside() -> None:
            with self._app.app_context():
                try:
                    job()
                except Exception:
                    log.exception("a job of the scheduler failed; it runs again at its next time")

        seconds = every.total_seconds()
        jobs.add_job(inside, "interval", seconds=seconds, next_run_time=clock.now(), misfire_grace_time=None)
