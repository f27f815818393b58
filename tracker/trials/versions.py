"""The versions of a trial's plan, and who accepted which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from tracker.db import db
from tracker.trials.model import Acceptance, PlanVersion


@dataclass(frozen=True, slots=True)
class Version:
    """One version with its acceptances: party id to moment."""

    plan: PlanVersion
    accepted: Mapping[UUID, datetime]


def of_trial(trial_id: UUID) -> list[Version]:
    """Every version, newest first. Two queries."""
    plans = db.session.scalars(
        select(PlanVersion).where(PlanVersion.trial_id == trial_id).order_by(PlanVersion.number.desc())
    ).all()
    accepted: dict[UUID, dict[UUID, datetime]] = {plan.id: {} for plan in plans}
    query = select(Acceptance.plan_version_id, Acceptance.party_id, Acceptance.at)
    for version, party, at in db.session.execute(query.where(Acceptance.trial_id == trial_id)):
        accepted[version][party] = at
    return [Version(plan, accepted[plan.id]) for plan in plans]
