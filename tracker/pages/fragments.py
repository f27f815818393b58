"""One view, one template: the whole page for a browser, its named block for htmx."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import after_this_request, current_app, g, render_template, request
from jinja2_fragments.flask import render_block
from werkzeug.wrappers import Response

MINUTE = 60  # seconds
REFUSED = "\t"  # before a sentence in its cookie: none begins with it


class Refusal(str):
    """A sentence about something that was not done: a notice draws it with care, whatever else it would be."""

    __slots__ = ()
    refused = True


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


def go(url: str, *, replace: bool = False) -> Response:
    """To `url` after a form was done: a redirect for a browser, an instruction for htmx and for the worker.

    `replace`: in the history it takes the form's place, for which there is nothing to come back.
    """
    if wants_block() or from_worker():
        where = json.dumps({"path": url, "replace": "true"}) if replace else url
        return Response(status=200, headers={"HX-Location": where})
    return Response(status=303, headers={"Location": url})


def stay(url: str, block: Callable[[], tuple[str, int]]) -> Response | tuple[str, int]:
    """To `url`, the page that the form is on, after it was done. htmx gets its block in the same answer: nothing more
    has to come through for it to be said, and what is typed in the page's other forms stays."""
    return block() if wants_block() else go(url)


def say(sentence: str, *, done: bool = True) -> None:
    """A sentence for the next page that this browser shows, in a cookie of its own that lives for a minute.

    `done=False`: it says why something was not done.

    Not in the session: that would be signed and sent anew with each save, and of two saves at once the later answer
    would undo the other's.
    """
    g.said = sentence if done else REFUSED + sentence
    _with_the_answer()


def said() -> str:
    """The sentence left by `say`, once."""
    sentence = g.pop("said", None) or request.cookies.get(said_cookie(), "")
    if sentence:
        _with_the_answer()
    return Refusal(sentence[1:]) if sentence.startswith(REFUSED) else str(sentence)


def unsay() -> None:
    """Forget what `say` left: whoever comes next on this browser is not to read it."""
    g.pop("said", None)
    _with_the_answer()


def said_cookie() -> str:
    """The cookie's name. The prefix keeps other hosts of the same domain from setting it."""
    return "__Host-said" if current_app.extensions["config"].secure else "said"


def _with_the_answer() -> None:
    if "carries" not in g:
        g.carries = True
        after_this_request(_carry)


def _carry(response: Response) -> Response:
    name, how = said_cookie(), {"secure": current_app.extensions["config"].secure, "httponly": True, "samesite": "Lax"}
    if "said" in g:
        response.set_cookie(name, g.said, max_age=MINUTE, **how)
    elif name in request.cookies:
        response.delete_cookie(name, **how)
    return response
