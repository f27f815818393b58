"""Caucus notes: what a mediator noted after speaking with one party alone. Only the mediator's page reads them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from tracker.cases.model import Party
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.plans.entry import Problem
from tracker.returns.model import CaucusNote
from tracker.trials.find import Here

LONGEST = 4000  # characters


def note(here: Here, about: Party, by: UUID, text: str, now: datetime) -> None:
    """Keep a note. Raises `Refused("invalid")` for an empty text, one that is too long, or a party of another case."""
    if about.case_id != here.case.id:
        raise Refused("invalid", Problem("party", "not a party of this case"))
    if not text.strip() or len(text) > LONGEST or "\0" in text:
        raise Refused("invalid", Problem("text", f"empty, or longer than {LONGEST} characters"))
    ids = {"case_id": here.case.id, "trial_id": here.trial.id, "party_id": about.id}
    with transaction() as session:
        session.add(CaucusNote(**ids, by=by, text=text.strip(), at=now))


def remove(here: Here, note_id: UUID) -> None:
    """Delete a note of this trial."""
    with transaction() as session:
        session.execute(delete(CaucusNote).where(CaucusNote.id == note_id, CaucusNote.trial_id == here.trial.id))


def of_trial(trial_id: UUID) -> list[CaucusNote]:
    """Every note, the oldest first; for the mediator of the case alone. One query."""
    query = select(CaucusNote).where(CaucusNote.trial_id == trial_id)
    return list(db.session.scalars(query.order_by(CaucusNote.at, CaucusNote.id)))
