"""One view, one template: the whole page for a browser, its named block for htmx."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, session
from jinja2_fragments.flask import render_block
from werkzeug.wrappers import Response


def wants_block() -> bool:
    """Whether htmx asks for a part of the page it already shows. A boosted request asks for the whole (`full`)."""
    return bool(request.headers.get("HX-Request")) and request.headers.get("HX-Request-Type") != "full"


def from_worker() -> bool:
    """Whether our service worker sent this in a page's place: it has to see where an answer leads, as htmx does."""
    return bool(request.headers.get("X-Outbox"))


def show(template: str, block: str = "content", status: int = 200, **values: Any) -> tuple[str, int]:
    """Render `template` with ready `values`, whole or its `block`; 422 is the status of a form that came back."""
    if wants_block():
        return render_block(template, block, **values), status
    return render_template(template, **values), status


def go(url: str) -> Response:
    """To `url` after a form was done: a redirect for a browser, an instruction for htmx and for the worker."""
    if wants_block() or from_worker():
        return Response(status=200, headers={"HX-Location": url})
    return Response(status=303, headers={"Location": url})


def say(sentence: str) -> None:
    """A sentence for the next page that this browser shows."""
    session["said"] = sentence


def said() -> str:
    """The sentence left by `say`, once."""
    return str(session.pop("said", "")) if "said" in session else ""
