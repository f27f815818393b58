"""A push service on this machine, and the browser that has subscribed to it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tracker.delivery.push import Subscription


@dataclass
class PushService:
    """What reached it, and the status that it answers."""

    url: str = ""
    status: int = 201
    location: str = ""
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


class Device:
    """A browser's own keys: only it reads what is sent to it."""

    def __init__(self, endpoint: str) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._auth = bytes(range(16))
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.subscription = Subscription(endpoint, _text(point), _text(self._auth))

    def read(self, body: bytes) -> dict[str, Any]:
        """A message, decrypted as RFC 8291 says."""
        plain = http_ece.decrypt(body, private_key=self._key, auth_secret=self._auth, version="aes128gcm")
        payload: dict[str, Any] = json.loads(plain)
        return payload


@contextmanager
def push_service(port: int = 0) -> Iterator[PushService]:
    """A service that runs meanwhile."""
    service = PushService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the server's own name for it
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(service.status)
            if service.location:
                self.send_header("Location", service.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield service
    server.shutdown()
    server.server_close()
    thread.join()


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
