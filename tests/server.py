"""The real program, started as its users start it, on a free port of this machine."""

from __future__ import annotations

import atexit
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import weakref
from contextlib import closing, suppress
from functools import cache
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Server:
    """One running program with its data folder. Ends with `stop`, as a service manager would end it."""

    def __init__(self, command: list[str], environment: dict[str, str], ready: str = "/healthz") -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._ready = ready
        self._command = command
        self._environment = clean() | environment | {"PORT": str(self.port), "BASE_URL": self.url}
        self._process: subprocess.Popen[bytes] | None = None
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  # a file, for a pipe that nobody reads would fill up
        weakref.finalize(self, self._said.close)

    def start(self, within: float = 60, *, listening: bool = False) -> Server:
        """Start it and wait until it answers, or only until its port is open: then no request has reached it.

        Raises `RuntimeError` with what it said if it does not.
        """
        command = [part.replace("{port}", str(self.port)) for part in self._command]
        self._process = subprocess.Popen(
            command, env=self._environment, cwd=ROOT, stdout=self._said, stderr=subprocess.STDOUT
        )
        until = time.monotonic() + within
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            if self._listens() if listening else self._answers():
                return self
            time.sleep(0.02)
        self.stop()
        raise RuntimeError(f"{command}: {self.said()}")

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    def stop(self) -> int:
        """Ask it to stop and wait; its exit status."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(60)
            except subprocess.TimeoutExpired:
                self._process.kill()
        return self._process.wait()

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def said(self) -> str:
        """What it wrote so far."""
        self._said.seek(0)
        return self._said.read().decode(errors="replace")

    def _answers(self) -> bool:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            try:
                connection.request("GET", self._ready)
                return connection.getresponse().status < 500
            except OSError:
                return False


def meanwhile(data: Path, **environment: str) -> Server:
    """Meanwhile on this data folder, its database up to date."""
    values = {"DATA": str(data), **environment}
    bring_up_to_date(values)
    return Server([sys.executable, "-m", "tracker", "serve"], values)


def bring_up_to_date(environment: dict[str, str]) -> None:
    """As `tracker migrate` does. An empty SQLite file is the same each time, so it is made once and copied."""
    target = Path(environment["DATA"]) / "meanwhile.sqlite"
    if "DATABASE_URL" in environment or target.exists():
        run("migrate", environment=environment)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(_empty(), target)


@cache
def _empty() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="meanwhile-empty-")
    atexit.register(folder.cleanup)
    run("migrate", environment={"DATA": folder.name})
    return Path(folder.name) / "meanwhile.sqlite"


def run(*arguments: str, environment: dict[str, str], expect: int = 0) -> subprocess.CompletedProcess[str]:
    """One `tracker` command; fails on another exit status than expected."""
    done = subprocess.run(
        [sys.executable, "-m", "tracker", *arguments],
        env=clean() | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == expect, f"tracker {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done


def clean() -> dict[str, str]:
    """This process's environment without what would configure Meanwhile."""
    ours = ("DATA", "DATABASE_URL", "PORT", "HOST", "BASE_URL", "DEMO", "SMTP_URL", "KEYS", "SECRET_KEY", "WORKERS")
    return {name: value for name, value in os.environ.items() if name not in ours}


def free_port() -> int:
    """A port on which nothing listens, and which nobody else is given before it is used.

    The system itself would give the same one out again, to whoever asks next. These lie below its own, and each process
    of the tests goes through them from another place.
    """
    for number in _NUMBERS:
        port = 20_000 + number % 12_000
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("they never end")


_NUMBERS = count(os.getpid() * 499)
