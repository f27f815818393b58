"""What comes in is plain text: no files, and no NUL, which nobody types and PostgreSQL does not store.

Both are refused at the door, before anything reads them.
"""

from __future__ import annotations

from flask import Flask, abort, request

PLAIN = ("", "application/x-www-form-urlencoded", "application/json")


def init(app: Flask) -> None:
    """Refuse such a request before anything reads it."""

    @app.before_request
    def refuse_files() -> None:
        if request.mimetype not in PLAIN:
            abort(415)

    @app.before_request
    def refuse_nul() -> None:
        values = [*request.args.values(), *request.form.values()]
        if any("\0" in value for value in values):
            abort(400)
