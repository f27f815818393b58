"""Meanwhile: carries people through the weeks between two mediation meetings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask_migrate import Migrate

import tracker.tables  # noqa: F401  # makes every table known before the first query
from tracker import config as configuration
from tracker import db as database
from tracker import logs, pages
from tracker.config import ROOT, Config

__all__ = ["create_app"]


class Tracker(Flask):
    """Flask, without a look at each of a request's twenty functions whether it is one for an event loop: none is."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create_app(config: Config | None = None) -> Flask:
    """The WSGI application. Without a `config` it reads the environment; raises `ConfigError` on a wrong value."""
    config = config or configuration.load()
    logs.init()
    app = Tracker("tracker", root_path=str(ROOT), template_folder="templates", static_folder=None)
    app.extensions["config"] = config
    app.config.update(
        SECRET_KEY=config.secret_key,
        SESSION_COOKIE_NAME="__Host-meanwhile" if config.secure else "meanwhile",
        SESSION_COOKIE_SECURE=config.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=256 * 1024,
        MAX_FORM_PARTS=500,
        WTF_CSRF_TIME_LIMIT=None,  # lives as long as the sign-in: a form left open over night still saves
        RATELIMIT_STORAGE_URI=config.limits_storage,
    )
    database.init(app, config)
    Migrate(app, database.db, directory=str(ROOT / "migrations"))
    pages.init(app, config)
    return app
