"""A network as it is in an underground car park: requests that never arrive, answers that break off.

A proxy on this machine in front of the real server. What it does to whom is drawn from a seed.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

MOMENT = 0.04  # seconds: long enough for a browser to draw what it has
Change = Callable[[str, bytes], bytes]  # what an answer's body becomes on its way, by its path


class BadNetwork(ThreadingHTTPServer):
    """Loses `lose` requests in a hundred and cuts `cut` answers in a hundred, after the server has done its work.

    `down`: none arrives, and who asks is told so at once. `silent`: none arrives either, and nobody is told anything.
    `trickle`: how many bytes of a page arrive together, at most, a moment before the next.
    `behind`: by how much the server's clock is behind the phone's, as its answers say.
    `seen`: which requests arrived, with their status.
    """

    daemon_threads = True

    def __init__(self, target: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = urlsplit(target).netloc
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.chance = random.Random(7)
        self.lose = self.cut = self.trickle = 0
        self.down = self.silent = False
        self.change: Change = lambda _path, body: body
        self.behind = timedelta()
        self.seen: list[tuple[str, int]] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing: who has waited long enough hangs up, as on any network."""


class _Handler(BaseHTTPRequestHandler):
    server: BadNetwork
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """What an answer's Date says."""
        return super().date_time_string((timestamp or time.time()) - self.server.behind.total_seconds())

    def _pass(self) -> None:
        network = self.server
        lost, cut = network.chance.randrange(100) < network.lose, network.chance.randrange(100) < network.cut
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        gone = network.down or lost or network.silent
        while network.silent:
            time.sleep(MOMENT)
        if gone:
            return self._break()
        connection = http.client.HTTPConnection(network.target, timeout=30)
        headers = {k: v for k, v in self.headers.items() if k.lower() not in ("connection", "accept-encoding")}
        connection.request(self.command, self.path, body or None, headers)
        answer = connection.getresponse()
        content = network.change(self.path, answer.read())
        if self.path == "/device-key" and answer.status == 200:
            told = json.loads(content)
            content = json.dumps(told | {"now": told["now"] - network.behind.total_seconds() * 1000}).encode()
        network.seen.append((f"{self.command} {self.path}", answer.status))
        connection.close()
        if network.down:  # it went while the answer was on its way
            return self._break()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("content-length", "connection", "date", "server", "transfer-encoding"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content) or 0))
        self.end_headers()
        if cut:
            self.wfile.write(content[: len(content) // 2])
            return self._break()
        with suppress(BrokenPipeError):  # nobody waits for it any more
            self._send(content, in_pieces="html" in answer.getheader("Content-Type", ""))
        return None

    def _send(self, content: bytes, *, in_pieces: bool) -> None:
        most = (in_pieces and self.server.trickle) or len(content) or 1
        while content:
            size = (len(content) <= most and most) or content.rfind(b"\n", 0, most) + 1 or most  # whole lines
            self.wfile.write(content[:size])
            content = content[size:]
            if content:
                time.sleep(MOMENT)

    def _break(self) -> None:
        self.close_connection = True

    do_GET = do_POST = do_DELETE = _pass  # noqa: N815  # the library's names


@contextmanager
def bad_network(target: str) -> Iterator[BadNetwork]:
    """A running one; good until told otherwise."""
    network = BadNetwork(target)
    thread = threading.Thread(target=network.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield network
    network.silent = False
    network.shutdown()
    network.server_close()
    thread.join()
