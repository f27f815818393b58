"""Behind a TLS proxy on the same machine: take its word for who asks and by which scheme, and nobody else's.

Without this every person would seem to ask from the proxy's own address, and share one limit of sign-in attempts.
"""

from __future__ import annotations

from flask import Flask
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from tracker.config import Config

TRUSTED = ["127.0.0.1", "::1"]


def init(app: Flask, config: Config) -> None:
    """Read X-Forwarded-For and X-Forwarded-Proto where people come over TLS, which this server does not speak."""
    if config.secure:
        app.wsgi_app = wrap_wsgi_with_proxy_headers(app.wsgi_app, TRUSTED)  # type: ignore[method-assign]  # Flask's own way
