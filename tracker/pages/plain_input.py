"""What comes in is plain text of a known length: no files, and no NUL, which PostgreSQL does not store.

Each is refused at the door, before anything reads it. A body in chunks says no length: its reader would stop at the
limit and take the part before it for the whole form. No browser sends a form so.
"""

from __future__ import annotations

from itertools import chain

from flask import Flask, abort, request

PLAIN = ("", "application/x-www-form-urlencoded", "application/json")


def init(app: Flask) -> None:
    """Refuse such a request before anything reads it."""

    @app.before_request
    def refuse() -> None:
        if "Transfer-Encoding" in request.headers:
            abort(411)
        if request.mimetype not in PLAIN:
            abort(415)
        form = request.form
        if sum(map(len, form.listvalues())) > app.config["MAX_FORM_PARTS"]:  # the library counts those of files alone
            abort(413)
        if any("\0" in value for value in chain(*request.args.listvalues(), *form.listvalues())):
            abort(400)
