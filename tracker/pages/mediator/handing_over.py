"""Handing a case over: the mediator who has it gives it to another one of the programme."""

from __future__ import annotations

from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import Refused
from tracker.pages import fragments
from tracker.pages.access import Audience, audience, here
from tracker.pages.handing_over import tell
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.parties import page
from tracker.people import memberships
from tracker.trials import hand_over


@mediator.post("/caseload/<uuid:trial>/handovers")
@audience(Audience.MEDIATOR)
def hand_case_over(trial: object) -> Response | tuple[str, int]:
    """Give the case away; it leaves the caseload at once, with all its trials."""
    found, said = here(), request.form.get("to", "")
    me = current_user.person.id
    working = memberships.people_of(found.case.programme_id)
    known = {str(one.id): one for one in hand_over.candidates(working, me)}
    if said not in known:
        return page({"to": _("Choose who takes it over.")}, 422)
    name = known[said].name
    try:
        done = hand_over.hand_over(found.case.id, me, UUID(said), clock.now())
    except Refused as refused:
        if refused.code == "gone":  # handed over from another tab
            return after_handing_over(found.trial.id) or fragments.go("/caseload")
        return page({"to": _("They cannot take over this case.")}, 422)
    tell(done)
    return _done(name)


def after_handing_over(trial: UUID) -> Response | None:
    """To the caseload, for who has just given this case away: sent again, because the answer that said so was lost, the
    form finds nothing more of it."""
    to = request.form.get("to", type=UUID)
    taker = hand_over.given_away(trial, current_user.person.id, to, clock.now()) if to else None
    return _done(taker.name) if taker else None


def _done(name: str) -> Response:
    fragments.say(_("Done. It is %(name)s's case now.", name=name))
    return fragments.go("/caseload")
