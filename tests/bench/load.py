"""Clients for the bench: each keeps one connection and sends its requests one after the other."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

Request = tuple[str, str, bytes, dict[str, str]]  # method, path, body, headers


@dataclass(frozen=True)
class Figures:
    """What one round measured: requests a second, and the median and 99th percentile of their times in milliseconds."""

    rate: float
    median: float
    p99: float


def warm(port: int, request: Request) -> float:
    """One request; its time in milliseconds. Fails on any answer but success."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        return _send(connection, request)
    finally:
        connection.close()


def run(port: int, clients: int, requests: int, make: Callable[[], Request]) -> Figures:
    """Send `requests` requests from `clients` clients at once."""
    share = requests // clients
    times: list[list[float]] = [[] for _ in range(clients)]
    prepared = [[make() for _ in range(share)] for _ in range(clients)]
    start = threading.Barrier(clients + 1)
    threads = [threading.Thread(target=_client, args=(port, prepared[n], times[n], start)) for n in range(clients)]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    every = sorted(t for one in times for t in one)
    if len(every) != share * clients:
        raise RuntimeError(f"{share * clients - len(every)} of {share * clients} requests failed")
    return Figures(len(every) / took, median(every), every[min(len(every) - 1, int(len(every) * 0.99))])


def _client(port: int, requests: list[Request], times: list[float], start: threading.Barrier) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.connect()
    start.wait()
    for request in requests:
        times.append(_send(connection, request))
    connection.close()


def _send(connection: http.client.HTTPConnection, request: Request) -> float:
    method, path, body, headers = request
    began = time.perf_counter()
    connection.request(method, path, body=body or None, headers=headers)
    response = connection.getresponse()
    answer = response.read()
    took = (time.perf_counter() - began) * 1000
    if response.status not in (200, 303):
        raise RuntimeError(f"{method} {path}: {response.status} {answer[:300]!r}")
    return took


def rounds(count: int, *measures: Callable[[], Figures]) -> Iterator[list[Figures]]:
    """Run the measures in turn, `count` times, so that what the machine does meanwhile meets all of them."""
    for _ in range(count):
        yield [measure() for measure in measures]


def middle(figures: list[Figures]) -> Figures:
    """The medians over the rounds."""
    return Figures(
        median([f.rate for f in figures]), median([f.median for f in figures]), median([f.p99 for f in figures])
    )
