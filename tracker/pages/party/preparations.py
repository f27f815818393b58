"""What a party prepares, one screen each and saved as typed; and the answer about an option."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import Refused
from tracker.pages import fragments
from tracker.pages.access import Audience, audience, here
from tracker.pages.fragments import go, say
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, show
from tracker.pages.preparation_words import headings, hints
from tracker.returns import carry, prepare


@party.get("/trials/<uuid:trial>/preparations/<item>")
@audience(Audience.PARTY)
def preparation(trial: UUID, item: str) -> tuple[str, int]:
    """One item as it was left."""
    if item not in prepare.ITEMS:
        abort(404)
    found = prepare.own(here()).get(item)
    return _screen(item, {"text": found.text, "audience": found.audience} if found else {}, {}, 200)


@party.post("/trials/<uuid:trial>/preparations/<item>")
@audience(Audience.PARTY)
def prepare_item(trial: UUID, item: str) -> Response | tuple[str, int]:
    """Keep it. While it is being typed the answer is one sentence, and the page stays."""
    if item not in prepare.ITEMS:
        abort(404)
    typed = {"text": request.form.get("text", "").replace("\r\n", "\n"), "audience": request.form.get("audience", "")}
    while_typing = request.form.get("do") == "save" and fragments.wants_block()
    errors = {}
    if typed["audience"] not in prepare.AUDIENCES:
        errors["audience"] = _("Please choose who may read it.")
    if len(typed["text"]) > prepare.LONGEST or "\0" in typed["text"]:
        errors["text"] = _("Use at most %(n)s characters.", n=prepare.LONGEST)
    if errors:
        return _screen(item, typed, errors, 422, "kept" if while_typing else "content")
    prepare.write(here(), item, typed["audience"], typed["text"], clock.now())
    if while_typing:
        return _screen(item, typed, {}, 200, "kept")
    say(_("Saved."))
    return go(f"{base()}/prepare")


@party.post("/trials/<uuid:trial>/options/<uuid:option>/answers")
@audience(Audience.PARTY)
def answer_option(trial: UUID, option: UUID) -> Response:
    """The author agrees that the mediator carries an option over, or does not."""
    try:
        carry.answer(here(), option, request.form.get("answer", ""), clock.now())
    except Refused as refused:
        if refused.code != "carried":
            abort(404)
        say(_("Your mediator has carried it over already."))
        return go(f"{base()}/prepare")
    say(_("Your mediator reads your answer. You can change it until it was carried over."))
    return go(f"{base()}/prepare")


def _screen(
    item: str, typed: dict[str, str], errors: dict[str, str], status: int, block: str = "content"
) -> tuple[str, int]:
    words: dict[str, Any] = {"heading": headings()[item], "hint": hints()[item], "limit": prepare.LONGEST}
    return show("preparation.html", "prepare", status, block=block, item=item, typed=typed, errors=errors, **words)
