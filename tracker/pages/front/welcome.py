"""After joining: when to be reminded and where, and how to come back. Then Today."""

from __future__ import annotations

from datetime import time
from uuid import UUID

from flask import request, session
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases import invite, settings
from tracker.errors import Refused
from tracker.pages import channel_words
from tracker.pages.access import Audience, audience, here
from tracker.pages.fragments import go, say, show
from tracker.pages.front.addresses import ask_to_confirm
from tracker.pages.front.blueprint import front
from tracker.pages.limits import limiter, signed_in_person
from tracker.people import persons
from tracker.plans.values import parse_time


@front.get("/trials/<uuid:trial>/welcome/reminders")
@audience(Audience.PARTY)
def welcome_reminders(trial: UUID) -> tuple[str, int]:
    """Ask for the evening's time and the address; what the mediator gave is proposed, but not to who came back."""
    party = here().me
    proposed = party.email if session.get("new_here") and not invite.came_back(party.id) else ""
    return _show(party.check_in_at.strftime("%H:%M"), current_user.person.email or proposed or "", {})


@front.post("/trials/<uuid:trial>/welcome/reminders")
@audience(Audience.PARTY)
@limiter.limit("20 per hour", key_func=signed_in_person)
def choose_reminders(trial: UUID) -> Response | tuple[str, int]:
    """Keep both. An address counts once its owner has confirmed it, whether or not somebody has it here already."""
    at, errors = parse_time(request.form.get("check_in_at", "")), {}
    typed = request.form.get("email", "").strip()
    wanted = "without" not in request.form
    if at is None and wanted:
        errors["check_in_at"] = _("Write a time, such as 20:30.")
    try:
        email = persons.address(typed) if typed else None
    except Refused:
        errors["email"] = _("Write an email address, such as name@example.org, or leave it empty.")
    if errors:
        return _show(request.form.get("check_in_at", ""), typed, errors, 422)
    settings.remind_at(here().me.id, at or time(20, 30), wanted=wanted)
    if session.get("new_here"):
        _keep_address(email)
    return go(f"/trials/{trial}/welcome/return")


@front.get("/trials/<uuid:trial>/welcome/return")
@audience(Audience.PARTY)
def welcome_return(trial: UUID) -> tuple[str, int]:
    """How to come back tomorrow: from the home screen, or with a code."""
    session.pop("new_here", None)
    own = here().me.own_device is not False
    return show("front/welcome-return.html", trial=trial, own=own, email=current_user.person.email)


def _keep_address(email: str | None) -> None:
    person = current_user.person
    if email == person.email:
        return
    persons.drop_email(person.id)
    if email is not None:
        ask_to_confirm(person, email, clock.now())
        say(_("We wrote to %(email)s. Open that message and press its button, then it counts.", email=email))


def _show(at: str, email: str, errors: dict[str, str], status: int = 200) -> tuple[str, int]:
    return show(
        "front/welcome-reminders.html",
        status=status,
        trial=here().trial.id,
        at=at,
        email=email,
        new_here=bool(session.get("new_here")),
        own=here().me.own_device is not False,
        by_email=here().allows("email"),
        switched_off=channel_words.switched_off(here()),
        errors=errors,
    )
