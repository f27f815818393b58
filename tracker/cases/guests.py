"""Guests: a lawyer, a support person. They read what was released, for as long as every party allows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from tracker import lengths
from tracker.audit import record as audit
from tracker.cases.model import Case, Guest, GuestConsent, Party
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.people import persons
from tracker.people.model import Person
from tracker.plans.entry import Problem


@dataclass(frozen=True, slots=True)
class Invited:
    """A guest, and the parties who said yes."""

    id: UUID
    person_id: UUID
    name: str
    email: str
    yes: frozenset[UUID]
    language: str | None


def propose(case: Case, name: str, email: str, now: datetime) -> Guest:
    """Propose a guest. Nothing is shown to them before each party said yes. The same one again is the same.

    Raises `Refused("invalid")`: no name or address, or somebody who has a part in the case already.
    """
    name = name.strip()
    if not name or len(name) > lengths.NAME:
        raise Refused("invalid", Problem("name", "missing or too long"))
    try:
        address = persons.address(email)
    except Refused:
        raise Refused("invalid", Problem("email", "not an address")) from None
    with transaction() as session:
        person = persons.by_email(address)
        if person is None:
            person = Person(name=name, email=address, timezone="UTC", created_at=now)
            session.add(person)
            session.flush()
        taken = session.scalar(select(Party.id).where(Party.case_id == case.id, Party.person_id == person.id))
        here = session.scalar(select(Guest).where(*_of(case.id), Guest.person_id == person.id))
        if here and here.name == name:
            return here
        if taken or here or person.id == case.mediator_id:
            raise Refused("invalid", Problem("email", "has a part in the case already"))
        made = Guest(case_id=case.id, person_id=person.id, name=name, created_at=now)
        session.add(made)
        session.flush()
        audit.record("guest.added", now, audit.Of(case.programme_id, case.id), subject_id=made.id)
    return made


def end(case: Case, guest_id: UUID, now: datetime) -> None:
    """This guest is one no longer, and reads nothing more. One of another case is not touched."""
    with transaction() as session:
        ending = update(Guest).where(*_of(case.id), Guest.id == guest_id).values(ended_at=now).returning(Guest.id)
        if session.scalar(ending) is not None:
            audit.record("guest.ended", now, audit.Of(case.programme_id, case.id), subject_id=guest_id)


def allow(case: Case, guest_id: UUID, party_id: UUID, yes: bool, now: datetime) -> None:
    """A party's yes, or that it is taken back. Raises `Refused("unknown")` for a guest of another case."""
    with transaction() as session:
        # The guest's row is held, so that two answers at once are one after the other.
        if session.scalar(select(Guest.id).where(*_of(case.id), Guest.id == guest_id).with_for_update()) is None:
            raise Refused("unknown")
        mine = (GuestConsent.guest_id == guest_id, GuestConsent.party_id == party_id)
        standing = list(session.scalars(select(GuestConsent).where(*mine, GuestConsent.withdrawn_at.is_(None))))
        if yes == bool(standing):
            return
        if yes:
            session.add(GuestConsent(case_id=case.id, guest_id=guest_id, party_id=party_id, at=now))
        for one in standing:
            one.withdrawn_at = now
        action = "guest.allowed" if yes else "guest.disallowed"
        audit.record(action, now, audit.Of(case.programme_id, case.id), subject_id=guest_id)


def of_case(case_id: UUID, *, ended: bool = False) -> list[Invited]:
    """Every guest with who said yes, in the order in which they were proposed; `ended`: those who were one, too. One
    query."""
    consent = (GuestConsent.guest_id == Guest.id) & GuestConsent.withdrawn_at.is_(None)
    query = select(Guest, Person, GuestConsent.party_id).join(Person, Person.id == Guest.person_id)
    which = (Guest.case_id == case_id,) if ended else _of(case_id)
    query = query.outerjoin(GuestConsent, consent).where(*which).order_by(Guest.created_at, Guest.id)
    found: dict[UUID, Invited] = {}
    for row in db.session.execute(query):
        guest, person, party = row.Guest, row.Person, row.party_id
        before = found.get(guest.id)
        yes = (before.yes if before else frozenset()) | frozenset([party] if party is not None else [])
        found[guest.id] = Invited(guest.id, person.id, guest.name, person.email or "", yes, person.language)
    return list(found.values())


def welcome(case_id: UUID) -> list[Invited]:
    """The guests whom every party allows. Two queries, one where there is no guest."""
    invited = of_case(case_id)
    if not invited:
        return []
    parties = set(db.session.scalars(select(Party.id).where(Party.case_id == case_id)))
    return [one for one in invited if one.yes >= parties]


def _of(case_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (Guest.case_id == case_id, Guest.ended_at.is_(None))
