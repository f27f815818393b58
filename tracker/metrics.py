"""Figures for Prometheus, on a port of their own that only this machine reaches; never a page of the server.

They count check-ins and say nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

OUTCOMES = ("sent", "failed", "dropped", "later")


class Figures(NamedTuple):
    """How much waits and since when; what this process has done since it began, by outcome; when it last ticked."""

    due: int
    since: datetime | None
    done: Mapping[str, int]
    ticked_at: datetime | None
    now: datetime


class CheckIns(Collector):
    """Reads the figures whenever somebody asks for them."""

    def __init__(self, read: Callable[[], Figures]) -> None:
        self._read = read

    def describe(self) -> list[Metric]:
        """Nothing is read before somebody asks."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The figures of this moment."""
        found = self._read()
        lag = (found.now - found.since).total_seconds() if found.since else 0.0
        yield GaugeMetricFamily("meanwhile_check_ins_due", "Check-ins that wait to be sent now", found.due)
        yield GaugeMetricFamily("meanwhile_check_ins_lag_seconds", "How long the oldest of them has waited", lag)
        done = CounterMetricFamily("meanwhile_check_ins", "What became of them in this process", labels=["outcome"])
        for outcome in OUTCOMES:
            done.add_metric([outcome], found.done.get(outcome, 0))
        yield done
        ticked = found.ticked_at.timestamp() if found.ticked_at else 0.0
        yield GaugeMetricFamily("meanwhile_scheduler_last_tick_seconds", "When this process last ticked", ticked)


@contextmanager
def served(port: int, read: Callable[[], Figures]) -> Iterator[None]:
    """Answer on 127.0.0.1 while this lasts. Raises `OSError` if the port is taken. Port 0 means not at all."""
    if not port:
        yield
        return
    registry = CollectorRegistry()
    registry.register(CheckIns(read))
    server, thread = start_http_server(port, addr="127.0.0.1", registry=registry)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
