"""Closing a case, from its trial: the mediation is over, and the time runs after which everything is deleted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases import close
from tracker.keeping import retention
from tracker.pages import fragments
from tracker.pages.access import Audience, audience, here
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.desk import programme
from tracker.pages.texts import day_year
from tracker.trials import find
from tracker.trials.here import Here
from tracker.trials.state import State

OVER = (State.ENDED, State.LAPSED)  # nothing goes on by itself: a lapsed trial waits for its mediator alone


@mediator.post("/caseload/<uuid:trial>/closings")
@audience(Audience.MEDIATOR)
def close_case(trial: object) -> Response:
    """Close a case none of whose trials goes on; it leaves the caseload."""
    if (other := _going_on()) is not None:
        mine = other.trial.id == here().trial.id
        return _back(_("End the trial first.") if mine else _end_first(other), done=False)
    close.close(here().case.id, clock.now())
    return _back(_("The case is closed. It is no longer in your caseload."))


@mediator.post("/caseload/<uuid:trial>/reopenings")
@audience(Audience.MEDIATOR)
def reopen_case(trial: object) -> Response:
    """Open it again; nothing is deleted for now."""
    close.reopen(here().case.id, clock.now())
    return _back(_("The case is open again."))


def values(state: State) -> dict[str, Any]:
    """What the trial's page says of its case: the reference, and until when all stays. At most one query."""
    found, now = here(), clock.now()
    said = {"reference": str(found.case.id)[:8], "closed": "", "held": False, "waits": "", "gone": ""}
    if (closed := retention.of_case(found.case, now)) is not None:
        since = found.case.closed_at or now
        gone = _written(retention.earliest(closed, now))
        return said | {"closed": day_year(_local(since)), "held": closed.held, "gone": gone}
    if state not in OVER:
        return said | {"waits": _("You can close it when the trial is over.")}
    if (other := _going_on()) is not None:
        return said | {"waits": _end_first(other)}
    return said | {"gone": _written(now + timedelta(days=programme().retention_days))}


def _going_on() -> Here | None:
    """The trial of this case that is not over, this one before others: closing would take it out of the caseload, and
    delete it some day, while its parties still note."""
    found, now = here(), clock.now()
    others = [one for one in find.all_of_case(found.case.id) if one.state(now) not in OVER]
    return min(others, key=lambda one: one.trial.id != found.trial.id, default=None)


def _end_first(other: Here) -> str:
    return _("Another trial of this case is not over: end “%(title)s” first.", title=other.trial.title)


def _local(moment: datetime) -> date:
    return clock.local_date(here().zone, moment)


def _written(moment: datetime) -> str:
    """With its year: it can be two years ahead."""
    return day_year(_local(moment))


def _back(sentence: str, *, done: bool = True) -> Response:
    fragments.say(sentence, done=done)
    return fragments.go(f"/caseload/{here().trial.id}")
