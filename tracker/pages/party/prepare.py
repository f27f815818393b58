"""Prepare: how long until the return session, and what will be shown there and to whom. Afterwards: the summary."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import clock
from tracker.pages.access import Audience, audience, here
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, show
from tracker.pages.summary_view import summary_values
from tracker.pages.texts import clock_time, day
from tracker.returns import session
from tracker.returns.model import ReturnSession
from tracker.summaries import release
from tracker.summaries.model import Release
from tracker.trials.find import Here


@party.get("/trials/<uuid:trial>/prepare")
@audience(Audience.PARTY)
def prepare(trial: UUID) -> tuple[str, int]:
    """The countdown, and what will be shown."""
    found, now = here(), clock.now()
    planned = session.of_trial(found.trial.id)
    return show(
        "prepare.html",
        "prepare",
        planned=when_and_where(planned, found, now) if planned else None,
        released=_on(made) if (made := release.current(found.trial.id)) else "",
        last=found.facts.last_day,
        sharing=found.trial.sharing,
    )


@party.get("/trials/<uuid:trial>/summary")
@audience(Audience.PARTY)
def released_summary(trial: UUID) -> tuple[str, int]:
    """The summary as it stood when the mediator released it; until then, that it is not released yet."""
    found = release.current(here().trial.id)
    if found is None:
        return show("not-released.html", "prepare")
    values = summary_values(here(), "party", until=found.at)
    return show("summary.html", "prepare", summary=values, url=f"{base()}/summary", released=_on(found))


def when_and_where(planned: ReturnSession, found: Here, now: datetime) -> dict[str, str]:
    """The return session in words: its day, time and place, and how far away it is."""
    local = planned.starts_at.astimezone(found.zone)
    left = (local.date() - found.facts.today(now)).days
    away = ngettext("in %(num)s day", "in %(num)s days", left) if left > 1 else _("tomorrow")
    if left <= 0:
        away = _("today") if left == 0 and planned.starts_at > now else ""
    when = _("%(day)s, %(time)s", day=day(local.date()), time=clock_time(local))
    return {"when": when, "place": planned.place, "away": away}


def _on(made: Release) -> str:
    """The day on which the summary was released."""
    return day(made.at.astimezone(here().zone).date())
