"""Confirming an address: a signed link to it, whose button gives it to the person who asked. No table is needed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import current_app, request
from flask_babel import gettext as _
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases import invite
from tracker.db import transaction
from tracker.errors import Refused
from tracker.keeping.purge import forget
from tracker.pages import mail
from tracker.pages.access import Audience, audience
from tracker.pages.fragments import go, say, show
from tracker.pages.front.blueprint import front
from tracker.pages.front.devices import PROVE, show_devices
from tracker.pages.front.proof import may_change
from tracker.pages.limits import limiter
from tracker.people import persons
from tracker.people.model import Person
from tracker.trials import rest

VALID = timedelta(days=1)


def ask_to_confirm(person: Person, email: str, now: datetime) -> None:
    """Write to the address. The link dies after a day, and as soon as the person has any address."""
    base = current_app.extensions["config"].base_url
    mail.send_later(mail.compose("address", email, url=base + path_to_confirm(person, email, now)))


def path_to_confirm(person: Person, email: str, now: datetime) -> str:
    """Where the address's owner confirms it, signed."""
    token = _serializer().dumps({"person": str(person.id), "email": email, "until": (now + VALID).isoformat()})
    return f"/addresses/{token}"


@front.post("/addresses")
@audience(Audience.SIGNED_IN)
@limiter.limit("20 per hour", key_func=lambda: str(current_user.person.id) if current_user.is_authenticated else "")
def add_address() -> Response | tuple[str, int]:
    """Who has no address gets one, once its owner has confirmed it. The answer tells nothing about whose it is."""
    person = current_user.person
    if not may_change():
        return go(PROVE)
    if person.email is None:
        typed = request.form.get("email", "")
        try:
            email = persons.address(typed)
        except Refused:
            return show_devices(typed, {"email": _("Write an email address, such as name@example.org.")}, 422)
        ask_to_confirm(person, email, clock.now())
        say(_("We wrote to %(email)s. Open that message and press its button, then it counts.", email=email))
    return go("/devices")


@front.get("/addresses/<token>")
@audience(Audience.LINK)
def address_page(token: str) -> tuple[str, int]:
    """What the link opens: a button. Opening it changes nothing."""
    asked = _asked(token)
    return show("front/address.html", status=200 if asked else 410, token=token, email=asked["email"] if asked else "")


@front.post("/addresses/<token>")
@audience(Audience.LINK)
def confirm_address(token: str) -> tuple[str, int]:
    """The button."""
    asked = _asked(token)
    try:
        if asked is None:
            raise Refused("gone")
        _confirm(UUID(asked["person"]), asked["email"])
    except Refused:
        return show("front/address.html", status=410, token=token, email="")
    return show("front/address.html", token=token, email=asked["email"], done=True)


def _confirm(person_id: UUID, email: str) -> None:
    """The address is theirs. If its owner had a sign-in here already, what the newcomer joined belongs to that one."""
    with transaction():
        try:
            persons.confirm_email(person_id, email)
        except Refused as refused:
            owner = persons.by_email(email)
            if refused.code != "known" or owner is None:
                raise
            invite.pass_on(person_id, owner, clock.now())
            rest.known_as(person_id, owner.id)
            forget(person_id)


def _asked(token: str) -> dict[str, Any] | None:
    try:
        asked: dict[str, Any] = _serializer().loads(token)
    except BadSignature:
        return None
    return asked if datetime.fromisoformat(asked["until"]) > clock.now() else None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="address")
