"""How a trial went on: extended, changed and started again, put into a memorandum, or ended. Dated, and counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, outerjoin, select
from sqlalchemy.orm import aliased

from tracker.cases.model import Case
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.trials.here import Here
from tracker.trials.model import Outcome, PlanVersion, Trial
from tracker.trials.state import State

KINDS = ("extended", "changed", "memorandum", "ended")
DATED = ("changes", "anchor")  # parts of a schedule that belong to its days, not to what is tried


def add(trial: Trial, kind: str, now: datetime) -> None:
    """Add an outcome to the running transaction; one that stands already keeps its date."""
    found = (Outcome.trial_id == trial.id, Outcome.kind == kind)
    if db.session.scalar(select(Outcome.id).where(*found)) is None:
        db.session.add(Outcome(case_id=trial.case_id, trial_id=trial.id, kind=kind, at=now))


def went_on(trial: Trial, version: PlanVersion, now: datetime) -> None:
    """Every party has accepted this first plan of a trial: if the case had one before, that one went on with it."""
    earlier = (Trial.case_id == trial.case_id, Trial.starts_on < trial.starts_on)
    query = select(Trial, PlanVersion).join(PlanVersion, PlanVersion.trial_id == Trial.id)
    query = query.where(*earlier, PlanVersion.number == Trial.version).order_by(Trial.starts_on.desc(), Trial.id)
    row = db.session.execute(query.limit(1)).first()
    if row is not None:
        add(row.Trial, "extended" if same_plan(row.PlanVersion, version) else "changed", now)


def same_plan(one: PlanVersion, other: PlanVersion) -> bool:
    """Whether two versions try the same: the same terms, and the same schedule but for its dates."""
    terms = [[(term["key"], term["text"]) for term in each.terms] for each in (one, other)]
    return terms[0] == terms[1] and _undated(one.schedule) == _undated(other.schedule)


def _undated(schedule: Mapping[str, Any]) -> dict[str, Any]:
    kept = dict(schedule)
    if nights := kept.get("nights"):
        kept["nights"] = {key: value for key, value in nights.items() if key not in DATED}
    if milestones := kept.get("milestones"):
        kept["milestones"] = [milestone["text"] for milestone in milestones]
    return kept


def end(here: Here, now: datetime) -> None:
    """The mediator notes that nothing goes on. Raises `Refused("not_ended")` while the trial is not over."""
    if here.state(now) is not State.ENDED:
        raise Refused("not_ended")
    with transaction():
        add(here.trial, "ended", now)


def take_back(here: Here) -> None:
    """It goes on after all."""
    with transaction() as session:
        session.execute(delete(Outcome).where(Outcome.trial_id == here.trial.id, Outcome.kind == "ended"))


def of_trial(trial_id: UUID) -> dict[str, datetime]:
    """When which outcome came about, by kind, in the order of their dates. One query."""
    query = select(Outcome).where(Outcome.trial_id == trial_id).order_by(Outcome.at, Outcome.kind)
    return {one.kind: one.at for one in db.session.scalars(query)}


@dataclass(frozen=True, slots=True)
class Onward:
    """How a trial went on: when which outcome came about, by kind; and the case's next trial, if there is one."""

    reached: dict[str, datetime]
    next_id: UUID | None
    next_title: str


def onward(here: Here) -> Onward:
    """Everything of it. One query."""
    following = aliased(Trial)
    later = select(following).where(following.case_id == here.case.id, following.starts_on > here.trial.starts_on)
    first = later.order_by(following.starts_on, following.id).limit(1)
    query = select(
        Outcome.kind,
        Outcome.at,
        first.with_only_columns(following.id).scalar_subquery().label("next_id"),
        first.with_only_columns(following.title).scalar_subquery().label("next_title"),
    ).select_from(outerjoin(Trial, Outcome, Outcome.trial_id == Trial.id))
    rows = db.session.execute(query.where(Trial.id == here.trial.id).order_by(Outcome.at, Outcome.kind)).all()
    return Onward({row.kind: row.at for row in rows if row.kind}, rows[0].next_id, rows[0].next_title or "")


def count(programme_id: UUID, since: datetime) -> dict[str, tuple[int, int]]:
    """By kind: how many trials of a programme went on so since a moment, and ever. One query."""
    recent = func.count().filter(Outcome.at >= since)
    query = select(Outcome.kind, recent.label("recent"), func.count().label("ever"))
    query = query.join(Case, Case.id == Outcome.case_id).where(Case.programme_id == programme_id)
    found = {row.kind: (row.recent, row.ever) for row in db.session.execute(query.group_by(Outcome.kind))}
    return {kind: found.get(kind, (0, 0)) for kind in KINDS}
