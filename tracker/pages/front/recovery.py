"""Signing in with a recovery code: for who has no address, or for a day without the mailbox."""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock, lengths
from tracker.pages.access import Audience, audience
from tracker.pages.fragments import go, show
from tracker.pages.front import known
from tracker.pages.front.blueprint import front
from tracker.pages.front.entering import enter, enter_again, made_by
from tracker.pages.limits import limiter
from tracker.people import codes, second_step


@front.get("/sign-in/recovery")
@audience(Audience.ANYONE)
def recovery_page() -> tuple[str, int]:
    """Ask for the code."""
    return _show({}, 200)


@front.post("/sign-in/recovery")
@audience(Audience.ANYONE)
@limiter.limit("30 per hour", key_func=known.browser, deduct_when=lambda response: response.status_code >= 400)
def enter_with_recovery_code() -> Response | tuple[str, int]:
    """Sign in with it; it is used up. Who works for a programme still has the second step before them."""
    typed, shared = request.form.get("code", "")[: lengths.CODE], "shared" in request.form
    token = made_by(codes.normal(typed))
    person = second_step.by_code(typed, clock.now())
    if person is not None:
        enter(person, shared=shared, how="recovery", token=token)
    elif enter_again(token, shared=shared) is None:
        wrong = _("No recovery code reads like this, or it was used. Compare it, or take another one.")
        return _show({"code": wrong}, 422, typed)
    return go("/")


def _show(errors: dict[str, str], status: int, typed: str = "") -> tuple[str, int]:
    shared, length = "shared" in request.form, second_step.LENGTH
    return show("front/recovery.html", status=status, typed=typed, shared=shared, length=length, errors=errors)
