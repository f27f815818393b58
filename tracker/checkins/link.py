"""The secret in a check-in's link. It opens one day's form without sign-in; only its hash is stored.

It follows from the installation's secret and the check-in's id, so that a repeat of a message carries the same link.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, select, update

from tracker.cases.model import Case, Party
from tracker.checkins.model import ABOUT_A_DAY, CheckIn
from tracker.db import db, transaction
from tracker.people.devices import digest
from tracker.trials import find as find_trials
from tracker.trials.here import Here


def token(check_in_id: UUID, secret_key: str) -> str:
    """The secret of this check-in's link."""
    made = hmac.new(secret_key.encode(), b"check-in:" + check_in_id.bytes, hashlib.sha256).digest()
    return urlsafe_b64encode(made[:24]).decode()


def token_hash(check_in_id: UUID, kind: str, secret_key: str) -> str | None:
    """What is stored of it; nothing for a message without a day to open."""
    return digest(token(check_in_id, secret_key)) if kind in ABOUT_A_DAY else None


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
