"""Keeping: how long what was noted stays, what will be deleted when, and what the programme holds. Never content."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import Refused
from tracker.keeping import holds, retention
from tracker.pages import since_opened
from tracker.pages.access import Audience, audience
from tracker.pages.fragments import say, stay
from tracker.pages.programme.blueprint import programme
from tracker.pages.programme.frame import mine, show, zone
from tracker.pages.texts import day_year
from tracker.plans.values import parse_number

Answer = Response | tuple[str, int]


@programme.get("/programme/keeping")
@audience(Audience.ADMINISTRATOR)
def keeping() -> tuple[str, int]:
    """The setting, what is to come, and the holds."""
    return _show({}, {})


@programme.post("/programme/keeping")
@audience(Audience.ADMINISTRATOR)
def set_keeping() -> Answer:
    """How many days after a case's closing what was noted in it is deleted."""
    wanted, clash = since_opened.merge(request.form, {"days": request.form.get("days", "").strip()}, _kept())
    typed = wanted["days"]
    if clash:
        return _show({"days": typed}, {"days": since_opened.newer(clash["days"])}, 422)
    try:
        retention.set_days(mine().id, parse_number(typed) or 0, clock.now())
    except Refused:
        sentence = _("Write a number of days from %(low)s to %(high)s.", low=retention.SHORTEST, high=retention.LONGEST)
        return _show({"days": typed}, {"days": sentence}, 422)
    say(ngettext("Saved: %(num)s day.", "Saved: %(num)s days.", int(typed)))
    return stay("/programme/keeping", lambda: _show({}, {}))


@programme.post("/programme/holds")
@audience(Audience.ADMINISTRATOR)
def place_hold() -> Answer:
    """Hold a case of this programme, with a reason."""
    typed = {name: request.form.get(name, "") for name in ("reference", "reason")}
    try:
        holds.place(mine(), typed["reference"], typed["reason"], current_user.person.id, clock.now())
    except Refused as refused:
        errors = {
            "reference": (
                "reference",
                _("No case of this programme has this reference. Its mediator can read it out."),
            ),
            "purged": ("reference", _("What was in this case has been deleted already.")),
            "reason": ("reason", _("Write the reason, in at most %(n)s characters.", n=holds.LONGEST_REASON)),
        }
        field, sentence = errors[refused.code]
        return _show(typed, {field: sentence}, 422)
    say(_("Held. Nothing in this case is deleted until you lift the hold."))
    return stay("/programme/keeping", lambda: _show({}, {}))


@programme.post("/programme/holds/<uuid:hold>/liftings")
@audience(Audience.ADMINISTRATOR)
def lift_hold(hold: UUID) -> Answer:
    """Lift a hold. Another programme's is not found."""
    try:
        case = holds.lift(mine().id, hold, current_user.person.id, clock.now())
        still = holds.is_held(case)
        say(
            _("Lifted. Another hold still keeps this case.")
            if still
            else _("Lifted. The case is deleted when its time has come.")
        )
    except Refused:
        say(_("This hold was lifted already."), done=False)
    return stay("/programme/keeping", lambda: _show({}, {}))


def _kept() -> dict[str, str]:
    return {"days": str(mine().retention_days)}


def _show(typed: dict[str, str], errors: dict[str, str], status: int = 200) -> tuple[str, int]:
    now = clock.now()
    closed = [
        {
            "reference": str(one.case.id)[:8],
            "mediator": one.mediator,
            "day": day_year(clock.local_date(zone(), retention.earliest(one, now))),
            "held": one.held,
        }
        for one in retention.closed(now, mine().id)
    ]
    return show(
        "keeping.html",
        "keeping",
        status,
        days=mine().retention_days,
        was=since_opened.marks(_kept()),
        low=retention.SHORTEST,
        high=retention.LONGEST,
        closed=closed,
        holds=[_hold(held) for held in holds.in_force(mine().id)],
        typed=typed,
        errors=errors,
        limit=holds.LONGEST_REASON,
    )


def _hold(held: holds.Held) -> dict[str, Any]:
    hold = held.hold
    return {
        "id": hold.id,
        "reference": str(hold.case_id)[:8],
        "since": _("since %(day)s, by %(name)s", day=day_year(clock.local_date(zone(), hold.at)), name=held.by),
        "reason": hold.reason,
    }
