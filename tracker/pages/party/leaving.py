"""Pausing and leaving, at any time and without a reason. Each asks once and says what happens."""

from __future__ import annotations

from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import Refused
from tracker.pages.access import Audience, audience, here
from tracker.pages.fragments import go, say
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, me, show
from tracker.trials import find, rest
from tracker.trials.here import Here


@party.get("/trials/<uuid:trial>/pauses")
@audience(Audience.PARTY)
def pause_page(trial: UUID) -> Response | tuple[str, int]:
    """What a pause means, and the button."""
    if not rest.can_pause(here(), clock.now()):
        return go(f"{base()}/today")
    return show("pause.html", "more", last=here().facts.last_day)


@party.post("/trials/<uuid:trial>/pauses")
@audience(Audience.PARTY)
def pause(trial: UUID) -> Response:
    """Pause. Today says so in the same words to everybody."""
    try:
        rest.pause(here(), current_user.person.id, clock.now())
    except Refused:
        say(_("There is nothing to pause today."), done=False)
    return go(f"{base()}/today")


@party.get("/trials/<uuid:trial>/withdrawals")
@audience(Audience.PARTY)
def leave_page(trial: UUID) -> Response | tuple[str, int]:
    """What leaving means, and the button."""
    if not rest.can_leave(here(), clock.now()):
        return go(f"{base()}/today")
    return show("leave.html", "more")


@party.post("/trials/<uuid:trial>/withdrawals")
@audience(Audience.PARTY)
def leave(trial: UUID) -> Response:
    """Leave, once the page that asks has been read."""
    if request.form.get("sure") != "yes":
        return go(f"{base()}/withdrawals")
    rest.leave(here(), clock.now())
    return go(f"{base()}/today")


def ways_out() -> list[dict[str, str]]:
    """Pausing and leaving, for as long as there is something to pause or leave."""
    rows = []
    if rest.can_pause(here(), clock.now()):
        rows.append({"text": _("Pause this trial"), "href": f"{base()}/pauses", "icon": "pause"})
    if rest.can_leave(here(), clock.now()):
        rows.append({"text": _("Leave this trial"), "href": f"{base()}/withdrawals", "icon": "log-out"})
    return rows


def of_this_case() -> list[Here]:
    """The trials of the case that this party can still leave: what they agreed to on joining is for all of them."""
    now, mine = clock.now(), find.all_of_party(current_user.person.id)
    return [one for one in mine if one.party == me() and rest.can_leave(one, now)]
