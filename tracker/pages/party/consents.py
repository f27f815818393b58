"""What a party agreed to, and taking it back: that is leaving, and the others read the same sentence as ever."""

from __future__ import annotations

from uuid import UUID

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases import consent
from tracker.errors import Refused
from tracker.pages.access import Audience, audience, here
from tracker.pages.consent_words import sentences
from tracker.pages.fragments import go, say
from tracker.pages.party import leaving
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, me, show
from tracker.pages.texts import day
from tracker.people import programmes
from tracker.trials import rest
from tracker.trials.state import State


@party.get("/trials/<uuid:trial>/consents")
@audience(Audience.PARTY)
def consents(trial: UUID) -> tuple[str, int]:
    """What they agreed to and when; or what there is to agree to now."""
    given = consent.in_force(me().id)
    text = programmes.current_text(here().case.programme_id)
    newest = given is not None and (given.version, given.text_id) == (consent.CURRENT, text.id if text else None)
    return show(
        "consents.html",
        "more",
        given=_("You agreed on %(day)s.", day=day(clock.local_date(here().zone, given.at))) if given else "",
        newest=newest,
        version=consent.CURRENT,
        sentences=sentences(consent.CURRENT),
        programme_text=text.text if text else "",
        text_id=text.id if text else "",
        can_leave=rest.can_leave(here(), clock.now()),
        something_to_leave=bool(leaving.of_this_case()),
    )


@party.post("/trials/<uuid:trial>/consents")
@audience(Audience.PARTY)
def agree_to_consent(trial: UUID) -> Response:
    """Agree to the version that the page showed, and to the programme's own text that it showed."""
    text = programmes.current_text(here().case.programme_id)
    try:
        if request.form.get("text_id", "") != (str(text.id) if text else ""):
            raise Refused("outdated")
        consent.give(me(), request.form.get("version", ""), text.id if text else None, clock.now())
        say(_("Saved."))
    except Refused:
        say(_("The text has changed in the meantime. Please read it again."), done=False)
    return go(f"{base()}/consents")


@party.post("/trials/<uuid:trial>/consents/withdrawals")
@audience(Audience.PARTY)
def withdraw_consent(trial: UUID) -> Response:
    """Take it back, and leave: not this trial alone, for it was given for the whole case."""
    if request.form.get("sure") != "yes":
        return go(f"{base()}/consents")
    consent.withdraw(me().id, clock.now())
    left = leaving.of_this_case()
    for one in left:
        rest.leave(one, clock.now())
    if here().state(clock.now()) is not State.ENDED:
        return go(f"{base()}/today")
    say(_("You took it back, and left the trial that went on.") if left else _("You took it back."))
    return go(f"{base()}/consents")
