"""The calm screens: a trial that waits, has not begun, is paused, was left, or is over."""

from __future__ import annotations

from tracker import clock
from tracker.observations import read
from tracker.pages.access import here
from tracker.pages.party import expected, plan
from tracker.pages.party.frame import base, me, show
from tracker.pages.party.prepare import when_and_where
from tracker.returns import session
from tracker.summaries import release
from tracker.trials import agree, rest
from tracker.trials.state import State


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
        return show_left() if here().facts.left_at and rest.has_left(here()) else show_paused()
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
    later = planned is not None and planned.starts_at > now
    return show(
        "ended.html",
        "today",
        last=found.facts.last_day,
        planned=when_and_where(planned, found, now) if planned and later else None,
        released=release.current(found.trial.id) is not None,
        last_open=_last_open(),
        summary_url=f"{base()}/summary",
    )


def _last_open() -> bool:
    """Whether this party's last day is still open, and recent enough to be more than a recollection."""
    found = here()
    if (found.facts.today(clock.now()) - found.facts.last_day).days > 3:
        return False
    own = read.said_since(found.trial.id, me().id, found.facts.last_day)
    return read.Said("day", found.facts.last_day) not in own
