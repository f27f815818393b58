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
    """Every version, newest first. One query."""
    query = (
        select(PlanVersion, Acceptance.party_id, Acceptance.at)
        .outerjoin(Acceptance, Acceptance.plan_version_id == PlanVersion.id)
        .where(PlanVersion.trial_id == trial_id)
        .order_by(PlanVersion.number.desc())
    )
    found: dict[PlanVersion, dict[UUID, datetime]] = {}
    for plan, party_id, at in db.session.execute(query):
        accepted = found.setdefault(plan, {})
        if party_id is not None:
            accepted[party_id] = at
    return [Version(plan, accepted) for plan, accepted in found.items()]
