"""Swapping a night: propose, accept, decline, withdraw. Only what both want moves the schedule."""

from __future__ import annotations

from uuid import UUID

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import Refused
from tracker.pages.access import Audience, audience, here
from tracker.pages.fragments import go, say
from tracker.pages.party.blueprint import party
from tracker.pages.party.calendar import show_calendar
from tracker.pages.party.frame import base
from tracker.pages.party.swap_words import refusal
from tracker.pages.texts import day as in_words
from tracker.plans.values import parse_date
from tracker.trials import changes


@party.post("/trials/<uuid:trial>/changes")
@audience(Audience.PARTY)
def propose_change(trial: UUID) -> Response | tuple[str, int]:
    """Propose that one night is with another parent."""
    day, with_key = parse_date(request.form.get("day", "")), request.form.get("with", "")
    errors = {} if day else {"day": _("Choose the day.")}
    if with_key not in here().agreed.parties:
        errors["with"] = _("Choose with whom the night would be.")
    if errors or day is None:
        return show_calendar(request.form, errors, 422)
    try:
        changes.propose(here(), day, with_key, clock.now())
    except Refused as refused:
        return show_calendar(request.form, {"day": refusal(refused.code)}, 422)
    say(_("Proposed. Nothing changes until the other parent accepts."))
    return go(f"{base()}/calendar")


@party.post("/trials/<uuid:trial>/changes/<uuid:change>/answers")
@audience(Audience.PARTY)
def answer_change(trial: UUID, change: UUID) -> Response:
    """Accept or decline what the other parent proposed, or withdraw what one proposed oneself."""
    word = request.form.get("answer", "")
    try:
        answered = changes.answer(here(), change, word, clock.now())
    except Refused as refused:
        say(refusal(refused.code), done=False)
    else:
        day = in_words(answered.day)
        said = {
            "accepted": _("Accepted. The night of %(day)s has moved in the calendar.", day=day),
            "declined": _("Declined. The schedule stays as it is."),
            "withdrawn": _("Withdrawn. The schedule stays as it is."),
        }
        say(said[word])
    return go(f"{base()}/calendar")
