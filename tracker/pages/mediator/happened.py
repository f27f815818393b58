"""What happened to a trial, in sentences, for its mediator alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_login import current_user

from tracker.cases.model import Party
from tracker.pages.outcome_words import outcome_sentence
from tracker.pages.texts import day, day_time
from tracker.returns.history import Event
from tracker.trials.here import Here


def happened(here: Here, events: Sequence[Event]) -> list[dict[str, Any]]:
    """One sentence for each event that is over, newest first, with what was written."""
    names = _names(here.parties)
    found = []
    for event in events:
        if event.kind == "session":
            continue
        sentence = _sentence(
            event,
            (names.get(event.who) if event.who else None) or _mediator(event),
            {party.key: party.name for party in here.parties},
        )
        found.append(
            {"when": day_time(event.at, here.zone), "text": sentence, "quote": event.text, "more": _more(event, here)}
        )
    return found


def _mediator(event: Event) -> str:
    """Who is no party is a mediator of the case: the one who reads, or who had it before."""
    mine = event.who is None or event.who == current_user.person.id
    return _("You") if mine else _("The mediator before you")


def _names(parties: Sequence[Party]) -> dict[UUID, str]:
    """Names by the ids of parties and of the people that they are."""
    names = {party.id: party.name for party in parties}
    return names | {party.person_id: party.name for party in parties if party.person_id}


def _sentence(event: Event, name: str, by_key: dict[str, str]) -> str:
    if event.kind == "proposed":
        return _("Version %(n)s of the plan was proposed: %(days)s days", n=event.number, days=event.word)
    if event.kind == "swap":
        whose = by_key.get(event.word, event.word)
        on = day(event.day) if event.day else ""
        return _("%(name)s proposed: the night of %(day)s with %(whose)s", name=name, day=on, whose=whose)
    if event.kind == "outcome":
        return outcome_sentence(event.word)
    if event.kind == "ended":
        return _(
            "%(name)s ended the trial; %(day)s is its last day", name=name, day=day(event.day) if event.day else ""
        )
    return {
        "accepted": lambda: _("%(name)s accepted version %(n)s", name=name, n=event.number),
        "asked": lambda: _("%(name)s asked for a change of version %(n)s", name=name, n=event.number),
        "returned": lambda: _("%(name)s sent version %(n)s of the memorandum back", name=name, n=event.number),
        "paused": lambda: _("%(name)s paused the trial", name=name),
        "left": lambda: _("%(name)s left the trial", name=name),
        "safety": lambda: _("%(name)s does not feel safe with this trial", name=name),
        "deleted": lambda: _("%(name)s had their own entries deleted", name=name),
        "released": lambda: _("%(name)s released the summary", name=name),
    }[event.kind]()


def _more(event: Event, here: Here) -> str:
    """How it went on."""
    if event.kind == "swap":
        return {
            "accepted": _("accepted"),
            "declined": _("declined"),
            "withdrawn": _("withdrawn"),
        }.get(event.other, _("not answered yet"))
    if event.until is None:
        return ""
    on = day_time(event.until, here.zone)
    words = {
        "paused": _("resumed %(when)s", when=on),
        "safety": _("seen %(when)s", when=on),
        "released": _("withdrawn %(when)s", when=on),
    }
    return words.get(event.kind, "")
