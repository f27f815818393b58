"""Drafts of trials: what a mediator has typed so far, kept on the server until the trial is proposed or thrown away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, delete, or_, select, update

from tracker.cases.model import Case
from tracker.db import db, transaction
from tracker.people.model import Person, Programme
from tracker.trials.model import PlanVersion, Trial, TrialDraft

LONGEST = 60_000  # characters of JSON: many times what a plan with all its fields full takes


def begin(
    person_id: UUID,
    programme_id: UUID,
    content: Mapping[str, Any],
    now: datetime,
    trial: Trial | None = None,
    next_of: UUID | None = None,
) -> TrialDraft:
    """A draft of another version of `trial`, or of the next trial of the case `next_of`: the one that this person has
    begun already, or a new one."""
    with transaction() as session:
        session.get_one(Person, person_id, with_for_update={"key_share": True})  # one at a time
        case_id = trial.case_id if trial else next_of
        same = (TrialDraft.case_id == case_id, TrialDraft.trial_id == (trial.id if trial else None))
        mine = _mine(person_id, programme_id).where(*same).execution_options(populate_existing=True)
        if case_id is not None and (begun := session.scalar(mine)) is not None:
            return begun
        draft = TrialDraft(
            person_id=person_id,
            programme_id=programme_id,
            case_id=case_id,
            trial_id=trial.id if trial else None,
            content=_text(content),
            created_at=now,
            updated_at=now,
        )
        session.add(draft)
    return draft


def begin_once(form: UUID, person_id: UUID, programme_id: UUID, typed: Mapping[str, Any], now: datetime) -> TrialDraft:
    """A new draft with the id that its first form brought. Sent again, by the same person, it is the same draft.

    An id that is taken is left to whoever has it: the draft gets another one.
    """
    with transaction() as session:
        session.get_one(Person, person_id, with_for_update={"key_share": True})  # one at a time
        mine = find(form, person_id, programme_id)
        if mine is not None and mine.case_id is None:
            save(mine, {**content(mine), **typed}, now)
            return mine
        taken = session.get(TrialDraft, form) or session.get(PlanVersion, form)
        draft = TrialDraft(
            id=uuid4() if taken else form,
            person_id=person_id,
            programme_id=programme_id,
            content=_text(typed),
            created_at=now,
            updated_at=now,
        )
        session.add(draft)
    return draft


def became(draft_id: UUID) -> UUID | None:
    """The trial of which a draft became a version, once it is proposed: that has the draft's id."""
    return db.session.scalar(select(PlanVersion.trial_id).where(PlanVersion.id == draft_id))


def find(draft_id: UUID, person_id: UUID, programme_id: UUID) -> TrialDraft | None:
    """This person's draft in the programme they work for now; nobody else finds it."""
    return db.session.scalar(_mine(person_id, programme_id).where(TrialDraft.id == draft_id))


def all_of(person_id: UUID, programme_id: UUID) -> list[TrialDraft]:
    """A person's drafts, the one touched last first."""
    return list(db.session.scalars(_mine(person_id, programme_id).order_by(TrialDraft.updated_at.desc())))


def content(draft: TrialDraft) -> dict[str, Any]:
    """What was typed, as it was given to `save`."""
    typed: dict[str, Any] = json.loads(draft.content or "{}")
    return typed


def hold(draft: TrialDraft) -> dict[str, Any]:
    """What was typed by now, for a running transaction that changes it: other pages wait for their turn."""
    db.session.get(TrialDraft, draft.id, populate_existing=True, with_for_update=True)
    return content(draft)


def save(draft: TrialDraft, typed: Mapping[str, Any], now: datetime) -> None:
    """Replace what was typed, unless the draft is gone. Raises `ValueError` for more than a plan holds."""
    text = _text(typed)
    with transaction() as session:
        session.execute(update(TrialDraft).where(TrialDraft.id == draft.id).values(content=text, updated_at=now))
    draft.content = text


def discard(draft_id: UUID) -> bool:
    """Throw a draft away. False if it is gone already: then somebody else has used it up."""
    with transaction() as session:
        gone = delete(TrialDraft).where(TrialDraft.id == draft_id).returning(TrialDraft.id)
        return session.scalar(gone) is not None


def ends_at(of: TrialDraft, programme: Programme) -> datetime | None:
    """When it is deleted if nobody touches it again; never, where its case is there already."""
    return None if of.case_id else of.updated_at + timedelta(days=programme.retention_days)


def forget_untouched(now: datetime) -> int:
    """Delete the drafts of cases that never came about, once nobody has touched them for as long as their programme
    keeps a closed case: names and addresses are in them. How many."""
    gone = 0
    with transaction() as session:
        for programme in session.scalars(select(Programme)):
            old = TrialDraft.updated_at <= now - timedelta(days=programme.retention_days)
            new_case = (TrialDraft.programme_id == programme.id, TrialDraft.case_id.is_(None))
            gone += len(session.scalars(delete(TrialDraft).where(*new_case, old).returning(TrialDraft.id)).all())
    return gone


def _mine(person_id: UUID, programme_id: UUID) -> Select[TrialDraft]:
    """Their drafts; none of a case that is somebody else's by now."""
    theirs = or_(TrialDraft.case_id.is_(None), Case.mediator_id == person_id)
    query = select(TrialDraft).outerjoin(Case, Case.id == TrialDraft.case_id)
    return query.where(TrialDraft.person_id == person_id, TrialDraft.programme_id == programme_id, theirs)


def _text(typed: Mapping[str, Any]) -> str:
    text = json.dumps(typed, ensure_ascii=False)
    if len(text) > LONGEST:
        raise ValueError("a draft that is larger than any plan")
    return text
