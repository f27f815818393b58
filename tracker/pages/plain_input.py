"""Text comes in without NUL, which nobody types and PostgreSQL does not store: it is refused at the door."""

from __future__ import annotations

from flask import Flask, abort, request


def init(app: Flask) -> None:
    """Refuse such a request before anything reads it."""

    @app.before_request
    def refuse_nul() -> None:
        values = [*request.args.values(), *request.form.values()]
        if any("\0" in value for value in values):
            abort(400)
