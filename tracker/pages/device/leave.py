"""Leaving at once: the sign-in ends, what the browser keeps of us goes, and a neutral site follows."""

from __future__ import annotations

from flask import Flask, after_this_request, current_app, request
from werkzeug.wrappers import Response

from tracker.pages import signed_in
from tracker.pages.access import Audience, audience
from tracker.pages.csrf import csrf
from tracker.pages.device.blueprint import device
from tracker.pages.fragments import from_worker
from tracker.pages.front.known import cookie_name

LEAVING = "__Host-leaving"  # a cookie that the page's own script sets at Exit: the request that says so may be lost


def init(app: Flask) -> None:
    """Finish what was lost: the next request of a browser whose person left is nobody's, whatever it asks for.

    But for what the worker asks for itself: it knows of the leaving, and sends what waits first.
    """

    @app.before_request
    def finish() -> None:
        if LEAVING in request.cookies and request.blueprint != "assets" and not from_worker():
            signed_in.sign_out()
            after_this_request(_without_cookies)


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
    return _without_cookies(response)


def _without_cookies(response: Response) -> Response:
    secure = current_app.extensions["config"].secure
    for name in (current_app.config["SESSION_COOKIE_NAME"], cookie_name(), LEAVING):
        if name in request.cookies:
            response.delete_cookie(name, secure=secure or name == LEAVING, httponly=True, samesite="Lax")
    return response


# A page that was open for long has a stale token, and must still let people out. All that a forged request could do is
# sign somebody out; browsers say where it comes from, and another site's is refused.
csrf.exempt(leave)
