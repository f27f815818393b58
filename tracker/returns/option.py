"""An option that one party wrote for the mediator: held privately, carried to the other only with its author's yes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.returns import preparation
from tracker.returns.model import HeldOption
from tracker.trials.here import Here
from tracker.trials.lock import lock_trial


def hold(here: Here, party_id: UUID, text: str, now: datetime) -> HeldOption:
    """Hold an option that this party let the mediator read. Once: held again, it is the same. Raises
    `Refused("unknown")` for words of anybody else."""
    offered = [
        each
        for one in preparation.for_mediator(here)
        if one.party_id == party_id and one.topic == "options"
        for each in one.texts
    ]
    if text not in offered:
        raise Refused("unknown")
    with transaction() as session:
        lock_trial(here.trial.id)
        mine = (one for one in of_trial(here.trial.id) if (one.party_id, one.text) == (party_id, text))
        if (held := next(mine, None)) is not None:
            return held
        made = HeldOption(case_id=here.case.id, trial_id=here.trial.id, party_id=party_id, text=text, held_at=now)
        session.add(made)
    return made


def ask(here: Here, option_id: UUID, now: datetime) -> None:
    """Ask its author whether it may be carried over. Raises `Refused("unknown")` or, asked already, `("asked")`."""
    with transaction():
        found = _of(here, option_id)
        if found.asked_at is not None:
            raise Refused("asked")
        found.asked_at = now


def answer(here: Here, option_id: UUID, agrees: bool, now: datetime) -> None:
    """The author's answer, which may change until it was carried over.

    Raises `Refused("unknown")` for an option of somebody else or one that nobody asked about, `("carried")`.
    """
    with transaction():
        found = _of(here, option_id)
        if found.party_id != here.me.id or found.asked_at is None:
            raise Refused("unknown")
        if found.carried_at is not None:
            raise Refused("carried")
        found.agreed_at, found.declined_at = (now, None) if agrees else (None, now)


def carry(here: Here, option_id: UUID, now: datetime) -> None:
    """Show it to the other party. Raises `Refused("not_agreed")` without its author's yes."""
    with transaction():
        found = _of(here, option_id)
        if found.agreed_at is None:
            raise Refused("not_agreed")
        found.carried_at = found.carried_at or now


def of_trial(trial_id: UUID) -> list[HeldOption]:
    """Every option that is held, the newest last; for the mediator. One query."""
    query = select(HeldOption).where(HeldOption.trial_id == trial_id).order_by(HeldOption.held_at, HeldOption.id)
    return list(db.session.scalars(query))


def for_party(here: Here) -> tuple[list[HeldOption], list[HeldOption]]:
    """Of this party's own the ones they were asked about; of the other's the ones that were carried over. One query."""
    found, mine = of_trial(here.trial.id), here.me.id
    asked = [one for one in found if one.party_id == mine and one.asked_at is not None]
    return asked, [one for one in found if one.party_id != mine and one.carried_at is not None]


def _of(here: Here, option_id: UUID) -> HeldOption:
    query = select(HeldOption).where(HeldOption.id == option_id, HeldOption.trial_id == here.trial.id)
    found = db.session.scalar(query.with_for_update())
    if found is None:
        raise Refused("unknown")
    return found
