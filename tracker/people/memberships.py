"""Who works for which programme."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from tracker import lengths
from tracker.audit.record import Of, record
from tracker.db import by_form, db, transaction
from tracker.errors import Refused
from tracker.people import persons
from tracker.people.lock import lock_programme
from tracker.people.model import Membership, Person, Programme


def current_of(person_id: UUID, role: str) -> tuple[Membership, Programme] | None:
    """In which programme a person has this role now; the earliest one if there are several. One query."""
    query = (
        select(Membership, Programme)
        .join(Programme, Membership.programme_id == Programme.id)
        .where(
            Membership.person_id == person_id,
            Membership.role == role,
            Membership.ended_at.is_(None),
        )
        .order_by(Membership.created_at)
        .limit(1)
    )
    row = db.session.execute(query).first()
    return (row.Membership, row.Programme) if row else None


def begin_using(membership: Membership, now: datetime) -> None:
    """Its person came in with it: from now on who added them knows who they are. The first time alone counts."""
    if membership.used_at is None:
        with transaction() as session:
            session.get_one(Membership, membership.id, populate_existing=True).used_at = now


def roles_of(person_id: UUID) -> list[str]:
    """Every role that a person has now, in any programme."""
    query = select(Membership.role).where(Membership.person_id == person_id, Membership.ended_at.is_(None)).distinct()
    return sorted(db.session.scalars(query))


def add(
    programme: Programme, person: Person, role: str, now: datetime, name: str | None = None, form: UUID | None = None
) -> Membership:
    """Give a person a role in a programme; the one they already have is left as it is.

    `name`: what they are called there until they come in themselves; by default what they are called here. `form`: the
    id that the form brought. Raises `Refused("same")` where the role came from it already: its answer was lost.
    """
    with transaction() as session:
        lock_programme(programme.id)
        query = select(Membership).where(
            Membership.programme_id == programme.id,
            Membership.person_id == person.id,
            Membership.role == role,
            Membership.ended_at.is_(None),
        )
        found = session.scalar(query)
        if found is not None and found.id == form:
            raise Refused("same")
        if found is None:
            found = Membership(
                id=by_form(Membership, form)[1],
                programme_id=programme.id,
                person_id=person.id,
                role=role,
                name=person.name if name is None else name,
                created_at=now,
            )
            session.add(found)
            record("membership.added", now, Of(programme.id), subject_id=person.id, role=role)
        return found


def people_of(programme_id: UUID) -> list[tuple[Membership, Person]]:
    """Everybody who works for a programme now, by role and by the name that was typed for them. One query."""
    query = (
        select(Membership, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.programme_id == programme_id, Membership.ended_at.is_(None))
        .order_by(Membership.role, Membership.name, Membership.id)
    )
    return [(row.Membership, row.Person) for row in db.session.execute(query)]


def invite(
    programme: Programme, email: str, role: str, now: datetime, name: str = "", form: UUID | None = None
) -> Person:
    """Give whoever has this address a role in the programme; a person who is not known yet is added.

    Without a `name` they are called by the part of the address before the @. Raises `Refused("email")`, and as `add`.
    """
    email = persons.address(email)
    name = (name.strip() or email.partition("@")[0])[: lengths.NAME]
    with transaction():
        lock_programme(programme.id)
        person = persons.by_email(email) or persons.add(name, email, programme.timezone, now)
        add(programme, person, role, now, name, form)
    return person


def end(programme_id: UUID, membership_id: UUID, now: datetime) -> None:
    """End a membership of this programme. Raises `Refused`: `gone`, `last_administrator` (one must stay)."""
    with transaction() as session:
        lock_programme(programme_id)  # or two who end each other's task would leave nobody
        current = {membership.id: membership for membership, _person in people_of(programme_id)}
        membership = current.get(membership_id)
        if membership is None:
            raise Refused("gone")
        administrators = [other for other in current.values() if other.role == "administrator"]
        if administrators == [membership]:
            raise Refused("last_administrator")
        session.get_one(Membership, membership_id).ended_at = now
        record("membership.ended", now, Of(programme_id), subject_id=membership.person_id, role=membership.role)
