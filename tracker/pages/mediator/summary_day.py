"""One day's two accounts, behind each cell of the summary's strip."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from tracker.pages.access import Audience, audience, here
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.desk import show
from tracker.pages.summary_day import day_values


@mediator.get("/caseload/<uuid:trial>/summary/days/<day:day>")
@audience(Audience.MEDIATOR)
def summary_day(trial: UUID, day: date) -> tuple[str, int]:
    """What the summary counts and quotes of this day: fit for a screen in the room."""
    title, url = here().trial.title, f"/caseload/{trial}"
    return show(
        "summary-day.html", "caseload", day=day_values(here(), day), title=title, trial_url=url, ledger_id=f"day-{day}"
    )
