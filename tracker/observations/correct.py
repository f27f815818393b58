"""Correcting: another observation takes an earlier one's place, whose text its author and the mediator still see."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.observations.model import Observation
from tracker.observations.read import end_of
from tracker.observations.record import Recorded, record
from tracker.plans.entry import Entry
from tracker.trials.here import Here


def correct(here: Here, entry: Entry, replaced: UUID, now: datetime, *, perhaps: bool = False) -> Recorded:
    """Put `entry` in the place of the party's own noise or moment entry `replaced`.

    If that one has been replaced already, by another device perhaps, the one that took its place is replaced: a noise
    never counts twice. (Of `day` and `handoff` entries the later one counts anyway: just record another one.)
    `perhaps`: that one may never have come; then `entry` is a new one. Raises `Refused`: `not_found` (no own entry of
    this kind), and what `record` raises.
    """
    with transaction():
        own = _own(here, entry.kind)
        if replaced not in own and not perhaps:
            raise Refused("not_found")
        followers = {before: after for after, before in own.items() if before is not None}
        corrects = end_of(replaced, followers) if replaced in own else None
        return record(here, entry, now, corrects=own.get(entry.id, corrects))


def _own(here: Here, kind: str) -> dict[UUID, UUID | None]:
    """Each own entry of this kind, and which one it replaced. Locked: two devices correct one after the other."""
    o = Observation
    query = select(o.id, o.corrects).where(o.trial_id == here.trial.id, o.party_id == here.me.id, o.kind == kind)
    return {row.id: row.corrects for row in db.session.execute(query.with_for_update())}
