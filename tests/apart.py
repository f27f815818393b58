"""Another application beside the one of the tests: on other data, or as another process would be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from tracker import create_app
from tracker.config import Config
from tracker.db import EncryptedText, db


@contextmanager
def apart(config: Config) -> Iterator[Flask]:
    """That application, inside its context. Afterwards no connection of it is open, and the keys are as before.

    The order matters: a connection that the session gives back after `dispose` belongs to nobody and is never closed.
    """
    keyring = EncryptedText.keyring
    app = create_app(config)
    try:
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()
    finally:
        EncryptedText.keyring = keyring
