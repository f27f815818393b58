"""Forms come from our own pages: the CSRF check, and where a request says that it comes from."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request
from flask_wtf import CSRFProtect

csrf = CSRFProtect()


def comes_from_elsewhere() -> bool:
    """Whether the browser says that another site sent this request. An old browser says nothing at all."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


def surely_from_here() -> bool:
    """Whether the browser vouches that one of our own pages sent this request."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site == "same-origin"
    return origin is not None and urlsplit(origin).netloc == request.host
