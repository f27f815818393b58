"""Who works for which programme."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from tracker.db import db, transaction
from tracker.people.model import Membership, Person, Programme


def programme_of(person_id: UUID, role: str) -> Programme | None:
    """The programme in which a person has this role now; the earliest one if there are several."""
    query = (
        select(Programme)
        .join(Membership, Membership.programme_id == Programme.id)
        .where(
            Membership.person_id == person_id,
            Membership.role == role,
            Membership.ended_at.is_(None),
        )
        .order_by(Membership.created_at)
        .limit(1)
    )
    return db.session.scalar(query)


def roles_of(person_id: UUID) -> list[str]:
    """Every role that a person has now, in any programme."""
    query = select(Membership.role).where(Membership.person_id == person_id, Membership.ended_at.is_(None)).distinct()
    return sorted(db.session.scalars(query))


def add(programme: Programme, person: Person, role: str, now: datetime) -> Membership:
    """Give a person a role in a programme; the one they already have is left as it is."""
    with transaction() as session:
        query = select(Membership).where(
            Membership.programme_id == programme.id,
            Membership.person_id == person.id,
            Membership.role == role,
            Membership.ended_at.is_(None),
        )
        found = session.scalar(query)
        if found is None:
            found = Membership(
                programme_id=programme.id,
                person_id=person.id,
                role=role,
                created_at=now,
            )
            session.add(found)
        return found
