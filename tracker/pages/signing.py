"""With what the app signs what browsers keep for it: HMAC with SHA-256, where the libraries would take SHA-1."""

from __future__ import annotations

import hashlib

from flask import Flask
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask.wrappers import Response
from itsdangerous import Signer, URLSafeTimedSerializer


class Sessions(SecureCookieSessionInterface):
    """The session cookie."""

    digest_method = staticmethod(hashlib.sha256)

    def __init__(self) -> None:
        self._made: dict[str, URLSafeTimedSerializer | None] = {}

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The library's own, made once for the key: each request needs it."""
        key = str(app.secret_key)
        if key not in self._made:
            self._made = {key: super().get_signing_serializer(app)}
        return self._made[key]

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send it if it changed. That an answer varies with it, `headers.py` says already."""
        if session.modified:
            super().save_session(app, session, response)


def init(app: Flask) -> None:
    """Sign so: the session, links, forms. What was signed for one purpose is salted with it and serves no other."""
    Signer.default_digest_method = staticmethod(hashlib.sha256)
    app.session_interface = Sessions()
