"""Sending: what was claimed goes out after the commit, one at a time, each marked as soon as it went.

A process that is killed leaves at most one message of which nobody knows whether it went: it goes out again, with the
same id, when its lease is over.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from tracker.checkins import by_hand, channels, claim, due, facts
from tracker.checkins.channels import CHANNELS, Address
from tracker.checkins.claim import Held
from tracker.checkins.facts import Reminded, Sessions
from tracker.config import Config
from tracker.db import db
from tracker.delivery.notice import Notice, Send
from tracker.delivery.outcome import NotSent
from tracker.people import persons

log = logging.getLogger(__name__)

WAITS = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 180))  # after the first, the second, ... failure
MARGIN = timedelta(minutes=2)  # before the end of a lease nothing more is begun: a slow server must not outlast it
SENT, NOWHERE, SWITCHED_OFF = "sent", "no address", "switched off"
STALE = timedelta(seconds=5)  # older facts are read again before the next message

Compose = Callable[[Held, Reminded, str | None], Notice]
"""Words a check-in, in the wording that the party chose and in its reader's language, where that is known; given by the
package that knows words."""


@dataclass(frozen=True)
class Outlet:
    """Everything that sending needs and that is not its own: who words, who knows the sessions, when to stop."""

    config: Config
    compose: Compose
    sessions: Sessions
    clock: Callable[[], datetime]
    stopping: Callable[[], bool] = lambda: False
    lease: timedelta = claim.LEASE
    figures: Counter[str] = field(default_factory=Counter)  # sent, failed, dropped, later: since the start


def tick(outlet: Outlet) -> int:
    """Send what is due now, also what somebody else left behind. How many check-ins were handled."""
    handled = 0
    with _lines(outlet.config) as lines:
        while not outlet.stopping():
            now = outlet.clock()
            there = claim.waiting(now)
            if not there.parties and not there.check_ins:
                break
            looked, held = claim.take_new(outlet.sessions, outlet.config.secret_key, now, lease=outlet.lease)
            if not held:
                held = claim.take_again(now, lease=outlet.lease)
            if not looked and not held:
                break  # others are at it
            handled += len(held)
            _deliver(outlet, held, lines)
    return handled


def _deliver(outlet: Outlet, held: Sequence[Held], lines: Callable[[str], Send]) -> None:
    """Send what this process holds. What it holds it finishes, also when it is told to stop."""
    known: _Known | None = None
    for one in held:
        now = outlet.clock()
        if now > one.again_at - min(MARGIN, outlet.lease / 2):
            return  # too late to be sure that nobody else takes it: the sweep will
        if known is None or now - known.at > STALE:
            known = _Known.read(held, outlet.sessions, now)
        _handle(outlet, one, known, lines)


@dataclass(frozen=True, slots=True)
class _Known:
    """The facts, addresses and languages, as they were at `at`; read outside of any transaction that lasts."""

    at: datetime
    reminded: dict[tuple[UUID, UUID], Reminded]
    where: dict[UUID, list[Address]]
    languages: dict[UUID, str | None]

    @classmethod
    def read(cls, held: Sequence[Held], sessions: Sessions, now: datetime) -> _Known:
        found = facts.load({each.party_id for each in held}, sessions, now)
        people = _recipients(found)
        where, languages = channels.addresses(people, now), persons.languages(people)
        db.session.commit()  # the connection is free again while the messages travel
        return cls(now, {(whom.here.trial.id, whom.here.me.id): whom for whom in found}, where, languages)


def _recipients(reminded: Collection[Reminded]) -> set[UUID]:
    people = {whom.here.me.person_id for whom in reminded} | {whom.here.case.mediator_id for whom in reminded}
    return {person for person in people if person is not None}


def _handle(outlet: Outlet, one: Held, known: _Known, lines: Callable[[str], Send]) -> None:
    """Send one check-in to every address that it has not reached yet, and write down at once what came of each."""
    now, whom = known.at, known.reminded.get((one.trial_id, one.party_id))
    if whom is None or not _of_use(one, whom, outlet.config, now):
        _mark(outlet, one, "dropped", dropped_at=now)
        return
    if SENT not in one.results.values() and _put_off(outlet, one, whom, now):
        return
    person = _reader(one, whom)
    notice = outlet.compose(one, whom, known.languages.get(person) if person else None)
    left = [each for each in _addresses(one, whom, known.where, outlet.config) if one.results.get(each.key) != SENT]
    results, later = dict(one.results), False
    for address in left:
        try:
            lines(address.channel)(notice, address.value)
            results[address.key] = SENT
        except NotSent as error:
            results[address.key] = error.reason[:80]
            later = later or error.temporary
            if error.gone:
                CHANNELS[address.channel].gone(address)
        if address is not left[-1]:
            claim.settle(one, results=results, again_at=one.again_at)
    _write(outlet, one, results, later, outlet.clock(), NOWHERE if _open(one, whom, outlet.config) else SWITCHED_OFF)


def _of_use(one: Held, whom: Reminded, config: Config, now: datetime) -> bool:
    """Whether it should still go out. One that was asked for by hand goes also about a day that is noted."""
    if one.kind == "now":
        return by_hand.possible(whom.here, config, now)
    return now < one.until and due.still_wanted(whom.situation, one.kind, one.day, one.about, now)


def _put_off(outlet: Outlet, one: Held, whom: Reminded, now: datetime) -> bool:
    """Whether its party has moved it to a later time since it was made: it waits for that, with all its tries."""
    planned = due.planned(whom.situation, one.kind, one.day)
    if planned is None or planned.due_at <= now:
        return False
    values = {"about": planned.about, "due_at": planned.due_at, "until": planned.until, "tries": 0}
    _mark(outlet, one, "later", again_at=planned.due_at, **values)
    return True


def _addresses(one: Held, whom: Reminded, where: dict[UUID, list[Address]], config: Config) -> list[Address]:
    """Its reader's own that a channel which is open to this check-in leads to."""
    person, ways = _reader(one, whom), _open(one, whom, config)
    return [each for each in where.get(person, []) if each.channel in ways] if person else []


