"""What comes in is plain text of a known length: no files, and no NUL, which PostgreSQL does not store.

Each is refused at the door, before anything reads it. A body in chunks says no length: its reader would stop at the
limit and take the part before it for the whole form. No browser sends a form so.
"""

from __future__ import annotations

from flask import Flask, abort, request

PLAIN = ("", "application/x-www-form-urlencoded", "application/json")


def init(app: Flask) -> None:
    """Refuse such a request before anything reads it."""

    @app.before_request
    def refuse_unmeasured() -> None:
        if "Transfer-Encoding" in request.headers:
            abort(411)

    @app.before_request
    def refuse_files() -> None:
        if request.mimetype not in PLAIN:
            abort(415)

    @app.before_request
    def refuse_too_many() -> None:  # the library counts the parts of files alone
        if sum(1 for _ in request.form.items(multi=True)) > app.config["MAX_FORM_PARTS"]:
            abort(413)

    @app.before_request
    def refuse_nul() -> None:
        values = [*request.args.values(), *request.form.values()]
        if any("\0" in value for value in values):
            abort(400)
