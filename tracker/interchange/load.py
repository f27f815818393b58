"""Storing the trial that a file holds: all of it, in one transaction."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from tracker.cases import create as cases
from tracker.cases.create import NewParty
from tracker.cases.model import Case, Party
from tracker.db import db, transaction
from tracker.interchange.document import TrialFile
from tracker.observations.model import Observation
from tracker.people.model import Person, Programme
from tracker.plans.catalogue import templates
from tracker.plans.entry import Entry
from tracker.trials import agree, propose
from tracker.trials.model import PlanVersion, Trial
from tracker.trials.propose import Proposal


def load(trial: TrialFile, programme: Programme, mediator: Person | None, now: datetime) -> Trial:
    """Store a checked trial file as a new case with a new trial of a programme, and all its observations.

    What both parties had agreed to elsewhere counts as accepted on paper. The parties have not joined yet: the mediator
    can invite them. The same file again is another trial: observation ids are one within their trial only.
    """
    with transaction() as session:
        case, parties = cases.create(programme.id, mediator.id if mediator else None, trial.title, _people(trial), now)
        stored = propose.propose(case, _proposal(trial), mediator.id if mediator else None, now)
        session.flush()
        plan = session.scalars(select(PlanVersion).where(PlanVersion.trial_id == stored.id)).one()
        for party in parties:
            agree.record_acceptance(plan, party.id, now, on_paper=True)
        _store(trial, case, stored, parties, now)
    return stored


def _people(trial: TrialFile) -> list[NewParty]:
    """The parties, each with the role that the plan's template has at their place."""
    roles = [role.key for role in templates()[trial.outline.template].roles]
    roles += [""] * len(trial.parties)
    return [
        NewParty(party.key, party.name, party.timezone, role=role)
        for party, role in zip(trial.parties, roles, strict=False)
    ]


def _proposal(trial: TrialFile) -> Proposal:
    """The plan as the file words it, so that an optional key that was absent stays absent."""
    outline = trial.outline
    return Proposal(
        title=trial.title,
        template=outline.template,
        starts_on=outline.starts_on,
        days=outline.days,
        timezone=outline.timezone,
        sharing=trial.sharing,
        terms=trial.plan["terms"],
        schedule=trial.plan["schedule"],
    )


def _store(trial: TrialFile, case: Case, stored: Trial, parties: list[Party], now: datetime) -> None:
    ids = {party.key: party.id for party in parties}
    common = {"trial_id": stored.id, "case_id": case.id, "received_at": now.astimezone(UTC), "corrects": None}
    rows = [common | _row(entry, ids[entry.party]) for entry in trial.entries]
    if rows:
        db.session.execute(insert(Observation), rows)


def _row(entry: Entry, party_id: UUID) -> dict[str, Any]:
    return {
        "id": entry.id,
        "party_id": party_id,
        "kind": entry.kind,
        "day": entry.day,
        "recorded_at": entry.recorded_at,
        "recorded_offset": (entry.recorded_at.utcoffset() or timedelta()) // timedelta(seconds=1),
        "answers": entry.answers,
        "note": entry.note,
        "audience": entry.audience,
        "written": entry.written,
    }
