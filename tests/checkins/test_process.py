"""The scheduler as a program: it sends, says so, gives figures to this machine alone, and stops cleanly."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.server import ROOT, Server, bring_up_to_date, clean, free_port, meanwhile, run

pytestmark = pytest.mark.real_time


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a database that is up to date, and to which no scheduler has come yet."""
    bring_up_to_date({"DATA": str(tmp_path)})
    return tmp_path


@contextmanager
def scheduler(data: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """`tracker scheduler` on this data folder."""
    command = [sys.executable, "-m", "tracker", "scheduler"]
    values = clean() | {"DATA": str(data)} | environment
    with subprocess.Popen(command, env=values, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def health(server: Server) -> dict[str, str]:
    with urlopen(f"{server.url}/healthz", timeout=10) as answer:  # our own server
        found: dict[str, str] = json.load(answer)
    return found


def soon(ask: object, within: float = 60) -> bool:
    assert callable(ask)
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            if ask():
                return True
        except OSError:
            pass
        time.sleep(0.05)
    return False


def test_it_ticks_gives_figures_and_stops_when_told(data: Path) -> None:
    port = free_port()
    server = meanwhile(data).start()
    try:
        assert health(server) == {"database": "ok", "scheduler": "never"}
        with scheduler(data, METRICS_PORT=str(port)) as process:
            assert soon(lambda: health(server)["scheduler"] == "ok")
            assert soon(lambda: "meanwhile_check_ins_lag_seconds 0.0" in figures(port))
            said = figures(port)
            assert "meanwhile_check_ins_due 0.0" in said
            assert 'meanwhile_check_ins_total{outcome="sent"} 0.0' in said
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
            assert process.stdout is not None
            assert process.stdout.read().endswith("The scheduler has stopped.\n")
    finally:
        assert server.stop() == 0


def figures(port: int) -> str:
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:  # our own program
        text: str = answer.read().decode()
    return text


def test_a_port_for_figures_that_is_taken_is_said_plainly(data: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run("scheduler", environment={"DATA": str(data), "METRICS_PORT": str(port)}, expect=2)
    assert done.stderr.startswith(f"METRICS_PORT: 127.0.0.1:{port} cannot be used")


def test_make_run_brings_one_along_and_takes_it_with_it(data: Path) -> None:
    command = [sys.executable, "-m", "tracker", "serve", "--prepare"]
    server = Server(command, {"DATA": str(data)}).start()
    try:
        (child,) = children("scheduler --with-parent", data)
    finally:
        assert server.stop() == 0
    assert not Path(f"/proc/{child}").exists()


def children(words: str, data: Path) -> list[int]:
    """The processes with these words in their command line that work on this data folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            said = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if words in said and f"DATA={data}\0".encode() in (process / "environ").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found
