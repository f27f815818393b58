"""The memorandum: the terms that the parties choose to go on with, in versions that each party answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.plans.entry import Problem
from tracker.returns.model import Memorandum, MemorandumAnswer
from tracker.trials import outcome
from tracker.trials.here import Here
from tracker.trials.lock import lock_trial

ANSWERS = ("accepted", "returned")
LONGEST = 6000  # characters


@dataclass(frozen=True)
class Current:
    """The newest version, and each party's answer to it by party id."""

    version: Memorandum
    answers: dict[UUID, MemorandumAnswer]

    @property
    def terms(self) -> list[str]:
        """One term a line, as written."""
        return [line.strip() for line in self.version.text.splitlines() if line.strip()]

    def accepted_by(self, party_id: UUID) -> bool:
        """Whether this party accepted this version."""
        found = self.answers.get(party_id)
        return found is not None and found.answer == "accepted"


def current(trial_id: UUID) -> Current | None:
    """The newest version with its answers, if there is one. One query."""
    newest = select(func.max(Memorandum.number)).where(Memorandum.trial_id == trial_id).scalar_subquery()
    query = select(Memorandum, MemorandumAnswer).outerjoin(
        MemorandumAnswer, MemorandumAnswer.memorandum_id == Memorandum.id
    )
    rows = db.session.execute(query.where(Memorandum.trial_id == trial_id, Memorandum.number == newest)).all()
    if not rows:
        return None
    answers = {row.MemorandumAnswer.party_id: row.MemorandumAnswer for row in rows if row.MemorandumAnswer}
    return Current(rows[0].Memorandum, answers)


def in_lines(text: str) -> str:
    """A text as it is kept: a term a line, and no line without one."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def write(here: Here, text: str, by: UUID, now: datetime) -> Memorandum:
    """Another version, for both parties to answer. Raises `Refused`: `invalid`, `same` (nothing was changed)."""
    text = in_lines(text)
    if not text or len(text) > LONGEST or "\0" in text:
        raise Refused("invalid", Problem("text", f"empty, or longer than {LONGEST} characters"))
    with transaction() as session:
        lock_trial(here.trial.id)
        before = current(here.trial.id)
        if before is not None and before.version.text == text:
            raise Refused("same")
        number = before.version.number + 1 if before else 1
        made = Memorandum(case_id=here.case.id, trial_id=here.trial.id, number=number, text=text, by=by, at=now)
        session.add(made)
    return made


def answer(here: Here, number: int, said: str, text: str, now: datetime) -> None:
    """The party who looks accepts version `number` or sends it back. Given again, the same answer changes nothing.

    Raises `Refused`: `replaced` (there is a newer version), `answered` (the other answer was given), `invalid`.
    """
    if said not in ANSWERS or len(text) > LONGEST or "\0" in text:
        raise Refused("invalid", Problem("text", f"longer than {LONGEST} characters"))
    with transaction() as session:
        trial = lock_trial(here.trial.id)
        found = current(here.trial.id)
        if found is None or found.version.number != number:
            raise Refused("replaced")
        given = found.answers.get(here.me.id)
        if given is not None:
            if given.answer != said:
                raise Refused("answered")
            return
        session.add(
            MemorandumAnswer(
                case_id=here.case.id,
                memorandum_id=found.version.id,
                party_id=here.me.id,
                answer=said,
                text=text.strip(),
                at=now,
            )
        )
        others = [party.id for party in here.parties if party.id != here.me.id]
        if said == "accepted" and all(found.accepted_by(other) for other in others):
            outcome.add(trial, "memorandum", now)
