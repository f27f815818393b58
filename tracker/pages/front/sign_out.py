"""Signing out, and the page that says so."""

from __future__ import annotations

from flask import request, session
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker.pages import signed_in
from tracker.pages.access import Audience, audience
from tracker.pages.fragments import go, show
from tracker.pages.front.blueprint import front
from tracker.pages.front.local import local
from tracker.people import second_step


@front.post("/sign-out")
@audience(Audience.ANYONE)
def sign_out() -> Response | tuple[str, int]:
    """End this browser's sign-in. Twice is fine. Who could not come back hears so first."""
    if _is_for_good() and request.form.get("sure") != "yes":
        return show("front/sign-out.html", shown=second_step.shown(current_user.person.id))
    return leave(local(request.form.get("next")))


def leave(target: str = "") -> Response:
    """End this browser's sign-in, and go to `target`, or to the page that says so: once to its other pages, too."""
    signed_in.sign_out()
    session["just_signed_out"] = True
    response = go(target or "/signed-out")
    response.headers["Clear-Site-Data"] = '"cache"'  # not "storage": entries that wait to be sent stay on the device
    return response


def _is_for_good() -> bool:
    if not current_user.is_authenticated or current_user.person.email:
        return False
    ways = second_step.ways(current_user.person.id)
    return not (ways.passkeys or ways.codes)


@front.get("/signed-out")
@audience(Audience.ANYONE)
def signed_out() -> Response | tuple[str, int]:
    """Says that it worked, and where to come back in; to nobody who came back meanwhile."""
    if current_user.is_authenticated:
        return go("/")
    return show("front/signed-out.html", just_now=session.pop("just_signed_out", False))
