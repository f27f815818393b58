"""The second step after signing in, and setting it up. Programmes' people need it before anything else.

For everybody else it is the proof that is asked for before they change how they sign in.
"""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock, lengths
from tracker.pages import signed_in
from tracker.pages.access import Audience, audience
from tracker.pages.agents import device_name
from tracker.pages.fragments import go, show
from tracker.pages.front.blueprint import front
from tracker.pages.front.entering import renew, renew_again, tell
from tracker.pages.front.local import local
from tracker.pages.front.sign_in import site
from tracker.people import devices, second_step

DIGITS = 6


@front.get("/second-step")
@audience(Audience.SIGNED_IN)
def second_step_page() -> Response | tuple[str, int]:
    """Ask for it, in each way that this person has."""
    return _show(local(request.args.get("next")))


@front.post("/second-step")
@audience(Audience.SIGNED_IN)
def take_second_step() -> Response | tuple[str, int]:
    """A code from the app or from paper. Five wrong ones in a row end this sign-in, and nobody else's."""
    target, typed = local(request.form.get("next")), request.form.get("code", "")[: lengths.CODE]
    if _right(typed):
        renew(typed)
        return go(target or "/")
    if renew_again(typed):
        return go(target or "/")
    if not devices.miss(current_user.device.id, clock.now()):
        signed_in.sign_out()
        return go("/sign-in")
    return _show(target, {"code": _("That is not the code. Compare it, or wait for the next one.")}, 422)


def after_step() -> Response | None:
    """On, for whoever has just taken it: what would have led there was lost."""
    device = current_user.device
    done = device.proved_at is not None and devices.is_fresh(device, clock.now())
    return go(local(request.form.get("next")) or "/") if done else None


def _right(typed: str) -> bool:
    person, now = current_user.person, clock.now()
    signs = "".join(typed.split())
    if signs.isdecimal() and len(signs) == DIGITS:
        return second_step.by_app(person.id, signs, now)
    if current_user.device.how == "recovery" or second_step.by_code(typed, now, person.id) is None:
        return False  # the same sheet of paper is not a second factor beside itself
    tell(person)
    return True


def _show(target: str, errors: dict[str, str] | None = None, status: int = 200) -> tuple[str, int]:
    ways = second_step.ways(current_user.person.id)
    return show(
        "front/second-step.html",
        status=status,
        next=target,
        ways=ways,
        first=current_user.device.staff and not ways.any,
        email=current_user.person.email,
        site=site(),
        name=device_name(request.user_agent.string),
        errors=errors or {},
    )
