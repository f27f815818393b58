"""The clock of what recurs: when which function of the domain runs. The only importer of APScheduler.

The database's rows are the queue, this is only the clock: any number of these processes may run against one database.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from tracker import clock, metrics
from tracker.checkins import beat, claim, send
from tracker.checkins.send import Outlet
from tracker.config import Config
from tracker.db import db
from tracker.keeping import retention
from tracker.metrics import Figures
from tracker.pages.check_in_words import compose
from tracker.pages.purge_words import tell
from tracker.returns import session

log = logging.getLogger(__name__)


class Scheduler:
    """One process's clock. `run` returns after `stop`, once what it holds is finished."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._stop = threading.Event()
        self._ticked_at: datetime | None = None
        self._config: Config = app.extensions["config"]
        self.outlet = Outlet(
            config=self._config,
            compose=compose,
            sessions=session.times_of,
            clock=clock.now,
            stopping=self._stop.is_set,
        )

    def _jobs(self) -> tuple[tuple[timedelta, Callable[[], None]], ...]:
        """What recurs, and how often."""
        return (
            (timedelta(seconds=5), self._send_check_ins),
            (timedelta(seconds=30), self._say_that_it_ticks),
            (timedelta(hours=6), self._delete_what_is_due),
        )

    def _send_check_ins(self) -> None:
        send.tick(self.outlet)
        self._ticked_at = clock.now()

    def _say_that_it_ticks(self) -> None:
        beat.strike(clock.now())

    def _delete_what_is_due(self) -> None:
        retention.daily(clock.now(), tell)

    def run(self) -> None:
        """Tick until told to stop. Raises `OSError` if the port of the figures is taken."""
        jobs = BackgroundScheduler(timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1})
        for every, job in self._jobs():
            jobs.add_job(
                self._safely(job),
                "interval",
                seconds=every.total_seconds(),
                next_run_time=clock.now(),
                misfire_grace_time=None,
            )
        with metrics.served(self._config.metrics_port, self._figures):
            jobs.start()
            self._stop.wait()
            jobs.shutdown(wait=True)
        with self._app.app_context():
            db.engine.dispose()

    def stop(self, *_: object) -> None:
        """Begin nothing more."""
        self._stop.set()

    def _safely(self, job: Callable[[], None]) -> Callable[[], None]:
        """The job inside the application; one that fails runs again at its next time."""

        def inside() -> None:
            with self._app.app_context():
                try:
                    job()
                except Exception:
                    log.exception("a job of the scheduler failed; it runs again at its next time")

        return inside

    def _figures(self) -> Figures:
        with self._app.app_context():
            now = clock.now()
            there = claim.waiting(now)
            return Figures(
                there.parties + there.check_ins, there.since, dict(self.outlet.figures), self._ticked_at, now
            )
