"""What a party settles about their own reminders and phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from uuid import UUID

from sqlalchemy import select, update

from tracker.cases.model import AT_ONCE, EVERY_DAY, Case, Party
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.people import programmes
from tracker.people.model import Programme
from tracker.plans.entry import Problem

WORDINGS = ("discreet", "plain")
INTERVALS = (1, 3)  # every day, or every third one


@dataclass(frozen=True, slots=True)
class Choice:
    """How a party wants to be asked: see the columns of `Party`. `days` are ISO weekdays, 1 is Monday."""

    at: time = time(20, 30)
    wanted: bool = True
    days: frozenset[int] = frozenset(range(1, 8))
    every: int = 1
    wording: str = "discreet"
    channels: tuple[str, ...] = ("email",)


def choice(party: Party) -> Choice:
    """What the party chose so far."""
    days = frozenset(map(int, party.check_in_days))
    chosen = (days, party.check_in_every, party.check_in_wording, tuple(party.check_in_channels))
    return Choice(party.check_in_at, party.check_ins, *chosen)


def choose(party_id: UUID, choice: Choice) -> None:
    """Keep it; what is planned already follows at once. Raises `Refused("invalid")`, its problems naming the fields."""
    problems = [
        Problem(name, "not one of the choices")
        for name, fine in (
            ("days", bool(choice.days) and choice.days <= set(map(int, EVERY_DAY))),
            ("every", choice.every in INTERVALS),
            ("wording", choice.wording in WORDINGS),
        )
        if not fine
    ]
    if problems:
        raise Refused("invalid", *problems)
    values = {
        "check_in_at": choice.at,
        "check_ins": choice.wanted,
        "check_in_days": "".join(map(str, sorted(choice.days))),
        "check_in_every": choice.every,
        "check_in_wording": choice.wording,
        "check_in_channels": list(choice.channels),
        "next_check_in_at": AT_ONCE,
    }
    with transaction() as session:
        session.execute(update(Party).where(Party.id == party_id).values(values))


def add_channel(person_id: UUID, channel: str) -> None:
    """Reach this person in this way, too, about whatever they are a party of and the programme allows it for.

    Raises `Refused("switched_off")` if that is nothing of all that they are a party of.
    """
    query = select(Party, Programme.channels).join(Case, Case.id == Party.case_id)
    query = query.join(Programme, Programme.id == Case.programme_id).where(Party.person_id == person_id)
    with transaction() as session:
        rows = session.execute(query).all()
        allowed = [row.Party for row in rows if programmes.allows(row.channels, channel)]
        if rows and not allowed:
            raise Refused("switched_off")
        for party in allowed:
            if channel not in party.check_in_channels:
                party.check_in_channels = [*party.check_in_channels, channel]


def look_again(case_id: UUID) -> None:
    """Let the scheduler look at the case's parties at its next tick: something that check-ins follow from has changed.

    Joins the running transaction. Without it they would still be right, only late: nothing is sent without a look at
    the facts, but a party is looked at when it was planned to be.
    """
    db.session.execute(update(Party).where(Party.case_id == case_id).values(next_check_in_at=AT_ONCE))


def remind_at(party_id: UUID, at: time, *, wanted: bool = True) -> None:
    """The local time, in the party's zone, at which the evening's reminder comes, and whether it is wanted at all."""
    values = {"check_in_at": at, "check_ins": wanted, "next_check_in_at": AT_ONCE}
    with transaction() as session:
        session.execute(update(Party).where(Party.id == party_id).values(values))


def on_device(party_id: UUID, *, own: bool) -> None:
    """The answer to "Is this your own phone?"; `own` is false when somebody else can pick it up."""
    with transaction() as session:
        session.execute(update(Party).where(Party.id == party_id).values(own_device=own))
