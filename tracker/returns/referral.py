"""Somebody to see before the return session, such as a lawyer or a tax adviser: a task with what to bring back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select

from tracker.db import by_form, db, transaction
from tracker.errors import Refused
from tracker.plans.entry import Problem
from tracker.returns.model import Referral
from tracker.trials.here import Here
from tracker.trials.lock import lock_trial

LONGEST = 200  # characters of each text


def add(
    here: Here,
    party_id: UUID,
    who: str,
    about: str,
    bring: str,
    due: date | None,
    now: datetime,
    form: UUID | None = None,
) -> Referral:
    """Give a party a referral. Raises `Refused("invalid")`, its problems naming `party`, `who`, `about`, `bring`.

    `form`: the id that the form brought. The same referral from it again is the same: only the answer to it was lost.
    """
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
    said = (here.trial.id, party_id, who.strip(), about.strip(), bring.strip(), due)
    with transaction() as session:
        lock_trial(here.trial.id)
        earlier, id_ = by_form(Referral, form)
        if earlier and _says(earlier) == said:
            return earlier
        made = Referral(id=id_, case_id=here.case.id, created_at=now)
        made.trial_id, made.party_id, made.who, made.about, made.bring, made.due = said
        session.add(made)
    return made


def _says(one: Referral) -> tuple[UUID, UUID, str, str, str, date | None]:
    return one.trial_id, one.party_id, one.who, one.about, one.bring, one.due


def mark_done(here: Here, referral_id: UUID, done: bool, now: datetime) -> None:
    """Say that it is done, or not yet; a party only of their own. Raises `Refused("unknown")`."""
    with transaction() as session:
        query = select(Referral).where(Referral.id == referral_id, Referral.trial_id == here.trial.id)
        found = session.scalar(query.with_for_update())
        if found is None or (here.party and found.party_id != here.party.id):
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
    return [one for one in of_trial(here.trial.id) if one.party_id == here.me.id]
