"""Leaving at once: the sign-in ends, what the browser keeps of us goes, and a neutral site follows."""

from __future__ import annotations

from flask import current_app
from werkzeug.wrappers import Response

from tracker.pages import signed_in
from tracker.pages.access import Audience, audience
from tracker.pages.csrf import csrf
from tracker.pages.device.blueprint import device
from tracker.pages.fragments import from_worker
from tracker.pages.front.known import cookie_name


@device.post("/exit")
@audience(Audience.ANYONE)
def leave() -> Response:
    """End this browser's sign-in and go to the neutral site. Works for whoever is signed in and for nobody.

    The app's own worker has emptied the device by then, but for entries that could not be sent: those stay, and nobody
    can read them without their key.
    """
    signed_in.sign_out()
    config = current_app.extensions["config"]
    response = Response(status=303, headers={"Location": config.exit_to})
    response.headers["Clear-Site-Data"] = '"cache"' if from_worker() else '"cache", "storage"'
    for name in (current_app.config["SESSION_COOKIE_NAME"], cookie_name()):
        response.delete_cookie(name, secure=config.secure, httponly=True, samesite="Lax")
    return response


# A page that was open for long has a stale token, and must still let people out. All that a forged request could do is
# sign somebody out; browsers say where it comes from, and another site's is refused.
csrf.exempt(leave)
