"""My data: a party takes its own account along, and can have it deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, or_, select

from tracker.audit.record import record
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.interchange.document import TrialFile
from tracker.interchange.dump import dump
from tracker.keeping.holds import is_held
from tracker.observations.model import AccountDeletion, Observation, RunningNoise
from tracker.returns import preparation
from tracker.returns.model import HeldOption, Preparation
from tracker.trials.here import Here

MINE = (Observation, RunningNoise, Preparation, HeldOption)  # what a party wrote, in whatever words


def take(here: Here, now: datetime) -> TrialFile:
    """The trial as a trial file with what the party who looks noted, and nothing that anybody else did. Noted.

    Where the others are is not in it either: their time zone is the trial's.
    """
    party = here.me
    own = dump(here, party_id=party.id)
    with transaction():
        record("account.taken", now, here.whose, subject_id=party.id, entries=len(own.entries))
    zone = {"timezone": here.trial.timezone}
    parties = [one if one["key"] == party.key else {**one, **zone} for one in own.plan["parties"]]
    return replace(own, plan={**own.plan, "parties": parties})


def take_preparation(here: Here, now: datetime) -> dict[str, Any]:
    """What the party who looks prepared for the return session, also what is for them alone, as JSON values. Noted.

    A document of its own: the trial file has no place for it, and whoever gets that one need not get this one too.
    Messages about not feeling safe are in neither: a file lies about on a phone that somebody else may pick up.
    """
    party = here.me
    own = preparation.own(here)
    with transaction():
        record("account.taken", now, here.whose, subject_id=party.id, topics=len(own))
    return {
        "format": "meanwhile.preparation/1",
        "title": here.trial.title,
        "starts_on": here.facts.starts_on.isoformat(),
        "party": {"key": party.key, "name": party.name},
        "topics": [
            {
                "topic": one.topic,
                "texts": list(one.texts),
                "audience": one.audience,
                "saved_at": one.saved_at.astimezone(here.zone).isoformat(),
            }
            for one in own.values()
        ],
    }


def has_prepared(here: Here) -> bool:
    """Whether the party who looks prepared anything."""
    mine = (Preparation.trial_id == here.trial.id, Preparation.party_id == here.me.id)
    return bool(db.session.scalar(select(exists().where(*mine))))


def anything(here: Here) -> bool:
    """Whether there is something to delete: entries, or what was prepared."""
    party = here.me
    mine = (exists().where(table.trial_id == here.trial.id, table.party_id == party.id) for table in MINE)
    return bool(db.session.scalar(select(or_(*mine))))


def count(here: Here) -> int:
    """How many entries there are to delete."""
    query = select(func.count()).where(Observation.trial_id == here.trial.id, Observation.party_id == here.me.id)
    return db.session.scalar(query) or 0


def remove(here: Here, now: datetime) -> int:
    """Delete what the party who looks noted in this trial; how many entries that were.

    Raises `Refused("held")` where the programme has to keep them.
    """
    party = here.me
    with transaction() as session:
        if is_held(here.case.id):
            raise Refused("held")
        entries = count(here)
        for table in MINE:
            session.execute(delete(table).where(table.trial_id == here.trial.id, table.party_id == party.id))
        session.add(AccountDeletion(case_id=here.case.id, trial_id=here.trial.id, party_id=party.id, at=now))
        record("account.deleted", now, here.whose, subject_id=party.id, entries=entries)
    return entries
