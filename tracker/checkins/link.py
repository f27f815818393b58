"""The secret in a check-in's link. It opens one day's form without sign-in; only its hash is stored.

It follows from the installation's secret and the check-in's id, so that a repeat of a message carries the same link.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import case, select, update

from tracker.cases.model import Case, Party
from tracker.checkins.model import ABOUT_A_DAY, CheckIn
from tracker.db import db, transaction
from tracker.people.devices import digest
from tracker.plans.lateness import deadlines
from tracker.plans.zones import local_midnight
from tracker.trials import find as find_trials
from tracker.trials.here import Here
from tracker.trials.state import State


def token(check_in_id: UUID, secret_key: str) -> str:
    """The secret of this check-in's link."""
    made = hmac.new(secret_key.encode(), b"check-in:" + check_in_id.bytes, hashlib.sha256).digest()
    return urlsafe_b64encode(made[:24]).decode()


def token_hash(check_in_id: UUID, kind: str, secret_key: str) -> str | None:
    """What is stored of it; nothing for a message without a day to open."""
    return digest(token(check_in_id, secret_key)) if kind in ABOUT_A_DAY else None


def works(here: Here, day: date, now: datetime) -> bool:
    """Whether one may write about `day` by a link: from its beginning until noon of the next one, while the trial runs.

    The trial's last day stays open like any other. An end before its time, a pause and a party who left close it.
    """
    facts, state = here.facts, here.state(now)
    in_time = local_midnight(day, here.zone) <= now < deadlines(day, here.zone)[0]
    if not in_time or not facts.starts_on <= day <= facts.last_day or facts.ended_on is not None:
        return False
    return state is State.RUNNING or (state is State.ENDED and not facts.paused_at and not facts.left_at)


def here(one: CheckIn) -> Here | None:
    """The trial that it is about, as the party whom it was sent to finds it. One query."""
    return next((h for h in find_trials.all_of_parties([one.party_id]) if h.trial.id == one.trial_id), None)


def sent_to(check_in_id: UUID, person_id: UUID) -> CheckIn | None:
    """This check-in, if it went to this person: the party's own, or the case's mediator for what goes to mediators."""
    query = select(CheckIn).join(Party, Party.id == CheckIn.party_id).join(Case, Case.id == CheckIn.case_id)
    reader = case((CheckIn.kind == "half_way", Case.mediator_id), else_=Party.person_id)
    return db.session.scalar(query.where(CheckIn.id == check_in_id, reader == person_id))


def find(secret: str) -> CheckIn | None:
    """The check-in with this secret, whatever has become of it and its trial since: its reader decides."""
    return db.session.scalar(select(CheckIn).where(CheckIn.token_hash == digest(secret)))


def end(party_id: UUID, now: datetime) -> None:
    """The links that this party was sent open nothing any more; a message that was about to bring one is dropped."""
    mine = CheckIn.party_id == party_id, CheckIn.kind.in_(ABOUT_A_DAY)
    open_ = CheckIn.sent_at.is_(None), CheckIn.failed_at.is_(None), CheckIn.dropped_at.is_(None)
    with transaction() as session:
        session.execute(update(CheckIn).where(*mine, *open_).values(dropped_at=now, again_at=None))
        session.execute(update(CheckIn).where(*mine).values(token_hash=None))
