"""Whose device this is: a tag for the browser's own notes, and the key that goes with the sign-in."""

from __future__ import annotations

import hmac
from base64 import b64decode

from flask import Flask, abort, current_app, jsonify
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.pages.access import Audience, audience
from tracker.pages.device.blueprint import device
from tracker.people import device_keys


def who() -> str:
    """The signed-in person as their devices know them: the same on each, telling nobody who it is. Empty for nobody,
    and on a device that others use as well: such a one keeps nothing.
    """
    if not current_user.is_authenticated or current_user.device.shared:
        return ""
    secret = str(current_app.secret_key).encode()
    return hmac.new(secret, b"device:" + current_user.person.id.bytes, "sha256").hexdigest()[:32]


def init(app: Flask) -> None:
    """Let each page say whose it is."""
    app.add_template_global(who, "who_reads")


@device.get("/device-key")
@audience(Audience.SIGNED_IN)
def device_key() -> Response:
    """The person's key, until when the device may keep it (milliseconds since 1970), and the time by our clock.

    `raw` is the key as the worker takes it; one from before knows only its text.
    """
    if current_user.device.shared:
        abort(404)
    until = current_user.device.expires_at.timestamp() * 1000
    now = clock.now().timestamp() * 1000
    key = device_keys.of(current_user.person)
    return jsonify(who=who(), key=key, raw=list(b64decode(key)), until=until, now=now)
