"""What a mediator does with a trial: pause it, let it go on, extend it, end it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from flask import abort, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import Refused
from tracker.pages import fragments
from tracker.pages.access import Audience, audience, here
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.trial import page
from tracker.pages.texts import day, day_year
from tracker.plans.plan import MOST_DAYS
from tracker.plans.values import parse_date
from tracker.trials import rest, safety

Answer = Response | tuple[str, int]


@mediator.post("/caseload/<uuid:trial>/pauses")
@audience(Audience.MEDIATOR)
def pause(trial: object) -> Response:
    """Pause the trial."""
    try:
        rest.pause(here(), current_user.person.id, clock.now())
    except Refused:
        return _back(_("This trial is not running."), done=False)
    return _back(_("Paused. Both parties read that the trial has been paused, and get no check-ins."))


@mediator.post("/caseload/<uuid:trial>/resumptions")
@audience(Audience.MEDIATOR)
def resume(trial: object) -> Response:
    """Let a paused trial go on."""
    try:
        rest.resume(here(), clock.now(), request.form.get("since", type=datetime.fromisoformat))
    except Refused as refused:
        again = _("It was paused once more since this page was opened. Look at it again.")
        left = _("A party has left. This trial can only be ended.")
        return _back(again if refused.code == "again" else left, done=False)
    return _back(_("The trial goes on."))


@mediator.post("/caseload/<uuid:trial>/endings")
@audience(Audience.MEDIATOR)
def end(trial: object) -> Response:
    """End the trial; today is its last day."""
    try:
        ending = rest.end(here(), current_user.person.id, clock.now())
    except Refused:
        return _back(_("This trial is not running."), done=False)
    return _back(_("Ended. %(day)s is the last day that counts.", day=day(ending.last_day)))


@mediator.post("/caseload/<uuid:trial>/extensions")
@audience(Audience.MEDIATOR)
def extend(trial: object) -> Answer:
    """Propose to go on until a later day; it counts when both have accepted it."""
    typed = request.form.get("last_day", "")
    last = parse_date(typed)
    if last is None:
        return page({"last_day": _("Choose the new last day.")}, {"last_day": typed}, 422)
    try:
        rest.extend(here(), last, current_user.person.id, clock.now())
    except Refused as refused:
        latest = here().facts.starts_on + timedelta(days=MOST_DAYS - 1)
        sentence = {
            "not_later": _("Choose a day after %(day)s.", day=day_year(here().facts.last_day)),
            "too_long": _(
                "Choose a day up to %(day)s: a trial lasts %(n)s days at most.", day=day_year(latest), n=MOST_DAYS
            ),
            "not_running": _("Only a trial that runs can be extended."),
        }[refused.code]
        return page({"last_day": sentence}, {"last_day": typed}, 422)
    return _back(_("Proposed: until %(day)s. It counts when both have accepted it.", day=day(last)))


@mediator.post("/caseload/<uuid:trial>/safety-messages/<uuid:message>/seen")
@audience(Audience.MEDIATOR)
def seen(trial: object, message: UUID) -> Response:
    """The mediator has read a safety message."""
    if not safety.mark_seen(here(), message, clock.now()):
        abort(404)
    return _back(_("Marked as seen. Only you see that."))


def _back(sentence: str, *, done: bool = True) -> Response:
    fragments.say(sentence, done=done)
    return fragments.go(f"/caseload/{here().trial.id}")
