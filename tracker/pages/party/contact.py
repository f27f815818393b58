"""How a party wants to be reached, and when that is safe. Only their mediator reads it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases import contact
from tracker.pages.access import Audience, audience
from tracker.pages.contact_words import ways
from tracker.pages.fragments import go, say
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, me, show


@party.get("/trials/<uuid:trial>/contact")
@audience(Audience.PARTY)
def contact_page(trial: UUID) -> tuple[str, int]:
    """Ask; what was said before is filled in."""
    kept = contact.of_party(me().id)
    typed = {"way": kept.way, "address": kept.address, "times": kept.times} if kept else {}
    return _show(typed | ({"voicemail": "yes"} if kept and kept.voicemail else {}), {}, 200)


@party.post("/trials/<uuid:trial>/contact")
@audience(Audience.PARTY)
def save_contact(trial: UUID) -> Response | tuple[str, int]:
    """Keep it."""
    typed = {name: request.form.get(name, "").strip() for name in ("way", "address", "times", "voicemail")}
    errors = {}
    if typed["way"] not in contact.WAYS:
        errors["way"] = _("Please choose one.")
    for name in ("address", "times"):
        if len(typed[name]) > contact.LONGEST:
            errors[name] = _("Use at most %(n)s characters.", n=contact.LONGEST)
    if errors:
        return _show(typed, errors, 422)
    voicemail = typed["voicemail"] == "yes"
    contact.wish(me(), typed["way"], typed["address"], typed["times"], clock.now(), voicemail=voicemail)
    say(_("Saved. Only your mediator sees it."))
    return go(f"{base()}/more")


def _show(typed: dict[str, Any], errors: dict[str, str], status: int) -> tuple[str, int]:
    return show("contact.html", "more", status, typed=typed, errors=errors, ways=ways(), limit=contact.LONGEST)
