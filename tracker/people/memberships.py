"""Who works for which programme."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from tracker.audit.record import Of, record
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.people import persons
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
            record("membership.added", now, Of(programme.id), subject_id=person.id, role=role)
        return found


def people_of(programme_id: UUID) -> list[tuple[Membership, Person]]:
    """Everybody who works for a programme now, by role and name. One query."""
    query = (
        select(Membership, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.programme_id == programme_id, Membership.ended_at.is_(None))
        .order_by(Membership.role, Person.name, Membership.id)
    )
    return [(row.Membership, row.Person) for row in db.session.execute(query)]


def invite(programme: Programme, email: str, role: str, now: datetime, name: str = "") -> Person:
    """Give whoever has this address a role in the programme; a person who is not known yet is added.

    Without a `name` a new person is called by the part of the address before the @. Raises `Refused("email")`.
    """
    email = persons.address(email)
    with transaction():
        known = persons.by_email(email)
        person = known or persons.add(name.strip()[:80] or email.partition("@")[0][:80], email, programme.timezone, now)
        add(programme, person, role, now)
    return person


def end(programme_id: UUID, membership_id: UUID, now: datetime) -> None:
    """End a membership of this programme. Raises `Refused`: `gone`, `last_administrator` (one must stay)."""
    with transaction() as session:
        current = {membership.id: membership for membership, _person in people_of(programme_id)}
        membership = current.get(membership_id)
        if membership is None:
            raise Refused("gone")
        administrators = [other for other in current.values() if other.role == "administrator"]
        if administrators == [membership]:
            raise Refused("last_administrator")
        session.get_one(Membership, membership_id).ended_at = now
        record("membership.ended", now, Of(programme_id), subject_id=membership.person_id, role=membership.role)
