"""Proposing a plan to the parties: the first version, and further ones until every party has accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from tracker.cases.model import Case
from tracker.db import transaction
from tracker.errors import Refused
from tracker.trials.here import Here
from tracker.trials.lock import as_it_stands
from tracker.trials.model import PlanVersion, Trial


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed. `terms` and `schedule` have the shapes of ``meanwhile.trial/1``, already checked.

    `name`: of the programme's own template that it comes from, or empty. `id`: what the version is to have, so that
    the draft of the same id is known to have become it.
    """

    title: str
    template: str
    starts_on: date
    days: int
    timezone: str
    sharing: str
    terms: list[dict[str, Any]]
    schedule: Mapping[str, Any]
    name: str = ""
    id: UUID | None = None


def propose(case: Case, proposal: Proposal, by: UUID | None, now: datetime) -> Trial:
    """A new trial with version 1 of its plan, waiting for every party's acceptance."""
    trial = Trial(
        case_id=case.id,
        title=proposal.title,
        timezone=proposal.timezone,
        sharing=proposal.sharing,
        starts_on=proposal.starts_on,
        days=proposal.days,
        version=1,
        created_at=now,
    )
    with transaction() as session:
        session.add(trial)
        session.flush()
        session.add(_version(trial, 1, proposal, by, now))
    return trial


def revise(here: Here, proposal: Proposal, by: UUID, now: datetime) -> PlanVersion:
    """Another version in place of the proposed one. Acceptances of the earlier one no longer count.

    Raises `Refused("accepted")` once every party has accepted: from then on a change of terms is a new trial.
    """
    with transaction() as session:
        fresh = as_it_stands(here)
        if not fresh.state(now).waiting:
            raise Refused("accepted")
        trial = fresh.trial
        version = _version(trial, trial.version + 1, proposal, by, now)
        session.add(version)
        trial.version, trial.starts_on, trial.days = version.number, proposal.starts_on, proposal.days
        trial.title, trial.timezone, trial.sharing = proposal.title, proposal.timezone, proposal.sharing
    return version


def _version(trial: Trial, number: int, proposal: Proposal, by: UUID | None, now: datetime) -> PlanVersion:
    return PlanVersion(
        id=proposal.id or uuid4(),
        case_id=trial.case_id,
        trial_id=trial.id,
        number=number,
        template=proposal.template,
        name=proposal.name,
        starts_on=proposal.starts_on,
        days=proposal.days,
        terms=list(proposal.terms),
        schedule=dict(proposal.schedule),
        created_by=by,
        created_at=now,
    )
