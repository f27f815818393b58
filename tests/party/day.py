"""What the tests of a party's day share: where its pages are, and what is stored."""

from __future__ import annotations

from tracker.db import db
from tracker.observations.model import Observation
from tracker.trials.model import Trial

KEPT = {"bedtime": "kept", "homework": "kept", "call": "kept"}


def url(trial: Trial, page: str = "today") -> str:
    """The address of one of the trial's pages."""
    return f"/trials/{trial.id}/{page}"


def stored(trial: Trial, kind: str | None = None) -> list[Observation]:
    """What the trial's parties noted, as recorded."""
    db.session.rollback()  # look again, not at what was seen before
    query = db.session.query(Observation).filter_by(trial_id=trial.id)
    found = query.filter_by(kind=kind) if kind else query
    return found.order_by(Observation.recorded_at, Observation.id).all()
