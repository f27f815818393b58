"""Addresses of our own pages: the only ones that a sign-in leads to."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException


def local(target: str | None) -> str:
    """`target` if it is the path of one of our pages that can be fetched, else nothing. Never another site."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return ""
    if not target.isprintable() or "/." in target:
        return ""  # nor one that a browser would make another path of
    try:
        current_app.url_map.bind(request.host).match(urlsplit(target).path, method="GET")
    except (HTTPException, ValueError):
        return ""
    return target
