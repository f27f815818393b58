"""How a party wants to be reached, and when that is safe. Only their mediator reads it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases import contact
from tracker.pages import since_opened
from tracker.pages.access import Audience, audience
from tracker.pages.contact_words import ways
from tracker.pages.fragments import go, say
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, me, show

FIELDS = ("way", "address", "times", "voicemail")


@party.get("/trials/<uuid:trial>/contact")
@audience(Audience.PARTY)
def contact_page(trial: UUID) -> tuple[str, int]:
    """Ask; what was said before is filled in."""
    return _show(_kept(), {}, 200)


@party.post("/trials/<uuid:trial>/contact")
@audience(Audience.PARTY)
def save_contact(trial: UUID) -> Response | tuple[str, int]:
    """Keep it."""
    said = {name: request.form.get(name, "").strip() for name in FIELDS}
    wanted, clash = since_opened.merge(request.form, _as_one(said), _as_one(_kept()))
    typed = {**wanted["reach"][0], "times": wanted["times"]}
    errors = _newer(clash)
    if errors:
        return _show(said, errors, 422)
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


def _kept() -> dict[str, str]:
    """What they said before, as the form has it."""
    kept = contact.of_party(me().id)
    if kept is None:
        return dict.fromkeys(FIELDS, "")
    texts = {"way": kept.way, "address": kept.address, "times": kept.times}
    return texts | {"voicemail": "yes" if kept.voicemail else ""}


def _as_one(said: dict[str, str]) -> dict[str, Any]:
    """The way and what belongs to it are one: no call to the number of a text, no message left where none was to be."""
    return {"reach": [{name: said[name] for name in FIELDS if name != "times"}], "times": said["times"]}


def _newer(clash: dict[str, Any]) -> dict[str, str]:
    """At what another device has changed, too, what stands there by now."""
    found = {"times": since_opened.newer(clash["times"])} if "times" in clash else {}
    for now in clash.get("reach", ()):
        texts = [dict(ways()).get(now["way"], ""), now["address"]]
        left = _("A message may be left.") if now["voicemail"] else _("Leave no message on the voice mail.")
        said = ": ".join(filter(None, texts)) + (f". {left}" if now["way"] == "call" else "")
        found["way"] = since_opened.newer(said)
    return found


def _show(typed: dict[str, Any], errors: dict[str, str], status: int) -> tuple[str, int]:
    was = since_opened.marks(_as_one(_kept()))
    return show("contact.html", "more", status, typed=typed, was=was, errors=errors, ways=ways(), limit=contact.LONGEST)
