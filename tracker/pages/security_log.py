"""What the log says about security: who signed in and out, and whom, what and how often the app refused.

A party's own pages are named by the word "party" alone: which of them somebody used, the page about feeling unsafe
among them, is nobody's business. What mediators and administrators did is in the audit trail, `tracker/audit/`.
"""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, g, request
from flask_login import user_logged_in, user_logged_out
from werkzeug.wrappers import Response

from tracker.logs import SECURITY, Raised
from tracker.pages.access import Audience, audience_of

log = logging.getLogger(SECURITY)

# The routes at which one shows who one is: a refusal there is a failed attempt to sign in, whatever its status.
DOORS = frozenset(
    {"front.enter_code", "front.link_page", "front.use_link", "front.enter_invitation", "front.invitation"}
)
DOORS |= {"front.enter_with_recovery_code", "front.take_second_step"}
BACK = {"front.enter_with_passkey": "/sign-in", "front.step_with_passkey": "/second-step"}  # where a wrong one leads
OPEN = (Audience.ANYONE, Audience.LINK, Audience.DEMO)
REFUSED = {
    400: "request refused",
    405: "request refused",
    413: "request refused",
    415: "request refused",
    422: "input refused",
    429: "limit reached",
}


def init(app: Flask) -> None:
    """Write down what happens; errors too, without the words that Flask would quote."""
    user_logged_in.connect(_signed_in, app)
    user_logged_out.connect(_signed_out, app)
    app.after_request(_refused)
    app.log_exception = _failed  # type: ignore[method-assign,assignment]  # Flask's own writes the address


def _signed_in(_app: Flask, user: Any) -> None:
    device = user.device
    _write("signed in", user, how=device.how, second_step=device.proved_at is not None, shared=device.shared)


def _signed_out(_app: Flask, user: Any) -> None:
    if user is not None and user.is_authenticated:
        _write("signed out", user)


def _refused(response: Response) -> Response:
    what = _what(response.status_code, response.location)
    if what:
        _write(what, g.get("_login_user"), level=logging.WARNING, status=response.status_code)
    return response


def _what(status: int, location: str | None) -> str:
    """The name of a refusal; none for an answer that is none."""
    if request.endpoint == "front.ask_for_code" and status == 303:
        return "code asked for"
    wrong_passkey = location is not None and location == BACK.get(request.endpoint or "")
    if wrong_passkey or (request.endpoint in DOORS and status in (401, 404, 410, 422)):
        return "sign-in refused"
    if request.endpoint and status in (303, 401, 403, 404) and audience_of(request.endpoint) not in OPEN:
        known = getattr(g.get("_login_user"), "is_authenticated", False)
        if status != 303 or not known:
            return "access refused"
    return REFUSED.get(status, "")


def _failed(raised: Raised) -> None:
    log.error("failed", exc_info=raised, extra={"facts": _facts(g.get("_login_user"))})


def _write(what: str, user: Any, *, level: int = logging.INFO, **more: object) -> None:
    log.log(level, what, extra={"facts": _facts(user) | more})


def _facts(user: Any) -> dict[str, object]:
    """Where and who. The person as found already: the log asks the database nothing."""
    place = request.endpoint or ""
    person = getattr(user, "person", None)
    return {
        "method": request.method,
        "place": "party" if place.startswith("party.") else place,
        "network": request.remote_addr,
        "person": person.id if person else None,
    }
