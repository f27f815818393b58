"""Check-ins that do not arrive, for the mediator alone: the other party learns nothing of them."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select

from tracker.checkins.model import CheckIn
from tracker.checkins.send import NOWHERE, SWITCHED_OFF
from tracker.db import db

BACK = timedelta(days=14)
REASONS = {
    "refused": re.compile("SMTPRecipientsRefused 5"),
    "rejected": re.compile(r"SMTP\w+ 5"),
    "device": re.compile("push service: 4(?!29)"),
}


class Trouble(NamedTuple):
    """What went wrong with the latest check-in to a party.

    `kind`: `no_address`, `switched_off` (no way that the party chose is allowed and there), `refused` (the mail server
    does not know the address), `rejected` (it knows it, and does not take the message), `device` (the push service does
    not take it) or `failed`: what failed for a while did so to the end. `reached`: it arrived, another way.
    """

    trial_id: UUID
    party_id: UUID
    kind: str
    at: datetime
    reached: bool


def of_trials(trial_ids: Collection[UUID], now: datetime) -> list[Trouble]:
    """The parties of these trials whose latest check-in went wrong. One query."""
    c = CheckIn
    at = func.coalesce(c.failed_at, c.sent_at)
    place = func.row_number().over(partition_by=(c.trial_id, c.party_id), order_by=at.desc())
    query = select(c.trial_id, c.party_id, c.reason, c.failed_at, c.sent_at, place.label("place"))
    recent = (c.trial_id.in_(trial_ids), c.day >= (now - BACK).date(), c.kind != "half_way")
    found = query.where(*recent, or_(c.failed_at.is_not(None), c.sent_at.is_not(None))).subquery()
    rows = db.session.execute(select(found).where(found.c.place == 1, found.c.reason != "")).all()
    return [
        Trouble(row.trial_id, row.party_id, _kind(row.reason), row.failed_at or row.sent_at, row.failed_at is None)
        for row in rows
    ]


def _kind(reason: str) -> str:
    if reason in (NOWHERE, SWITCHED_OFF):
        return "no_address" if reason == NOWHERE else "switched_off"
    return next((kind for kind, said in REASONS.items() if said.match(reason)), "failed")
