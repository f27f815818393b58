"""Resting and stopping: pause, resume, leave, end, extend. Nobody has to give a reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from tracker.cases.settings import look_again
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.plans.plan import MOST_DAYS
from tracker.trials import agree
from tracker.trials.here import Here
from tracker.trials.lock import as_it_stands
from tracker.trials.model import Ending, Pause, PlanVersion, Withdrawal
from tracker.trials.state import State


def pause(here: Here, by: UUID, now: datetime) -> None:
    """Pause the trial, also one that was only proposed: or else its pause would say that a party left.

    A second pause of a paused trial changes nothing. Raises `Refused("not_running")` once it is over.
    """
    with transaction() as session:
        if as_it_stands(here).state(now) is State.ENDED:
            raise Refused("not_running")
        if session.scalar(select(Pause.id).where(Pause.trial_id == here.trial.id, Pause.resumed_at.is_(None))) is None:
            session.add(Pause(case_id=here.case.id, trial_id=here.trial.id, by=by, at=now))


def resume(here: Here, now: datetime, since: datetime | None = None) -> None:
    """The mediator lets a paused trial go on. `since`: when the pause began that they know of.

    Raises `Refused`: `left` after a party left (that trial can only end), `again` if it was paused once more since.
    """
    if here.facts.left_at:
        raise Refused("left")
    with transaction() as session:
        paused_at = as_it_stands(here).facts.paused_at
        if since is not None and paused_at is not None and paused_at != since:
            raise Refused("again")
        session.execute(
            update(Pause).where(Pause.trial_id == here.trial.id, Pause.resumed_at.is_(None)).values(resumed_at=now)
        )
        look_again(here.case.id)


def can_pause(here: Here, now: datetime) -> bool:
    """Whether there is something to pause: a trial from its proposal on, until it ends."""
    return here.state(now) not in (State.PAUSED, State.ENDED)


def can_leave(here: Here, now: datetime) -> bool:
    """Whether the party who looks has something left to leave: not after the end, nor a second time."""
    return here.state(now) is not State.ENDED and not has_left(here)


def leave(here: Here, now: datetime) -> None:
    """The party leaves, while there is something to leave. For the others the trial is paused, in the same words as
    ever."""
    with transaction() as session:
        if here.state(now) is not State.ENDED and here.me.id not in who_left(here):  # as it is now, by whatever window
            session.add(Withdrawal(case_id=here.case.id, trial_id=here.trial.id, party_id=here.me.id, at=now))


def has_left(here: Here) -> bool:
    """Whether the party who looks is one who left. One query, where anybody did."""
    return here.facts.left_at is not None and here.me.id in who_left(here)


def who_left(here: Here) -> set[UUID]:
    """The parties who left, by id: for the mediator's side, and for each party about themselves. One query."""
    return set(db.session.scalars(select(Withdrawal.party_id).where(Withdrawal.trial_id == here.trial.id)))


def end(here: Here, by: UUID, now: datetime) -> Ending:
    """End the trial today, by the mediator. Raises `Refused("not_running")` if it never began or is over."""
    with transaction() as session:
        if as_it_stands(here).state(now) not in (State.RUNNING, State.PAUSED, State.ACCEPTED):
            raise Refused("not_running")
        last: date = max(here.facts.today(now), here.facts.starts_on)
        look_again(here.case.id)
        ending = Ending(case_id=here.case.id, trial_id=here.trial.id, by=by, last_day=last, at=now)
        session.add(ending)
    return ending


def extend(here: Here, last_day: date, by: UUID, now: datetime) -> PlanVersion:
    """Propose to go on until `last_day`, with the same plan. It counts when every party has accepted it. The same
    again, while it waits, is the same proposal.

    Raises `Refused`: `not_running`, `not_later` (than the present last day), `too_long`.
    """
    days = (last_day - here.facts.starts_on) // timedelta(days=1) + 1
    if last_day <= here.facts.last_day:
        raise Refused("not_later")
    if days > MOST_DAYS:
        raise Refused("too_long")
    with transaction() as session:
        fresh = as_it_stands(here)
        if not fresh.state(now).in_force:
            raise Refused("not_running")
        trial = fresh.trial
        pending = agree.pending_version(trial)
        if pending is not None and pending.days == days:
            return pending
        old = here.plan
        version = PlanVersion(
            case_id=trial.case_id,
            trial_id=trial.id,
            number=(pending.number if pending else trial.version) + 1,
            template=old.template,
            name=old.name,
            starts_on=old.starts_on,
            days=days,
            terms=old.terms,
            schedule=old.schedule,
            created_by=by,
            created_at=now,
        )
        session.add(version)
    return version


def known_as(former: UUID, person: UUID, case_id: UUID | None = None) -> None:
    """Who paused is `person` from now on, in this case or in all: the mediator still reads which party it was."""
    theirs = [Pause.by == former, *([Pause.case_id == case_id] if case_id else [])]
    with transaction() as session:
        session.execute(update(Pause).where(*theirs).values(by=person))
