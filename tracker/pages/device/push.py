"""Push messages to this device: switched on and off by its own script, for the person who is signed in on it."""

from __future__ import annotations

from flask import current_app, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases import settings
from tracker.db import transaction
from tracker.delivery.push import Subscription
from tracker.errors import Refused
from tracker.pages.access import Audience, audience
from tracker.pages.device.blueprint import device
from tracker.pages.limits import limiter, signed_in_person
from tracker.people import subscriptions


@device.post("/push-subscriptions")
@audience(Audience.SIGNED_IN)
@limiter.limit("30 per hour", key_func=signed_in_person)
def subscribe() -> Response:
    """Write to this device from now on, until its sign-in ends: one tap chooses this way, too."""
    given = (request.form.get(name, "") for name in ("endpoint", "p256dh", "auth"))
    try:
        with transaction():
            subscriptions.add(current_user.device, Subscription(*given), current_app.extensions["config"], clock.now())
            settings.add_channel(current_user.person.id, "push")
    except Refused as refused:
        return Response(_why(refused.code), 422, mimetype="text/plain")
    return Response(status=201)


@device.delete("/push-subscriptions")
@audience(Audience.SIGNED_IN)
def unsubscribe() -> Response:
    """Write nothing to this device any more. Twice is fine."""
    subscriptions.remove_of_device(current_user.device.id)
    return Response(status=204)


def _why(code: str) -> str:
    if code == "shared":
        return _("Somebody else may hold this device: reminders are not shown on it.")
    if code == "switched_off":
        return _("Your programme does not send reminders to devices. Choose another way.")
    return _("This browser gets its messages from a service that is not known here. Choose another way.")
