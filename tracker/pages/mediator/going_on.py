"""How it goes on after the return session: extend, change and start again, a memorandum, or an end. Each is dated."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import Refused
from tracker.pages import fragments
from tracker.pages.access import Audience, audience, here
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.desk import programme
from tracker.pages.mediator.setup import defaults
from tracker.pages.mediator.setup.views import going_on_with
from tracker.pages.outcome_words import outcome_sentence
from tracker.pages.texts import day
from tracker.returns import session
from tracker.trials import draft, outcome
from tracker.trials.state import State


@mediator.post("/caseload/<uuid:trial>/next-trials")
@audience(Audience.MEDIATOR)
def start_next(trial: UUID) -> Response:
    """Begin the case's next trial with this one's plan; it counts only when each party has accepted it."""
    now, found = clock.now(), here()
    if not found.state(now).begun or found.case.closed_at is not None:
        fragments.say(_("This trial has not begun, or its case is closed."), done=False)
        return fragments.go(f"/caseload/{trial}")
    content = defaults.content_of_next(found, found.facts.today(now))
    started = draft.begin(current_user.person.id, programme().id, content, now, next_of=found.case.id)
    draft.save(started, draft.content(started) | {"after": content["after"]}, now)
    going_on_with(started, now)
    return fragments.go(f"/caseload/new/{started.id}/terms")


@mediator.post("/caseload/<uuid:trial>/outcomes")
@audience(Audience.MEDIATOR)
def note_outcome(trial: UUID) -> Response:
    """Note that nothing goes on, or take that back."""
    if "take_back" in request.form:
        outcome.take_back(here())
        fragments.say(_("Taken back."))
    else:
        try:
            outcome.end(here(), clock.now())
            fragments.say(_("Noted: it ends here. When nothing is left to do, close the case."))
        except Refused:
            fragments.say(_("The trial is not over yet."), done=False)
    return fragments.go(f"/caseload/{trial}/return-session?at=going-on#going-on")


def values() -> dict[str, Any]:
    """What the return session's page says of it: what came about, and what can be done. Two queries."""
    found, now = here(), clock.now()
    onward = outcome.onward(found)
    state = found.state(now)
    return {
        "sentences": [
            (outcome_sentence(kind), day(clock.local_date(found.zone, at))) for kind, at in onward.reached.items()
        ],
        "ended": "ended" in onward.reached,
        "over": state is State.ENDED,
        "running": state is State.RUNNING,
        "begun": state.begun,
        "closed": found.case.closed_at is not None,
        "memorandum": session.with_release(found.trial.id).memorandum,
        "next": {"title": onward.next_title, "href": f"/caseload/{onward.next_id}"} if onward.next_id else None,
    }
