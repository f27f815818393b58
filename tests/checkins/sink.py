"""A real SMTP server in a process of its own. It writes a line for each message: to whom, and its Message-ID.

python -m tests.checkins.sink PORT FILE
"""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.server import ROOT, free_port


class Sink:
    """Takes everything in."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", buffering=1)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # its own name
        assert isinstance(envelope.content, bytes)
        found = re.search(rb"^Message-ID: (\S+)", envelope.content, re.MULTILINE | re.IGNORECASE)
        self._file.write(f"{envelope.rcpt_tos[0]} {found.group(1).decode() if found else '-'}\n")
        return "250 OK"


async def _serve(port: int, path: Path) -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    sink = Sink(path)
    async with await loop.create_server(lambda: SMTP(sink, loop=loop), "127.0.0.1", port):
        await stop.wait()


@contextmanager
def sink(path: Path) -> Iterator[str]:
    """The server, while this lasts; gives its address. What it took in is in the file."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.checkins.sink", str(port), str(path)], cwd=ROOT)
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.02)
        yield f"smtp://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def taken_in(path: Path) -> list[tuple[str, str]]:
    """To whom and which Message-ID, in order."""
    lines = (line.split() for line in path.read_text().splitlines())
    return [(to, id_) for to, id_ in lines]


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), Path(sys.argv[2])))
