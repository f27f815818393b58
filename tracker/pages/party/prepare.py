"""Prepare: how long until the return session, and what will be shown there and to whom. Afterwards: the summary."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import clock
from tracker.cases import guests
from tracker.pages.access import Audience, audience, here
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, me, show
from tracker.pages.preparation_words import overview
from tracker.pages.session_words import form_words
from tracker.pages.summary_view import summary_values
from tracker.pages.texts import day, day_time
from tracker.returns import option, preparation, referral, session
from tracker.returns.model import ReturnSession
from tracker.summaries import release
from tracker.summaries.model import Release
from tracker.trials.here import Here


@party.get("/trials/<uuid:trial>/prepare")
@audience(Audience.PARTY)
def prepare(trial: UUID) -> tuple[str, int]:
    """The countdown, the six topics, what is asked of this party, and what will be shown."""
    found, now, mine = here(), clock.now(), me()
    way = session.with_release(found.trial.id)
    planned, made = way.session, way.release
    asked, carried = option.for_party(found)
    return show(
        "prepare.html",
        "prepare",
        planned=when_and_where(planned, found, now, mine.id) if planned else None,
        topics=overview(preparation.own(found), f"{base()}/prepare"),
        asked=asked,
        carried=carried,
        referrals=referral.of_party(found),
        guests=[(one, mine.id in one.yes) for one in guests.of_case(found.case.id)],
        released=_on(made) if made else "",
        memorandum=way.memorandum,
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


def when_and_where(planned: ReturnSession, found: Here, now: datetime, party_id: UUID) -> dict[str, Any]:
    """The return session in words: its day, place and form, how far away it is, and when this party is to be there.

    `over`: as long after that time as it takes.
    """
    at = session.arrival_of(planned, party_id)
    left = (clock.local_date(found.zone, at) - found.facts.today(now)).days
    away = ngettext("in %(num)s day", "in %(num)s days", left) if left > 1 else _("tomorrow")
    if left <= 0:
        away = _("today") if left == 0 and at > now else ""
    over = at + timedelta(minutes=planned.minutes) <= now
    return {
        "when": day_time(at, found.zone),
        "place": planned.place,
        "away": away,
        "form": form_words(planned.form),
        "over": over,
    }


def _on(made: Release) -> str:
    """The day on which the summary was released."""
    return day(clock.local_date(here().zone, made.at))
