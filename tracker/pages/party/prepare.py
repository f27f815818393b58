"""Prepare: how long until the return session, and what will be shown there and to whom. Afterwards: the summary."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import clock
from tracker.pages.access import Audience, audience, here
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, me, show
from tracker.pages.preparation_words import audience_words, headings
from tracker.pages.summary_view import summary_values
from tracker.pages.texts import clock_time, day
from tracker.returns import carry, memorandum, session
from tracker.returns import prepare as prepared
from tracker.returns.model import ReturnSession
from tracker.summaries import release
from tracker.summaries.model import Release
from tracker.trials.find import Here


@party.get("/trials/<uuid:trial>/prepare")
@audience(Audience.PARTY)
def prepare(trial: UUID) -> tuple[str, int]:
    """The countdown, and what will be shown."""
    found, now = here(), clock.now()
    planned, made = session.with_release(found.trial.id)
    mine, carried = carry.for_party(found)
    return show(
        "prepare.html",
        "prepare",
        planned=when_and_where(planned, found, now) if planned else None,
        released=_on(made) if made else "",
        items=_items(found),
        options=[{"id": one.id, "text": one.text, "answer": one.answer, "carried": one.carried_at} for one in mine],
        carried=[one.text for one in carried],
        theirs=_theirs(found, made),
        memorandum=memorandum.current(found.trial.id) is not None,
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


def _items(found: Here) -> list[dict[str, str]]:
    """The six items with what is written so far."""
    own, audiences = prepared.own(found), audience_words()
    return [
        {
            "href": f"{base()}/preparations/{item}",
            "text": text,
            "sub": audiences[own[item].audience] if item in own else _("Nothing written yet"),
        }
        for item, text in headings().items()
    ]


def _theirs(found: Here, made: Release | None) -> list[dict[str, str]]:
    """What the other party marked for the summary, once it is released."""
    if made is None:
        return []
    names, me_id, words = {one.id: one.name for one in found.parties}, me().id, headings()
    return [
        {"title": words[one.item], "name": names[one.party_id], "text": one.text}
        for one in prepared.released(found.trial.id, made.at)
        if one.party_id != me_id
    ]


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
