"""A trial's row as a turn: who holds it is alone in changing what the trial's state or the next number depends on."""

from __future__ import annotations

from uuid import UUID

from tracker.db import db
from tracker.trials import find
from tracker.trials.here import Here
from tracker.trials.model import Trial


def lock_trial(trial_id: UUID) -> Trial:
    """The trial as it stands, its row locked until the running transaction ends.

    Guards every rule that reads before it writes, where two people or two windows may do so at once: accepting and
    changing a plan, pausing and ending, a swap of one day, the next version of an agenda or a memorandum, a form that
    is sent again. `key_share` (PostgreSQL's FOR NO KEY UPDATE): an observation refers to this row, and who notes a day
    never waits. Everything else that the rule depends on is read after this.
    """
    return db.session.get_one(Trial, trial_id, populate_existing=True, with_for_update={"key_share": True})


def as_it_stands(here: Here) -> Here:
    """The trial inside the running transaction, its row locked: what changes its state happens one after the other."""
    lock_trial(here.trial.id)
    fresh = find.by_id(here.trial.id)
    assert fresh is not None
    return fresh
