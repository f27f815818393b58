"""The calm screens: a trial that waits, has not begun, is paused, was left, or is over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tracker import clock
from tracker.observations import read
from tracker.pages.access import here
from tracker.pages.party import expected, plan
from tracker.pages.party.frame import base, me, show
from tracker.pages.party.own_strip import own_strip
from tracker.pages.party.prepare import when_and_where
from tracker.plans.lateness import lateness
from tracker.returns import session
from tracker.summaries import release
from tracker.trials import agree, rest
from tracker.trials.state import State

LAST_DAYS = 4  # as many can still be open when the first of them becomes a recollection


def show_state() -> tuple[str, int]:
    """The screen of the trial's state, in Today's place."""
    state = here().state(clock.now())
    if state is State.PROPOSED:
        return _proposed()
    if state is State.LAPSED:
        return show("lapsed.html", "today", first=here().facts.starts_on)
    if state is State.ACCEPTED:
        return _not_started()
    if state is State.PAUSED:
        return show_left() if rest.has_left(here()) else show_paused()
    return _ended()


def show_paused() -> tuple[str, int]:
    """The same for everybody, whoever paused or left, and whenever: there is nothing in it that could tell."""
    return show("paused.html", "today")


def show_left() -> tuple[str, int]:
    """For the one who left, and nobody else."""
    return show("left.html", "today")


def _proposed() -> tuple[str, int]:
    """Waiting: for this party's own answer, or for another one's."""
    if me().id in agree.acceptances(here().plan.id):
        return show("waiting.html", "today", first=here().facts.starts_on, last=here().facts.last_day)
    return plan.show_plan("today", {}, "", 200)


def _not_started() -> tuple[str, int]:
    found, now = here(), clock.now()
    first = found.facts.starts_on
    return show(
        "not-started.html",
        "today",
        first=first,
        last=found.facts.last_day,
        left=(first - found.facts.today(now)).days,
        expected=expected.lines(found.outline, first, found.parties, me(), found.facts.today(now)),
    )


def _ended() -> tuple[str, int]:
    found, now = here(), clock.now()
    planned = session.of_trial(found.trial.id)
    return show(
        "ended.html",
        "today",
        last=found.facts.last_day,
        planned=when_and_where(planned, found, now, me().id) if planned else None,
        released=release.current(found.trial.id) is not None,
        open_days=_open_days(now),
        strip=_whole_strip(),
        summary_url=f"{base()}/summary",
    )


def _whole_strip() -> dict[str, Any]:
    """The own strip up to the last day that counts: after an end before its time nothing is still to come."""
    strip = own_strip(here(), me(), here().facts.last_day)
    return strip | {"cells": strip["cells"][: strip["elapsed"]]}


def _open_days(now: datetime) -> list[date]:
    """The last days that this party has not written about, recent enough to be more than a recollection."""
    found = here()
    last = found.facts.last_day
    recent = [d for n in reversed(range(LAST_DAYS)) if (d := last - timedelta(days=n)) >= found.facts.starts_on]
    recent = [d for d in recent if d <= found.facts.today(now) and lateness(d, now, found.zone) != "recollection"]
    if not recent:
        return []
    own = read.said_since(found.trial.id, me().id, recent[0])
    return [d for d in recent if read.Said("day", d) not in own]
