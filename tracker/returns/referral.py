"""Somebody to see before the return session, such as a lawyer or a tax adviser: a task with what to bring back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select

from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.plans.entry import Problem
from tracker.returns.model import Referral
from tracker.trials.find import Here

LONGEST = 200  # characters of each text


def add(here: Here, party_id: UUID, who: str, about: str, bring: str, due: date | None, now: datetime) -> Referral:
    """Give a party a referral. Raises `Refused("invalid")`, its problems naming `party`, `who`, `about`, `bring`."""
    problems = [
        Problem(name, f"longer than {LONGEST} characters")
        for name, text in (("who", who), ("about", about), ("bring", bring))
        if len(text) > LONGEST or "\0" in text
    ]
    if not who.strip():
        problems.append(Problem("who", "missing"))
    if party_id not in {party.id for party in here.parties}:
        problems.append(Problem("party", "not a party of the case"))
    if problems:
        raise Refused("invalid", *problems)
    with transaction() as session:
        made = Referral(case_id=here.case.id, trial_id=here.trial.id, party_id=party_id, due=due, created_at=now)
        made.who, made.about, made.bring = who.strip(), about.strip(), bring.strip()
        session.add(made)
    return made


def mark_done(here: Here, referral_id: UUID, done: bool, now: datetime) -> None:
    """Say that it is done, or not yet; a party only of their own. Raises `Refused("unknown")`."""
    with transaction() as session:
        query = select(Referral).where(Referral.id == referral_id, Referral.trial_id == here.trial.id)
        found = session.scalar(query.with_for_update())
        if found is None or (here.party is not None and found.party_id != here.party.id):
            raise Refused("unknown")
        found.done_at = (found.done_at or now) if done else None


def take_back(here: Here, referral_id: UUID) -> None:
    """Remove it. The mediator alone does that."""
    with transaction() as session:
        session.execute(delete(Referral).where(Referral.id == referral_id, Referral.trial_id == here.trial.id))


def of_trial(trial_id: UUID) -> list[Referral]:
    """Both parties' referrals, oldest first; for the mediator. One query."""
    query = select(Referral).where(Referral.trial_id == trial_id).order_by(Referral.created_at, Referral.id)
    return list(db.session.scalars(query))


def of_party(here: Here) -> list[Referral]:
    """The referrals of the party who looks. One query."""
    assert here.party is not None
    return [one for one in of_trial(here.trial.id) if one.party_id == here.party.id]
