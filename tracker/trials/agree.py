"""Agreeing: each party accepts the same version of the plan, or asks for a change."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from tracker.cases import settings
from tracker.cases.model import Party
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.trials import outcome
from tracker.trials.here import Here
from tracker.trials.lock import as_it_stands, lock_trial
from tracker.trials.model import Acceptance, ChangeRequest, PlanVersion, Trial
from tracker.trials.state import State


def accept(here: Here, number: int, now: datetime) -> Acceptance:
    """The party accepts version `number`: the one that is proposed, or the extension that waits for an answer.

    The same again is the same acceptance. Raises `Refused`: `outdated` (another version has taken its place),
    `lapsed` (the first day has passed), `ended`, `paused` (before it was in force).
    """
    with transaction() as session:
        fresh = as_it_stands(here)
        version = _open_version(fresh.trial, number)
        if fresh.state(now) in (State.LAPSED, State.ENDED):
            raise Refused(fresh.state(now).value)
        if fresh.state(now) is State.PAUSED and not fresh.facts.all_accepted:
            raise Refused("paused")
        query = select(Acceptance).where(
            Acceptance.plan_version_id == version.id,
            Acceptance.party_id == here.me.id,
        )
        found = session.scalar(query)
        if found is None:
            found = record_acceptance(version, here.me.id, now)
            session.flush()
            _put_in_force(fresh.trial, version, now)
    return found


def record_acceptance(version: PlanVersion, party_id: UUID, now: datetime, *, on_paper: bool = False) -> Acceptance:
    """Add an acceptance to the running transaction, without asking whether it may be given."""
    acceptance = Acceptance(
        case_id=version.case_id,
        trial_id=version.trial_id,
        plan_version_id=version.id,
        party_id=party_id,
        on_paper=on_paper,
        at=now,
    )
    db.session.add(acceptance)
    settings.look_again(version.case_id)
    return acceptance


def ask_for_change(here: Here, number: int, text: str, now: datetime) -> ChangeRequest:
    """The party says what should be different. The same again is the same wish.

    Raises `Refused`: `outdated`, `accepted` (it is in force already).
    """
    with transaction() as session:
        trial = lock_trial(here.trial.id)
        version = _open_version(trial, number)
        if version.number == trial.version and not here.state(now).waiting:
            raise Refused("accepted")
        last = wish(version.id, here.me.id)
        if last is not None and last.text == text:
            return last
        request = ChangeRequest(
            case_id=trial.case_id,
            trial_id=trial.id,
            plan_version_id=version.id,
            party_id=here.me.id,
            text=text,
            at=now,
        )
        session.add(request)
    return request


def acceptances(version_id: UUID) -> dict[UUID, datetime]:
    """Who accepted this version, and when, by party id."""
    query = select(Acceptance.party_id, Acceptance.at).where(Acceptance.plan_version_id == version_id)
    return {row.party_id: row.at for row in db.session.execute(query)}


def requests(trial_id: UUID) -> list[ChangeRequest]:
    """Every request for a change of the plan, newest first; for the mediator."""
    query = select(ChangeRequest).where(ChangeRequest.trial_id == trial_id).order_by(ChangeRequest.at.desc())
    return list(db.session.scalars(query))


def wish(version_id: UUID, party_id: UUID) -> ChangeRequest | None:
    """What this party last asked to change in this version. One query."""
    mine = (ChangeRequest.plan_version_id == version_id, ChangeRequest.party_id == party_id)
    return db.session.scalar(select(ChangeRequest).where(*mine).order_by(ChangeRequest.at.desc()).limit(1))


def pending_version(trial: Trial) -> PlanVersion | None:
    """The extension that waits for the parties' answers, if there is one."""
    query = select(PlanVersion).where(PlanVersion.trial_id == trial.id, PlanVersion.number > trial.version)
    return db.session.scalar(query.order_by(PlanVersion.number.desc()).limit(1))


def _open_version(trial: Trial, number: int) -> PlanVersion:
    """Version `number`, if it is still the one to answer: nothing newer has been proposed."""
    newest = select(func.max(PlanVersion.number)).where(PlanVersion.trial_id == trial.id)
    if db.session.scalar(newest) != number:
        raise Refused("outdated")
    return db.session.execute(
        select(PlanVersion).where(PlanVersion.trial_id == trial.id, PlanVersion.number == number)
    ).scalar_one()


def _put_in_force(trial: Trial, version: PlanVersion, now: datetime) -> None:
    """Once the last party has accepted it: let an extension count, and say how the trial before went on."""
    parties = db.session.scalar(select(func.count()).select_from(Party).where(Party.case_id == trial.case_id))
    accepted = select(func.count()).select_from(Acceptance).where(Acceptance.plan_version_id == version.id)
    if db.session.scalar(accepted) != parties:
        return
    if version.number == trial.version:
        outcome.went_on(trial, version, now)
        return
    trial.version, trial.days = version.number, version.days
    outcome.add(trial, "extended", now)
