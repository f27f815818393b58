"""Going on for longer, as the parties see it: the proposal that waits for their answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sqlalchemy import Select, bindparam, exists, select

from tracker.db import db
from tracker.trials.here import Here
from tracker.trials.model import Acceptance, PlanVersion


@dataclass(frozen=True, slots=True)
class Extension:
    """A version of the plan with a later last day, and whether the party who looks has accepted it."""

    number: int
    last_day: date
    accepted: bool


def proposed(here: Here) -> Extension | None:
    """The extension that waits until each party has accepted it. One query."""
    values = {"trial": here.trial.id, "party": here.me.id, "number": here.trial.version}
    row = db.session.execute(_newer(), values).first()
    return Extension(row.number, row.starts_on + timedelta(days=row.days - 1), bool(row.accepted)) if row else None


@cache
def _newer() -> Select[int, date, int, bool]:
    mine = exists().where(Acceptance.plan_version_id == PlanVersion.id, Acceptance.party_id == bindparam("party"))
    return (
        select(PlanVersion.number, PlanVersion.starts_on, PlanVersion.days, mine.label("accepted"))
        .where(PlanVersion.trial_id == bindparam("trial"), PlanVersion.number > bindparam("number"))
        .order_by(PlanVersion.number.desc())
        .limit(1)
    )
