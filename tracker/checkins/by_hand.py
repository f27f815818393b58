"""A check-in that a party asks for by hand: "send me one now"."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import delete

from tracker.checkins import channels
from tracker.checkins.link import token_hash
from tracker.checkins.model import CheckIn
from tracker.config import Config
from tracker.db import transaction
from tracker.errors import Refused
from tracker.trials.here import Here
from tracker.trials.state import State

OF_USE = timedelta(hours=1)


def possible(here: Here, config: Config, now: datetime) -> bool:
    """Whether there is something to try: while the trial runs, its party wants reminders and has a way for them."""
    return here.state(now) is State.RUNNING and here.me.check_ins and bool(channels.chosen(here, config))


def ask_now(here: Here, config: Config, now: datetime) -> CheckIn:
    """Put one message to this party in the queue: the scheduler's next tick sends it. Another one takes its place.

    Raises `Refused("rests")` where none may be sent.
    """
    if not possible(here, config, now):
        raise Refused("rests")
    id_, today = uuid4(), here.facts.today(now)
    about = max(here.facts.starts_on, min(today, here.facts.last_day))
    check_in = CheckIn(
        id=id_,
        case_id=here.case.id,
        trial_id=here.trial.id,
        party_id=here.me.id,
        kind="now",
        day=today,
        about=about,
        due_at=now,
        until=now + OF_USE,
        again_at=now,
        token_hash=token_hash(id_, "now", config.secret_key),
    )
    mine = (CheckIn.trial_id == here.trial.id, CheckIn.party_id == here.me.id, CheckIn.kind == "now")
    with transaction() as session:
        session.execute(delete(CheckIn).where(*mine, CheckIn.day == today))
        session.add(check_in)
    return check_in
