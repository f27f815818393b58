"""What each party prepares for the return session: six items, each with the audience that its author chose."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from tracker.cases.model import Party
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.plans.entry import Problem
from tracker.returns.model import Preparation
from tracker.trials.find import Here

ITEMS = ("goals", "documents", "options", "phrases", "going-on", "others")
AUDIENCES = ("me", "mediator", "summary")
LONGEST = 2000  # characters


def write(here: Here, item: str, audience: str, text: str, now: datetime) -> None:
    """Keep what the party who looks wrote on one item, in place of what stood there; an empty text removes it.

    Raises `Refused("invalid")`: no such item or audience, or a text that is too long.
    """
    party = _me(here)
    if item not in ITEMS or audience not in AUDIENCES:
        raise Refused("invalid", Problem("audience", "not one of those that can be chosen"))
    if len(text) > LONGEST or "\0" in text:
        raise Refused("invalid", Problem("text", f"longer than {LONGEST} characters"))
    with transaction() as session:
        # Two tabs of one party wait for each other here: one item is one row.
        session.get_one(Party, party.id, populate_existing=True, with_for_update={"key_share": True})
        mine = (Preparation.trial_id == here.trial.id, Preparation.party_id == party.id, Preparation.item == item)
        found = session.scalar(select(Preparation).where(*mine).execution_options(populate_existing=True))
        if not text.strip():
            if found is not None:
                session.delete(found)
            return
        if found is None:
            found = Preparation(case_id=here.case.id, trial_id=here.trial.id, party_id=party.id, item=item)
            session.add(found)
        if (found.text, found.audience) != (text, audience):
            found.text, found.audience, found.at = text, audience, now


def own(here: Here) -> dict[str, Preparation]:
    """Everything that the party who looks wrote, by item. One query."""
    query = select(Preparation).where(Preparation.trial_id == here.trial.id, Preparation.party_id == _me(here).id)
    return {found.item: found for found in db.session.scalars(query)}


def for_mediator(trial_id: UUID) -> list[Preparation]:
    """What the parties let their mediator read, never what is for its author alone. One query."""
    query = select(Preparation).where(Preparation.trial_id == trial_id, Preparation.audience.in_(AUDIENCES[1:]))
    return _in_order(list(db.session.scalars(query)))


def released(trial_id: UUID, released_at: datetime) -> list[Preparation]:
    """What was marked for the summary when it was released and has not been changed since. One query.

    What its author changed afterwards waits for the next release; what they took back is gone at once.
    """
    shown = (Preparation.audience == "summary", Preparation.at <= released_at)
    return _in_order(list(db.session.scalars(select(Preparation).where(Preparation.trial_id == trial_id, *shown))))


def _in_order(found: list[Preparation]) -> list[Preparation]:
    return sorted(found, key=lambda one: ITEMS.index(one.item))


def _me(here: Here) -> Party:
    assert here.party is not None
    return here.party