def _reader(one: Held, whom: Reminded) -> UUID | None:
    """The mediator, of their own; else the party."""
    return whom.here.case.mediator_id if one.kind == "half_way" else whom.here.me.person_id


def _open(one: Held, whom: Reminded, config: Config) -> list[str]:
    """Email for the mediator's own; for a party's what they chose, if it is there and their programme allows it now."""
    return ["email"] if one.kind == "half_way" else channels.chosen(whom.here, config)


def _write(outlet: Outlet, one: Held, results: dict[str, str], later: bool, now: datetime, nothing: str) -> None:
    """Sent as soon as it reached one address; the others are tried again, after longer and longer waits.

    The reason is that of the first way that failed, in the order of `CHANNELS`: an email address that is refused says
    more than a device that is gone. `nothing`: the reason where there is no address to go to.
    """
    values: dict[str, object] = {"results": results}
    values["reason"] = next((said for said in results.values() if said != SENT), "" if results else nothing)
    reached = SENT in results.values()
    if reached and SENT not in one.results.values():
        values["sent_at"] = now
    again = now + WAITS[min(one.tries, len(WAITS)) - 1]
    if later and again < one.until and one.tries <= len(WAITS):
        _mark(outlet, one, "later", again_at=again, **values)
    elif reached:
        _mark(outlet, one, "sent", **values)
    else:
        _mark(outlet, one, "failed", failed_at=now, **values)


def _mark(outlet: Outlet, one: Held, what: str, **values: object) -> None:
    if claim.settle(one, **values):
        outlet.figures[what] += 1
    else:
        log.warning("a check-in was taken over before it could be marked")


@contextmanager
def _lines(config: Config) -> Iterator[Callable[[str], Send]]:
    """Each channel's way out, opened when the first message needs it, closed after the last."""
    with ExitStack() as stack:
        opened: dict[str, Send] = {}

        def line(channel: str) -> Send:
            if channel not in opened:
                opened[channel] = stack.enter_context(CHANNELS[channel].opened(config))
            return opened[channel]

        yield line
