"""Forms come from our own pages: the token in each of them, and where the browser says that a request comes from.

Our pages send no referrer, so a form's Origin is "null" by the rules of Fetch; Sec-Fetch-Site says it in its place, and
a browser too old to send that one is held by the token alone.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, request
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError

csrf = CSRFProtect()
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


def init(app: Flask) -> None:
    """Ask every form for both."""
    app.config["WTF_CSRF_SSL_STRICT"] = False  # that compares the referrer, which our pages never send

    @app.before_request
    def refuse_other_sites() -> None:
        exempt = request.endpoint is None or request.method in SAFE
        if not exempt and comes_from_elsewhere():
            raise CSRFError("another site's form")

    csrf.init_app(app)


def comes_from_elsewhere() -> bool:
    """Whether the browser says that another site sent this request. An old browser says nothing at all."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin not in (None, "null") and urlsplit(origin).netloc != request.host


def surely_from_here() -> bool:
    """Whether the browser vouches that one of our own pages sent this request."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site == "same-origin"
    return origin is not None and urlsplit(origin).netloc == request.host
