"""Swapped days: one party proposes, another accepts, and only then does the schedule move."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from tracker.cases.settings import look_again
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.plans.nights import who_has
from tracker.trials.here import Here
from tracker.trials.lock import lock_trial
from tracker.trials.model import Change
from tracker.trials.outline import applied

ANSWERS = ("accepted", "declined", "withdrawn")


def of_trial(trial_id: UUID) -> list[Change]:
    """Every change that was proposed, newest first."""
    return list(
        db.session.scalars(select(Change).where(Change.trial_id == trial_id).order_by(Change.proposed_at.desc()))
    )


def possible(here: Here, now: datetime) -> bool:
    """Whether a change can be proposed now."""
    return here.agreed.schedule.nights is not None and here.state(now).in_force


def propose(here: Here, day: date, with_key: str, now: datetime) -> Change:
    """Propose that the night which starts on `day` is with another party. The same again is the same proposal.

    Raises `Refused`: `no_nights`, `not_running`, `day_past` (today's handoff may still be moved), `day_outside`,
    `same_party` (it is with them already), `already_proposed`.
    """
    if here.agreed.schedule.nights is None or with_key not in here.agreed.parties:
        raise Refused("no_nights")
    if not here.state(now).in_force:
        raise Refused("not_running")
    if day < here.facts.today(now):
        raise Refused("day_past")
    if not here.facts.starts_on <= day <= here.facts.last_day:
        raise Refused("day_outside")
    with transaction() as session:
        lock_trial(here.trial.id)  # or else two at once about one day would both find it free
        nights = applied(here.agreed, here.trial.id).schedule.nights
        if nights is not None and who_has(nights, day) == with_key:
            raise Refused("same_party")
        open_one = select(Change).where(Change.trial_id == here.trial.id, Change.day == day, Change.answer.is_(None))
        if (there := session.scalar(open_one)) is not None:
            if (there.proposed_by, there.with_key) == (here.me.id, with_key):
                return there
            raise Refused("already_proposed")
        change = Change(
            case_id=here.case.id,
            trial_id=here.trial.id,
            day=day,
            with_key=with_key,
            proposed_by=here.me.id,
            proposed_at=now,
        )
        session.add(change)
    return change


def answer(here: Here, change_id: UUID, word: str, now: datetime) -> Change:
    """Accept or decline another party's change, or withdraw one's own, as long as it is open.

    Raises `Refused`: `unknown_answer`, `not_found`, `answered`, `own_change`, `not_own_change`, `day_past`,
    `not_running`.
    """
    if word not in ANSWERS:
        raise Refused("unknown_answer")
    with transaction() as session:
        change = session.scalar(
            select(Change)
            .where(Change.id == change_id, Change.trial_id == here.trial.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if change is None:
            raise Refused("not_found")
        if change.answer is not None:
            raise Refused("answered")
        own = change.proposed_by == here.me.id
        if own != (word == "withdrawn"):
            raise Refused("own_change" if own else "not_own_change")
        if word == "accepted" and change.day < here.facts.today(now):
            raise Refused("day_past")
        if word == "accepted" and not here.state(now).in_force:
            raise Refused("not_running")
        change.answer, change.answered_by, change.answered_at = word, here.me.id, now
        look_again(here.case.id)
    return change
