"""An option that the mediator holds: its author answers, and only then it goes over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from tracker.cases.model import Party
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.plans.entry import Problem
from tracker.returns.model import HeldOption
from tracker.trials.find import Here

ANSWERS = ("agreed", "declined")
LONGEST = 1000  # characters


def ask(here: Here, author: Party, text: str, now: datetime) -> HeldOption:
    """Ask its author whether this may be carried over, in these words. Raises `Refused("invalid")`."""
    if author.case_id != here.case.id:
        raise Refused("invalid", Problem("party", "not a party of this case"))
    if not text.strip() or len(text) > LONGEST or "\0" in text:
        raise Refused("invalid", Problem("text", f"empty, or longer than {LONGEST} characters"))
    with transaction() as session:
        made = HeldOption(
            case_id=here.case.id, trial_id=here.trial.id, party_id=author.id, text=text.strip(), asked_at=now
        )
        session.add(made)
    return made


def answer(here: Here, option_id: UUID, said: str, now: datetime) -> None:
    """The author says `agreed` or `declined`; either may still change until it was carried.

    Raises `Refused`: `unknown` (not an option of the party who looks), `carried` (too late), `invalid`.
    """
    if said not in ANSWERS:
        raise Refused("invalid", Problem("answer", "neither agreed nor declined"))
    assert here.party is not None
    mine = (HeldOption.id == option_id, HeldOption.trial_id == here.trial.id, HeldOption.party_id == here.party.id)
    with transaction() as session:
        if session.scalar(select(HeldOption.id).where(*mine)) is None:
            raise Refused("unknown")
        change = update(HeldOption).where(*mine, HeldOption.carried_at.is_(None))
        done = session.scalars(change.values(answer=said, answered_at=now).returning(HeldOption.id)).all()
        if not done:
            raise Refused("carried")


def carry(here: Here, option_id: UUID, now: datetime) -> None:
    """The mediator carries it over. Raises `Refused("not_agreed")` unless its author agrees at this moment."""
    ready = (HeldOption.id == option_id, HeldOption.trial_id == here.trial.id, HeldOption.answer == "agreed")
    with transaction() as session:
        change = update(HeldOption).where(*ready, HeldOption.carried_at.is_(None))
        if not session.scalars(change.values(carried_at=now).returning(HeldOption.id)).all():
            raise Refused("not_agreed")


def for_mediator(trial_id: UUID) -> list[HeldOption]:
    """Every option that is held, in the order of asking. One query."""
    query = select(HeldOption).where(HeldOption.trial_id == trial_id)
    return list(db.session.scalars(query.order_by(HeldOption.asked_at, HeldOption.id)))


def for_party(here: Here) -> tuple[list[HeldOption], list[HeldOption]]:
    """The own ones of the party who looks, and those that were carried to them. One query."""
    assert here.party is not None
    me = here.party.id
    seen = (HeldOption.party_id == me) | HeldOption.carried_at.is_not(None)
    query = select(HeldOption).where(HeldOption.trial_id == here.trial.id, seen)
    found = list(db.session.scalars(query.order_by(HeldOption.asked_at, HeldOption.id)))
    return [one for one in found if one.party_id == me], [one for one in found if one.party_id != me]
