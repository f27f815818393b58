"""One day's two accounts in the released summary."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import abort

from tracker.pages.access import Audience, audience, here
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import show
from tracker.pages.summary_day import day_values
from tracker.summaries import release


@party.get("/trials/<uuid:trial>/summary/days/<day:day>")
@audience(Audience.PARTY)
def released_day(trial: UUID, day: date) -> tuple[str, int]:
    """What the released summary counts and quotes of this day; until a release there is no such page."""
    found = release.current(here().trial.id)
    if found is None:
        abort(404)
    return show("summary-day.html", "prepare", day=day_values(here(), day, until=found.at))
