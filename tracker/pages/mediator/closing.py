"""Closing a case, from its trial: the mediation is over, and the time runs after which everything is deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases import close
from tracker.keeping.holds import is_held
from tracker.pages import fragments
from tracker.pages.access import Audience, audience, here
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.desk import programme
from tracker.pages.texts import day
from tracker.trials.state import State


@mediator.post("/caseload/<uuid:trial>/closings")
@audience(Audience.MEDIATOR)
def close_case(trial: object) -> Response:
    """Close the case of a trial that is over; it leaves the caseload."""
    if here().state(clock.now()) is not State.ENDED:
        return _back(_("End the trial first."), done=False)
    close.close(here().case.id, clock.now())
    return _back(_("The case is closed. It is no longer in your caseload."))


@mediator.post("/caseload/<uuid:trial>/reopenings")
@audience(Audience.MEDIATOR)
def reopen_case(trial: object) -> Response:
    """Open it again; nothing is deleted for now."""
    close.reopen(here().case.id, clock.now())
    return _back(_("The case is open again."))


def values(state: State) -> dict[str, Any] | None:
    """What the trial's page says of closing, or none while the trial is not over."""
    found = here()
    if state is not State.ENDED and not found.case.closed_at:
        return None
    keeps = timedelta(days=programme().retention_days)
    closed = found.case.closed_at
    return {
        "closed": day(clock.local_date(found.zone, closed)) if closed else "",
        "gone": day(clock.local_date(found.zone, (closed or clock.now()) + keeps)),
        "held": closed is not None and is_held(found.case.id),
        "reference": str(found.case.id)[:8],
    }


def _back(sentence: str, *, done: bool = True) -> Response:
    fragments.say(sentence, done=done)
    return fragments.go(f"/caseload/{here().trial.id}")
