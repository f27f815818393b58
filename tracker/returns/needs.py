"""What a trial needs of its mediator, read from its dated records. Pure: `now` is an argument."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tracker.cases.model import Party
from tracker.checkins.trouble import Trouble
from tracker.returns.history import Event
from tracker.trials.here import Here
from tracker.trials.state import State

# In this order: somebody's safety, what stopped, what waits for the mediator, what waits for a party, what comes.
KINDS = (
    "safety", "left", "paused", "asked", "returned", "lapsed", "no_entry", "unreached", "waiting", "extending",
    "session", "release", "no_session",
)  # fmt: skip  # read in rows, as it is laid out
LONG_WITHOUT = 4  # days since the last entry: three whole days were missed, today is not over
SOON = 7  # days before a return session, or before the end of a trial without one


@dataclass(frozen=True, slots=True)
class Need:
    """One reason to look at a trial. `days`: since the last entry, or until the return session (0 = today).

    `party`: whom it is about, if anybody; `at`: since when, for what has happened. `why`: for `unreached`, the kind of
    trouble with check-ins.
    """

    kind: str
    party: Party | None = None
    days: int = 0
    at: datetime | None = None
    why: str = ""

    @property
    def urgency(self) -> tuple[int, int]:
        """Sorts needs: smaller is more urgent; the longest without an entry first, the nearest session first."""
        return KINDS.index(self.kind), self.days if self.kind == "session" else -self.days


def needs(
    here: Here,
    parties: Sequence[Party],
    last_days: Sequence[date | None],
    events: Sequence[Event],
    troubles: Sequence[Trouble],
    now: datetime,
) -> list[Need]:
    """The needs of a trial, the most urgent first.

    `last_days`: the latest day that each party wrote about. `troubles`: check-ins that did not arrive.
    """
    known = {party.id: party for party in parties}
    found = [
        *_happened(here, events, known, now),
        *_silence(here, parties, last_days, now),
        *_unreached(here, known, troubles, now),
        *_agreement(here, parties, events, now),
        *_coming(here, events, now),
    ]
    return sorted(found, key=lambda need: need.urgency)


def accepted(events: Sequence[Event], number: int) -> dict[UUID, datetime]:
    """Who accepted version `number` of the plan, and when, by party id."""
    return {e.who: e.at for e in events if e.kind == "accepted" and e.number == number and e.who}


def newest_version(here: Here, events: Sequence[Event]) -> int:
    """The number of the version that was proposed last: the one in force, or the extension that waits."""
    return max((e.number for e in events if e.kind == "proposed"), default=here.trial.version)


def _happened(here: Here, events: Sequence[Event], known: dict[UUID, Party], now: datetime) -> Iterator[Need]:
    over = here.state(now) is State.ENDED
    settled = max((event.at for event in events if event.kind == "outcome"), default=None)
    for event in events:
        party = known.get(event.who) if event.who else None
        if event.kind == "safety" and event.until is None:
            yield Need("safety", party, at=event.at)
        elif event.kind == "left" and not over:
            yield Need("left", party, at=event.at)
        elif event.kind == "paused" and event.until is None and not over:
            person = next((p for p in known.values() if p.person_id == event.who), None)
            yield Need("paused", person, at=event.at)
        elif event.kind == "returned" and event.until is None and (settled is None or settled < event.at):
            yield Need("returned", party, at=event.at)


def _silence(here: Here, parties: Sequence[Party], last_days: Sequence[date | None], now: datetime) -> Iterator[Need]:
    if here.state(now) is not State.RUNNING:
        return
    for party, last in zip(parties, last_days, strict=True):
        days = days_since(here, last, now)
        if days >= LONG_WITHOUT:
            yield Need("no_entry", party, days=days)


def _unreached(here: Here, known: dict[UUID, Party], troubles: Sequence[Trouble], now: datetime) -> Iterator[Need]:
    """Whom check-ins do not reach, as long as there are any and they are wanted."""
    if not here.state(now).in_force:
        return
    for one in troubles:
        if one.party_id in known and known[one.party_id].check_ins:
            why = "refused" if one.kind == "refused" else "" if one.reached else one.kind
            if why:
                yield Need("unreached", known[one.party_id], at=one.at, why=why)


def days_since(here: Here, last: date | None, now: datetime) -> int:
    """Days from the last day that a party wrote about, by default the day before the first one, until today."""
    return (here.facts.today(now) - (last or here.facts.starts_on - timedelta(days=1))).days


def _agreement(here: Here, parties: Sequence[Party], events: Sequence[Event], now: datetime) -> Iterator[Need]:
    state, newest = here.state(now), newest_version(here, events)
    extending = newest > here.trial.version
    if state is State.ENDED or not (extending or state.waiting):
        return
    if state is State.LAPSED:
        yield Need("lapsed")
    given = accepted(events, newest)
    asked = {e.who: e.at for e in events if e.kind == "asked" and e.number == newest}
    for party in parties:
        if party.id in given:
            continue
        if party.id in asked:
            yield Need("asked", party, at=asked[party.id])
        elif state is not State.LAPSED:
            yield Need("extending" if extending else "waiting", party)


def _coming(here: Here, events: Sequence[Event], now: datetime) -> Iterator[Need]:
    state, today = here.state(now), here.facts.today(now)
    over = state is State.ENDED and not any(event.kind == "outcome" for event in events)  # nor settled how it goes on
    session = next((event for event in events if event.kind == "session"), None)
    if session is not None:
        days = (session.at.astimezone(ZoneInfo(here.trial.timezone)).date() - today).days
        if 0 <= days <= SOON:
            yield Need("session", days=days)
    elif over or (state is State.RUNNING and (here.facts.last_day - today).days <= SOON):
        yield Need("no_session")
    if over and not any(e.kind == "released" and e.until is None for e in events):
        yield Need("release")
