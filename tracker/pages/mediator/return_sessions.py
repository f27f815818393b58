"""The return sessions to come, the nearest first."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_login import current_user

from tracker import clock
from tracker.pages.access import Audience, audience
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.desk import programme, show
from tracker.pages.session_words import place_in_words
from tracker.pages.texts import day_time
from tracker.returns import session


@mediator.get("/return-sessions")
@audience(Audience.MEDIATOR)
def return_sessions() -> tuple[str, int]:
    """Those to come; below them the ones that were, the latest first."""
    now = clock.now()
    coming: list[dict[str, str]] = []
    past: list[dict[str, str]] = []
    for planned, trial in session.of_mediator(current_user.person.id, programme().id):
        zone = ZoneInfo(trial.timezone)
        text = day_time(planned.starts_at, zone)
        row = {"text": text, "sub": ", ".join(filter(None, (trial.title, place_in_words(planned.place))))}
        row |= {"href": f"/caseload/{trial.id}/summary", "icon": "calendar-check", "aside": _("Summary")}
        # On its own day it still is to come: the summary is open on the table.
        over = clock.local_date(zone, planned.starts_at) < clock.local_date(zone, now)
        (past if over else coming).append(row)
    return show("return_sessions.html", "sessions", coming=coming, past=past[::-1])
