"""A trial's plan as plain values: as it was agreed, and with the swapped days that every party accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from tracker.cases.model import Party
from tracker.db import db
from tracker.plans.plan import NightChange, Outline
from tracker.plans.plan_json import schedule_from_json, terms_from_json
from tracker.trials.model import Change, PlanVersion, Trial

_AGREED: dict[UUID, Outline] = {}  # a version never changes, nor do the keys of its parties: made once in a process
MOST_KEPT = 4096


def agreed(version_id: UUID) -> Outline:
    """One plan version as plain values. One query the first time."""
    known = _AGREED.get(version_id)
    if known is not None:
        return known
    rows = db.session.execute(
        select(PlanVersion, Trial.timezone, Party.key)
        .join(Trial, Trial.id == PlanVersion.trial_id)
        .join(Party, Party.case_id == PlanVersion.case_id)
        .where(PlanVersion.id == version_id)
        .order_by(Party.position)
    ).all()
    return _kept(rows[0].PlanVersion, rows[0].timezone, [row.key for row in rows])


def _kept(plan: PlanVersion, timezone: str, keys: list[str]) -> Outline:
    found = Outline(
        template=plan.template,
        starts_on=plan.starts_on,
        days=plan.days,
        timezone=timezone,
        parties=tuple(keys),
        terms=terms_from_json(plan.terms),
        schedule=schedule_from_json(plan.schedule, plan.starts_on),
    )
    if len(_AGREED) >= MOST_KEPT:
        _AGREED.pop(next(iter(_AGREED)), None)
    _AGREED[plan.id] = found
    return found


def applied(outline: Outline, trial_id: UUID) -> Outline:
    """The outline with the accepted changes in its nights; of several for one day the last answered counts."""
    return _moved(outline, {row.day: row.with_key for row in db.session.execute(_accepted(), {"trial": trial_id})})


@cache
def _accepted() -> Select[date, str]:
    """Built once: that takes longer than answering it."""
    query = select(Change.day, Change.with_key).where(Change.trial_id == bindparam("trial"))
    return query.where(Change.answer == "accepted").order_by(Change.answered_at, Change.id)


def changed_by(outline: Outline, changes: Iterable[Change]) -> Outline:
    """The same with the trial's changes at hand. No query."""
    accepted = [(c.answered_at, c.id, c.day, c.with_key) for c in changes if c.answer == "accepted" and c.answered_at]
    return _moved(outline, {day: key for _at, _id, day, key in sorted(accepted)})


def _moved(outline: Outline, accepted: Mapping[date, str]) -> Outline:
    nights = outline.schedule.nights
    if nights is None or not accepted:
        return outline
    days = {change.day: change.with_ for change in nights.changes} | dict(accepted)
    moved = replace(nights, changes=tuple(NightChange(day, days[day]) for day in sorted(days)))
    return replace(outline, schedule=replace(outline.schedule, nights=moved))
