"""`make bench`: Meanwhile beside a bare application, on the same server, pragmas and machine, in turn."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.parse
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from tests.bench import load
from tests.bench.load import Figures, Request
from tests.bench.people import sign_in
from tests.bench.seed import Seeded, seed
from tests.server import Server, meanwhile

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "400"))
WORKERS, THREADS = "2", "8"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NOTE = "A note of the usual length: asleep at eight, read a book."
Make = Callable[[], Request]


def main() -> None:
    """Measure, print."""
    with tempfile.TemporaryDirectory(prefix="meanwhile-bench-") as name:
        folder = Path(name)
        bare = bare_server(folder).start()
        try:
            load.warm(bare.port, ("POST", "/fill", b"", {}))
            for others in (60, 6000):
                measure(folder / str(others), others, bare)
        finally:
            bare.stop()
        first_answers(folder)


def bare_server(folder: Path) -> Server:
    """The bare application on the same server, with as many processes and threads."""
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--no-ws",
        "--workers",
        WORKERS,
        "--blocking-threads",
        THREADS,
        "--log-level",
        "warning",
        "--port",
        "{port}",
        "tests.bench.bare:app",
    ]
    environment = os.environ | {"BARE_DATABASE": str(folder / "bare.sqlite")}
    subprocess.run([sys.executable, "-c", "import tests.bench.bare"], env=environment, check=True)  # makes the table
    return Server(command, {"BARE_DATABASE": str(folder / "bare.sqlite")}, ready="/rows")


def measure(data: Path, others: int, bare: Server) -> None:
    """One table: the database holds `others` observations in other trials."""
    data.mkdir()
    ours = meanwhile(data, WORKERS=WORKERS, THREADS=THREADS)
    seeded = seed(data, others)
    ours.start()
    try:
        print_table(data, others, seeded, bare, ours)
    finally:
        ours.stop()


def print_table(data: Path, others: int, seeded: Seeded, bare: Server, ours: Server) -> None:
    """The lines of one table: saving, Today, the summary, by one client and by eight."""
    parent, mediator = (sign_in(ours.url, data, email) for email in (seeded.parent, seeded.mediator))
    token = parent.token(parent.get(f"/trials/{seeded.write}/more"))
    day = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()
    own, desk = {"Cookie": parent.cookies()}, {"Cookie": mediator.cookies()}

    def save() -> Request:
        fields = {"csrf_token": token, "kind": "day", "day": day, "id": str(uuid.uuid4()), "all": "kept", "note": NOTE}
        body = urllib.parse.urlencode(fields | {"audience": "mediator"}).encode()
        return "POST", f"/trials/{seeded.write}/observations", body, own | FORM

    def insert() -> Request:
        return "POST", "/rows", urllib.parse.urlencode({"id": str(uuid.uuid4()), "note": NOTE}).encode(), FORM

    rows: Make = lambda: ("GET", "/rows", b"", {})  # noqa: E731  # one line each reads as the table that it is
    today: Make = lambda: ("GET", f"/trials/{seeded.read}/today", b"", own)  # noqa: E731  # as above
    summary: Make = lambda: ("GET", f"/caseload/{seeded.read}/summary", b"", desk)  # noqa: E731  # as above
    print(f"\n{others} observations in the other trials; medians of {ROUNDS} rounds of {REQUESTS} requests, in turn")
    print(f"{'':34}{'bare':>24}{'Meanwhile':>24}   ratio")
    for clients in (1, 8):
        compare(f"save one, {clients} at once", clients, (bare.port, insert), (ours.port, save))
        compare(f"Today beside 60 rows, {clients} at once", clients, (bare.port, rows), (ours.port, today))
        compare(f"summary beside 60 rows, {clients} at once", clients, (bare.port, rows), (ours.port, summary))


def compare(title: str, clients: int, bare: tuple[int, Make], ours: tuple[int, Make]) -> None:
    """One line of the table."""
    for port, make in (bare, ours):
        load.run(port, clients, 40, make)  # warm
    pairs = list(load.rounds(
        ROUNDS,
        lambda: load.run(bare[0], clients, REQUESTS, bare[1]),
        lambda: load.run(ours[0], clients, REQUESTS, ours[1]),
    ))  # fmt: skip  # read in rows, as it is laid out
    theirs, mine = (load.middle([pair[n] for pair in pairs]) for n in (0, 1))
    print(f"{title:34}{_cell(theirs)}{_cell(mine)}   {mine.rate / theirs.rate:.2f}", flush=True)


def _cell(figures: Figures) -> str:
    return f"{figures.rate:7.0f}/s {figures.median:5.1f} {figures.p99:6.1f} ms"


def first_answers(folder: Path) -> None:
    """The first answer of a fresh process, once every worker is up: no page should wait for what a start could do."""
    times: dict[str, list[float]] = {"bare": [], "Meanwhile": []}
    servers: dict[str, tuple[Callable[[], Server], str]] = {
        "bare": (lambda: bare_server(folder), "/rows"),
        "Meanwhile": (lambda: meanwhile(folder / "60", WORKERS=WORKERS, THREADS=THREADS), "/sign-in"),
    }
    for _ in range(ROUNDS):
        for name, (make, path) in servers.items():
            server = make()
            server.start(listening=True)
            time.sleep(2)  # every worker has had time to be ready
            times[name].append(load.warm(server.port, ("GET", path, b"", {})))
            server.stop()
    bare, ours = median(times["bare"]), median(times["Meanwhile"])
    print(f"\nfirst answer of a fresh process: bare {bare:.1f} ms, Meanwhile {ours:.1f} ms, ratio {ours / bare:.2f}")


if __name__ == "__main__":
    main()
