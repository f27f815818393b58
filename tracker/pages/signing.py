"""With what the app signs what browsers keep for it: HMAC with SHA-256, where the libraries would take SHA-1."""

from __future__ import annotations

import hashlib

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import Signer


class Sessions(SecureCookieSessionInterface):
    """The session cookie."""

    digest_method = staticmethod(hashlib.sha256)


def init(app: Flask) -> None:
    """Sign so: the session, links, forms. What was signed for one purpose is salted with it and serves no other."""
    Signer.default_digest_method = staticmethod(hashlib.sha256)
    app.session_interface = Sessions()
