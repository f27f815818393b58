"""A trial at the mediator's desk: where it stands, what it needs, both accounts by day, and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import clock
from tracker.cases import invite
from tracker.checkins import trouble
from tracker.observations import for_mediator
from tracker.observations.for_mediator import Noted
from tracker.pages.access import Audience, audience, here
from tracker.pages.faces import Face, faces, with_faces
from tracker.pages.mediator import closing, invitations, words
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.desk import show
from tracker.pages.mediator.entries import Ledger, by_week, days
from tracker.pages.mediator.happened import happened
from tracker.pages.plan_words import plan_name
from tracker.pages.summary_days import Look, strip_values
from tracker.pages.summary_parts import coverage
from tracker.pages.texts import day, day_time
from tracker.plans.entry import Entry
from tracker.returns import history
from tracker.returns.history import Event
from tracker.returns.needs import accepted, needs, newest_version
from tracker.summaries import counting
from tracker.summaries.coverage import coverage as covered
from tracker.trials.here import Here
from tracker.trials.state import State

ON_THE_PAGE = ("safety", "paused", "waiting", "extending")  # needs that the page shows in a place of their own


@mediator.get("/caseload/<uuid:trial>")
@audience(Audience.MEDIATOR)
def trial(trial: object) -> tuple[str, int]:
    """Everything about one trial."""
    return page()


def page(
    errors: dict[str, str] | None = None, typed: dict[str, str] | None = None, status: int = 200
) -> tuple[str, int]:
    """The page of the trial in the address; `errors` and what was typed, if one of its forms came back."""
    now, found = clock.now(), here()
    events = history.of_trial(found.trial.id)
    state = found.state(now)
    values = _head(found, events, now) | _accounts(found, events, now)
    if not state.begun:
        open_ones = invite.open_invitations(found.case.id, now)
        values["invitations"] = [invitations.shown(party, open_ones.get(party.id)) for party in found.parties]
    values["errors"], values["typed"] = errors or {}, typed or {}
    return show("trial.html", "caseload", status=status, **values)


def _head(found: Here, events: Sequence[Event], now: datetime) -> dict[str, Any]:
    state, facts = found.state(now), found.facts
    session = next((event for event in events if event.kind == "session"), None)
    return {
        "closing": closing.values(state),
        "trial": found.trial,
        "url": f"/caseload/{found.trial.id}",
        "plan": plan_name(found),
        "state": state.value,
        "begun": state.begun,
        "stands": words.where_it_stands(found, now),
        "number": facts.day_number(now),
        "days": facts.days,
        "first_day": facts.starts_on,
        "last_day": facts.last_day,
        "today": facts.today(now),
        "paused_at": facts.paused_at.isoformat() if facts.paused_at else "",
        "left": facts.left_at is not None,
        "session": {"when": day_time(session.at, found.zone), "place": session.word} if session else None,
        "released": any(event.kind == "released" and event.until is None for event in events),
        "safety": [_safety(event, found) for event in events if event.kind == "safety" and event.until is None],
        "answers": _answers(found, events),
        "extension": state is not State.ENDED and newest_version(found, events) > found.trial.version,
        "events": happened(found, events),
    }


def _safety(event: Event, found: Here) -> dict[str, Any]:
    name = next((party.name for party in found.parties if party.id == event.who), "")
    return {"id": event.id, "name": name, "when": day_time(event.at, found.zone), "text": event.text}


def _answers(found: Here, events: Sequence[Event]) -> list[dict[str, Any]]:
    """What each party says to the version that was proposed last."""
    newest = newest_version(found, events)
    given = accepted(events, newest)
    asked = {e.who: e for e in reversed(events) if e.kind == "asked" and e.number == newest}
    shown = []
    for party, face in with_faces(found.parties):
        at, request = given.get(party.id), asked.get(party.id)
        if at:
            text = _("accepted on %(when)s", when=day_time(at, found.zone))
        elif request:
            text = _("asked for a change on %(when)s", when=day_time(request.at, found.zone))
        else:
            text = _("has joined, not accepted yet") if party.person_id else _("has not joined yet")
        shown.append({"face": face, "text": text, "quote": request.text if request and not at else ""})
    return shown


def _accounts(found: Here, events: Sequence[Event], now: datetime) -> dict[str, Any]:
    """Needs, strip, coverage and the days. Before the first day there is nothing to read."""
    people = faces(found.parties)
    last = found.facts.latest_day(now)
    begun = found.state(now).begun
    noted = for_mediator.noted(found.trial.id) if begun else []
    lasts = [max((one.day for one in noted if one.party_id == party.id), default=None) for party in found.parties]
    values: dict[str, Any] = {
        "faces": people,
        "needs": [
            words.need_text(need, found.zone)
            for need in needs(found, found.parties, lasts, events, trouble.of_trials([found.trial.id], now), now)
            if need.kind not in ON_THE_PAGE
        ],
        "noted": len(noted),
    }
    if not begun:
        return values
    keys = {party.id: party.key for party in found.parties}
    ledger = Ledger(found.outline, people, keys, found.zone, found.trial.created_at)
    return values | {"ledger": by_week(days(ledger, noted, last))} | _strip(found, ledger, noted, people, last)


def _strip(found: Here, ledger: Ledger, noted: Sequence[Noted], people: list[Face], last: date) -> dict[str, Any]:
    outline = found.outline
    elapsed = [one for one in outline.all_days() if one <= last]
    entries = (Entry(n.id, ledger.keys[n.party_id], n.kind, n.day, n.recorded_at, n.answers) for n in noted)
    by_party = counting.accounts(outline, entries, elapsed)
    strip = strip_values(outline, by_party, elapsed, people, Look(ends=found.facts.last_day))
    figures = {"coverage": covered(by_party, elapsed, found.zone)}
    return {"strip": strip, "coverage": coverage(figures, people), "span": _span(found)}


def _span(found: Here) -> str:
    """From when to when, and how long: *1 of 45 days* where it ended before its time."""
    facts = found.facts
    length = ngettext("%(num)s day", "%(num)s days", facts.days)
    if (lasted := (facts.last_day - facts.starts_on).days + 1) < facts.days:
        length = _("%(n)s of %(days)s", n=lasted, days=length)
    return _("%(first)s to %(last)s, %(days)s", first=day(facts.starts_on), last=day(facts.last_day), days=length)
