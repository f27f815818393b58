"""The audit trail of pages: whoever is signed in acts, and no account reaches a mediator before it is noted.

Every answer with a body to a mediator, on any route below a trial, counts as reading that trial's accounts: a new page
is in the trail without anybody having to think of it. So is each file that anybody takes out of a trial. Both are noted
before the answer leaves; what cannot be noted is not shown.
"""

from __future__ import annotations

from flask import Flask, Response, g, request
from flask_login import current_user

from tracker import clock
from tracker.audit import record as audit
from tracker.pages.access import Audience, audience_of

SHOWN = (200, 422)  # a page, or a form that came back on it; redirects and refusals show nothing
NOTED_BY_THEMSELVES = {"take_along", "take_preparation"}  # exports whose entry belongs to what they do


def init(app: Flask) -> None:
    """Know who acts, and note each reading."""
    app.before_request(lambda: audit.act_as(_signed_in))
    app.teardown_request(lambda _error: audit.act_as(None))
    app.after_request(_note)


def _signed_in() -> audit.Actor:
    return "person", current_user.person.id if current_user.is_authenticated else None


def _note(response: Response) -> Response:
    if response.status_code not in SHOWN:
        return response
    here = g.get("here")  # none also where a form hears again that the case was given away, and its page is not found
    if here is None:
        if request.endpoint == "mediator.index" and "programme" in g:
            audit.record("caseload.read", clock.now(), audit.Of(g.programme.id))
        return response
    who, place = audience_of(request.endpoint), str(request.endpoint).rpartition(".")[2]
    if _is_file(response) and place not in NOTED_BY_THEMSELVES:
        audit.record("export", clock.now(), here.whose, what=place)
    elif who is Audience.MEDIATOR:
        audit.record("account.read", clock.now(), here.whose, page=place)
    return response


def _is_file(response: Response) -> bool:
    return response.mimetype == "application/pdf" or "Content-Disposition" in response.headers
