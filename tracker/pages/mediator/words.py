"""Sentences of the mediator's pages, made of the domain's plain words."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import clock
from tracker.pages.texts import day
from tracker.returns.needs import Need
from tracker.trials import draft
from tracker.trials.here import Here
from tracker.trials.model import TrialDraft
from tracker.trials.state import State


def where_it_stands(here: Here, now: datetime) -> str:
    """*Day 9 of 28*, or what the trial waits for."""
    state = here.state(now)
    if state is State.ENDED:
        return _("Ended on %(day)s", day=day(here.facts.last_day))
    if not state.begun:
        return _("From %(first)s, %(n)s days", first=day(here.facts.starts_on), n=here.facts.days)
    return _("Day %(n)s of %(days)s", n=here.facts.day_number(now), days=here.facts.days)


def need_text(need: Need, zone: ZoneInfo) -> str:
    """One reason to look at a trial, in a few words."""
    name = need.party.name if need.party else ""
    on = day(clock.local_date(zone, need.at)) if need.at else ""
    if need.kind == "no_entry":
        return ngettext(
            "%(name)s: no entry for %(num)s day", "%(name)s: no entry for %(num)s days", need.days, name=name
        )
    if need.kind == "unreached":
        return _unreached(need, name, on)
    if need.kind == "session":
        if need.days == 0:
            return _("Return session today")
        return ngettext("Return session in %(num)s day", "Return session in %(num)s days", need.days)
    if need.kind == "paused" and not name:
        return _("Paused since %(day)s", day=on)
    return {
        "safety": lambda: _("%(name)s: safety message, %(day)s", name=name, day=on),
        "left": lambda: _("%(name)s left the trial on %(day)s", name=name, day=on),
        "paused": lambda: _("Paused since %(day)s, by %(name)s", day=on, name=name),
        "asked": lambda: _("%(name)s asked for a change on %(day)s", name=name, day=on),
        "returned": lambda: _("%(name)s sent the memorandum back on %(day)s", name=name, day=on),
        "lapsed": lambda: _("The first day passed before both had accepted"),
        "waiting": lambda: _waiting(need),
        "extending": lambda: _("%(name)s has not answered the extension yet", name=name),
        "release": lambda: _("Summary not released yet"),
        "no_session": lambda: _("No return session planned"),
    }[need.kind]()


def _unreached(need: Need, name: str, on: str) -> str:
    if need.why == "no_address":
        return _("%(name)s: no address for reminders, last on %(day)s", name=name, day=on)
    if need.why == "switched_off":
        return _("%(name)s: no reminder on %(day)s, your programme does not send the way they chose", name=name, day=on)
    if need.why == "refused":
        return _("%(name)s: the email address is refused, last on %(day)s", name=name, day=on)
    if need.why == "rejected":
        return _("%(name)s: the mail server does not take reminders, last try on %(day)s", name=name, day=on)
    if need.why == "device":
        return _("%(name)s: the device takes no reminders any more, last try on %(day)s", name=name, day=on)
    return _("%(name)s: reminders did not get through, last try on %(day)s", name=name, day=on)


def _waiting(need: Need) -> str:
    assert need.party is not None
    if need.party.person_id is None:
        return _("%(name)s has not joined yet", name=need.party.name)
    return _("%(name)s has not accepted yet", name=need.party.name)


def last_entry(here: Here, last: date | None, now: datetime) -> str:
    """How long ago a party wrote about a day: *today*, *yesterday*, *4 days ago*."""
    if last is None:
        return _("nothing yet")
    days = (here.facts.today(now) - last).days
    if days <= 0:
        return _("today")
    return _("yesterday") if days == 1 else ngettext("%(num)s day ago", "%(num)s days ago", days)


def draft_name(one: TrialDraft) -> str:
    """What a draft is called so far."""
    return draft.content(one).get("people", {}).get("title") or _("Without a name yet")
