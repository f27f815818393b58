"""What a party settles about their own reminders and phone."""

from __future__ import annotations

from datetime import time
from uuid import UUID

from sqlalchemy import update

from tracker.cases.model import Party
from tracker.db import transaction


def remind_at(party_id: UUID, at: time, *, wanted: bool = True) -> None:
    """The local time, in the party's zone, at which the evening's reminder comes, and whether it is wanted at all."""
    with transaction() as session:
        session.execute(update(Party).where(Party.id == party_id).values(check_in_at=at, check_ins=wanted))


def on_device(party_id: UUID, *, own: bool) -> None:
    """The answer to "Is this your own phone?"; `own` is false when somebody else can pick it up."""
    with transaction() as session:
        session.execute(update(Party).where(Party.id == party_id).values(own_device=own))
