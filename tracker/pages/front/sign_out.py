"""Signing out, and the page that says so."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from tracker.pages import signed_in
from tracker.pages.access import Audience, audience
from tracker.pages.fragments import go, show
from tracker.pages.front.blueprint import front
from tracker.pages.front.local import local


@front.post("/sign-out")
@audience(Audience.ANYONE)
def sign_out() -> Response:
    """End this browser's sign-in. Twice is fine."""
    target = local(request.form.get("next"))
    signed_in.sign_out()
    response = go(target or "/signed-out")
    response.headers["Clear-Site-Data"] = '"cache"'  # not "storage": entries that wait to be sent stay on the device
    return response


@front.get("/signed-out")
@audience(Audience.ANYONE)
def signed_out() -> tuple[str, int]:
    """Says that it worked, and where to come back in."""
    return show("front/signed-out.html")
