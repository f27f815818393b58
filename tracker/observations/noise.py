"""Noise now: one tap says that it has begun, a second one that it stopped. In between it is kept here."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from tracker.db import db, insert, transaction
from tracker.errors import Refused
from tracker.observations.model import Observation, RunningNoise
from tracker.observations.record import Recorded, record
from tracker.plans.entry import Entry
from tracker.trials.here import Here
from tracker.trials.state import State

SHORTEST = timedelta(seconds=1)  # two taps within one second are still a noise, and one has to end after it starts


def running(here: Here) -> RunningNoise | None:
    """The noise that the party who looks said has begun, and not yet that it stopped."""
    query = select(RunningNoise).where(RunningNoise.party_id == here.me.id, RunningNoise.trial_id == here.trial.id)
    return db.session.scalar(query)


def start(here: Here, id_: UUID, now: datetime) -> None:
    """A noise begins `now`. Another tap while one is running changes nothing, nor does a form sent again after its end.

    Raises `Refused("not_running")` while the trial is not running.
    """
    if here.state(now) is not State.RUNNING:
        raise Refused("not_running")
    row = {
        "id": id_,
        "case_id": here.case.id,
        "trial_id": here.trial.id,
        "party_id": here.me.id,
        "started_at": now,
    }
    with transaction() as session:
        if _stored(here, id_):
            return
        forgotten = delete(RunningNoise).where(
            RunningNoise.party_id == here.me.id, RunningNoise.trial_id != here.trial.id
        )
        session.execute(forgotten)  # begun in an earlier trial of the case, which is over
        session.execute(insert(RunningNoise, db.engine.dialect.name).values(row).on_conflict_do_nothing())


def stop(
    here: Here,
    id_: UUID,
    now: datetime,
    end: datetime | None = None,
    *,
    began: datetime | None = None,
    received_at: datetime | None = None,
) -> Recorded:
    """The running noise stopped `now`, or at an earlier `end`: it becomes an observation. A second tap is the same.

    `received_at` is when that reached the server, where the tap was earlier than that. `began` is when it began by the
    device that stops it: it counts where that beginning was nothing new here, for another device's noise was running.

    Raises `Refused`: `not_found`; `invalid`, with the problems, if it would have lasted longer than 24 hours or have
    ended before it began.
    """
    with transaction() as session:
        query = select(RunningNoise).where(RunningNoise.id == id_, RunningNoise.party_id == here.me.id)
        found = session.scalar(query.with_for_update())
        if found is None and _stored(here, id_):
            return Recorded(id_, new=False)
        start = found.started_at if found else began
        if start is None or (found is None and start > now):
            raise Refused("not_found")
        stopped = max(now, start + SHORTEST) if end is None else end
        recorded = record(here, _entry(here, id_, start, stopped, now), received_at or now)
        if found is not None:
            session.delete(found)
    return recorded


def discard(here: Here, id_: UUID) -> None:
    """It was no noise after all: nothing is kept."""
    with transaction() as session:
        session.execute(delete(RunningNoise).where(RunningNoise.id == id_, RunningNoise.party_id == here.me.id))


def _stored(here: Here, id_: UUID) -> bool:
    query = select(Observation.id).where(
        Observation.trial_id == here.trial.id, Observation.party_id == here.me.id, Observation.id == id_
    )
    return db.session.scalar(query) is not None


def _entry(here: Here, id_: UUID, started: datetime, stopped: datetime, now: datetime) -> Entry:
    start, end = (moment.astimezone(here.zone) for moment in (started, stopped))
    answers = {"start": start.isoformat(timespec="seconds"), "end": end.isoformat(timespec="seconds")}
    return Entry(
        id=id_,
        party=here.me.key,
        kind="noise",
        day=start.date(),
        recorded_at=now.astimezone(here.zone),
        answers=answers,
    )
