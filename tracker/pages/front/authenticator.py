"""Setting up an authenticator app: a QR code to scan, then the first code that it shows."""

from __future__ import annotations

import segno
from flask import request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock, lengths
from tracker.errors import Refused
from tracker.pages.access import Audience, audience
from tracker.pages.fragments import go, say, show
from tracker.pages.front.blueprint import front
from tracker.pages.front.devices import PROVE, after_setting_up, set_up
from tracker.pages.front.entering import renew_again, tell
from tracker.pages.front.local import local
from tracker.pages.front.proof import may_change
from tracker.people import second_step


@front.get("/authenticator")
@audience(Audience.SIGNED_IN)
def authenticator_page() -> Response | tuple[str, int]:
    """Show the QR code."""
    return _show(local(request.args.get("next")))


@front.post("/authenticator")
@audience(Audience.SIGNED_IN)
def confirm_authenticator() -> Response | tuple[str, int]:
    """The first code: the app works, and counts from now on."""
    target, code = local(request.form.get("next")), request.form.get("code", "")[: lengths.CODE]
    again = renew_again(code)
    if not may_change():
        return go(PROVE)
    if again or second_step.ways(current_user.person.id).app:
        return app_is_set_up()
    if second_step.confirm_app(current_user.person.id, code, clock.now()):
        return after_setting_up(target, _("The app is set up."), code)
    return _show(target, {"code": _("That is not the code that the app shows now. Wait for the next one.")}, 422)


def app_is_set_up() -> Response | tuple[str, int]:
    """It is already: the answer that said so was lost."""
    return set_up(local(request.form.get("next")), _("The app is set up."))


@front.post("/authenticator/removals")
@audience(Audience.SIGNED_IN)
def remove_authenticator() -> Response:
    """Forget the app."""
    if not may_change():
        return go(PROVE)
    if second_step.remove_app(current_user.person.id):
        tell(current_user.person)
    say(_("Removed. Codes from that app no longer count."))
    return go("/devices")


def _show(target: str, errors: dict[str, str] | None = None, status: int = 200) -> Response | tuple[str, int]:
    if not may_change():
        return go(PROVE)
    try:
        secret, url = second_step.begin_app(current_user.person, clock.now())
    except Refused:
        return go("/devices")
    drawing = segno.make(url, error="m", micro=False).svg_inline(
        border=2, omitsize=True, svgclass=None, lineclass=None, dark="#000", light="#fff"
    )
    grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return show("front/authenticator.html", status=status, qr=drawing, secret=grouped, next=target, errors=errors or {})
