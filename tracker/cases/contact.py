"""How and when a mediator may get in touch with a party without harm. For the mediator alone."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from tracker.cases.model import ContactWish, Party
from tracker.db import db, transaction
from tracker.errors import Refused

WAYS = ("call", "text", "email", "here", "session")
LONGEST = 200  # characters


def wish(party: Party, way: str, address: str, times: str, now: datetime, *, voicemail: bool) -> ContactWish:
    """Keep a party's wish; the newest counts. Raises `Refused`: `way`, `long`."""
    if way not in WAYS:
        raise Refused("way")
    if max(len(address), len(times)) > LONGEST:
        raise Refused("long")
    kept = ContactWish(
        case_id=party.case_id,
        party_id=party.id,
        way=way,
        address=address,
        times=times,
        voicemail=voicemail,
        at=now,
    )
    with transaction() as session:
        session.add(kept)
    return kept


def of_party(party_id: UUID) -> ContactWish | None:
    """A party's newest wish."""
    query = select(ContactWish).where(ContactWish.party_id == party_id)
    return db.session.scalar(query.order_by(ContactWish.at.desc(), ContactWish.id).limit(1))


def of_case(case_id: UUID) -> dict[UUID, ContactWish]:
    """The newest wish of each party of a case, by the party's id. One query."""
    query = select(ContactWish).where(ContactWish.case_id == case_id).order_by(ContactWish.at, ContactWish.id)
    return {one.party_id: one for one in db.session.scalars(query)}
