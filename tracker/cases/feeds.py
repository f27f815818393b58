"""Private calendar addresses: each party has at most one that works; renewing makes the old one useless."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from tracker.cases.lock import lock_party
from tracker.cases.model import CalendarFeed, Case, Party
from tracker.db import db, transaction
from tracker.people import programmes
from tracker.people.devices import digest
from tracker.people.model import Programme


def replace(party: Party, before: UUID | None, now: datetime) -> CalendarFeed:
    """A new address in place of `before`, in the same words. Where another has taken its place meanwhile, that one:
    pressed twice, nobody has an address that stopped working again."""
    with transaction():
        lock_party(party.id)
        there = of_party(party.id)
        if there is not None and there.id != before:
            return there
        return renew(party, now, plain=there is not None and there.plain)


def renew(party: Party, now: datetime, *, plain: bool = False) -> CalendarFeed:
    """A new address. The one before it shows nothing any more."""
    token = secrets.token_urlsafe(32)
    with transaction() as session:
        end(party.id, now)
        feed = CalendarFeed(
            case_id=party.case_id,
            party_id=party.id,
            token=token,
            token_hash=digest(token),
            plain=plain,
            created_at=now,
        )
        session.add(feed)
    return feed


def end(party_id: UUID, now: datetime) -> None:
    """Switch the address off."""
    mine = CalendarFeed.party_id == party_id, CalendarFeed.ended_at.is_(None)
    with transaction() as session:
        session.execute(update(CalendarFeed).where(*mine).values(ended_at=now))


def word(party_id: UUID, *, plain: bool) -> None:
    """Let the entries say what they are, or only that there is something."""
    mine = CalendarFeed.party_id == party_id, CalendarFeed.ended_at.is_(None)
    with transaction() as session:
        session.execute(update(CalendarFeed).where(*mine).values(plain=plain))


def of_party(party_id: UUID) -> CalendarFeed | None:
    """The address that works, if there is one."""
    mine = CalendarFeed.party_id == party_id, CalendarFeed.ended_at.is_(None)
    return db.session.scalar(select(CalendarFeed).where(*mine))


def find(token: str) -> tuple[CalendarFeed, Party] | None:
    """The feed of an address that works, and whose it is; none while the programme has them switched off. One query."""
    query = select(CalendarFeed, Party, Programme.channels).join(Party, Party.id == CalendarFeed.party_id)
    query = query.join(Case, Case.id == CalendarFeed.case_id).join(Programme, Programme.id == Case.programme_id)
    row = db.session.execute(
        query.where(CalendarFeed.token_hash == digest(token), CalendarFeed.ended_at.is_(None))
    ).first()
    return (row.CalendarFeed, row.Party) if row and programmes.allows(row.channels, programmes.FEED) else None
