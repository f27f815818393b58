"""Caucus notes: what the mediator wants to remember of a talk with one party alone. For nobody else, ever."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from tracker.db import by_form, db, transaction
from tracker.errors import Refused
from tracker.plans.entry import Problem
from tracker.returns.model import CaucusNote
from tracker.trials.here import Here
from tracker.trials.lock import lock_trial

LONGEST = 2000  # characters


def note(here: Here, party_id: UUID, text: str, by: UUID, now: datetime, form: UUID | None = None) -> CaucusNote:
    """Keep a note about a party. Raises `Refused("invalid")`, its problems naming `party` or `text`.

    `form`: the id that the form brought. The same note from it again is the same: only the answer to it was lost.
    """
    problems = []
    if party_id not in {party.id for party in here.parties}:
        problems.append(Problem("party", "not a party of the case"))
    if not text.strip() or len(text) > LONGEST or "\0" in text:
        problems.append(Problem("text", f"empty, or longer than {LONGEST} characters"))
    if problems:
        raise Refused("invalid", *problems)
    said = (here.trial.id, party_id, by, text.strip())
    with transaction() as session:
        lock_trial(here.trial.id)
        earlier, id_ = by_form(CaucusNote, form)
        if earlier and (earlier.trial_id, earlier.party_id, earlier.by, earlier.text) == said:
            return earlier
        values = {"case_id": here.case.id, "trial_id": here.trial.id, "party_id": party_id}
        made = CaucusNote(id=id_, **values, text=text.strip(), by=by, at=now)
        session.add(made)
    return made


def remove(here: Here, note_id: UUID, by: UUID) -> None:
    """Forget a note of one's own."""
    mine = (CaucusNote.id == note_id, CaucusNote.trial_id == here.trial.id, CaucusNote.by == by)
    with transaction() as session:
        session.execute(delete(CaucusNote).where(*mine))


def of_mediator(trial_id: UUID, person_id: UUID) -> list[CaucusNote]:
    """The notes that this person wrote about the trial's parties, newest first. One query."""
    mine = (CaucusNote.trial_id == trial_id, CaucusNote.by == person_id)
    return list(db.session.scalars(select(CaucusNote).where(*mine).order_by(CaucusNote.at.desc(), CaucusNote.id)))
