"""What parties agreed to, in which version and when; and taking that back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from tracker.cases.model import Consent, Party
from tracker.db import db, transaction
from tracker.errors import Refused

CURRENT = "2026-11"  # the version of the text that new parties are shown; the texts are with the pages


def give(party: Party, version: str, text_id: UUID | None, now: datetime) -> None:
    """The party agrees to this version, and to the programme's own text if it has one. Twice is the same as once.

    Raises `Refused("outdated")` for a version that is no longer shown.
    """
    if version != CURRENT:
        raise Refused("outdated")
    with transaction() as session:
        given = in_force(party.id)
        if given is not None and (given.version, given.text_id) == (version, text_id):
            return
        session.add(Consent(case_id=party.case_id, party_id=party.id, version=version, text_id=text_id, at=now))


def in_force(party_id: UUID) -> Consent | None:
    """What the party has agreed to last, unless they took it back. One query."""
    query = select(Consent).where(Consent.party_id == party_id, Consent.withdrawn_at.is_(None))
    return db.session.scalar(query.order_by(Consent.at.desc(), Consent.id).limit(1))


def of_case(case_id: UUID) -> list[Consent]:
    """Everything that the case's parties agreed to and took back, newest first."""
    return list(db.session.scalars(select(Consent).where(Consent.case_id == case_id).order_by(Consent.at.desc())))


def withdraw(party_id: UUID, now: datetime) -> None:
    """The party takes it back."""
    mine = Consent.party_id == party_id, Consent.withdrawn_at.is_(None)
    with transaction() as session:
        session.execute(update(Consent).where(*mine).values(withdrawn_at=now))
