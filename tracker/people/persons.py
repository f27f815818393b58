"""Finding and adding people by their address."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from sqlalchemy import select

from tracker import lengths
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.people.model import Person

LONGEST_LOCAL = 64  # before the @
SPECIAL_USE_DOMAIN_NAMES.clear()  # an office's own mail server knows names that the library would refuse, as in .local


def address(text: str) -> str:
    """The address as it is kept: no spaces around it, in lower case. Raises `Refused("email")` for what is none.

    The one rule for every field and command that takes an address: what can be written in SMTP (RFC 5321), at a name
    with a dot in it (2.3.5) or at this machine. Nothing is looked up. Two things go beyond the RFC because mail gets
    there: letters of any script (RFC 6531), and dots at either end or side by side before the @, which addresses of
    Japanese telephone companies have.
    """
    text = text.strip().lower()
    local, _at, domain = text.rpartition("@")
    if len(text) > lengths.EMAIL or len(local) > LONGEST_LOCAL:
        raise Refused("email")
    plain = ".".join(filter(None, local.split("."))) + f"@{domain}"
    try:
        validate_email(plain, check_deliverability=False, globally_deliverable=domain != "localhost")
    except EmailNotValidError:
        raise Refused("email") from None
    return text


def by_email(email: str) -> Person | None:
    """The person who has this address; compared without regard to case."""
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def by_id(person_id: UUID) -> Person | None:
    """The person of this id."""
    return db.session.get(Person, person_id)


def add(name: str, email: str | None, timezone: str, now: datetime) -> Person:
    """A new person. Raises `Refused("known")` if somebody has the address already."""
    with transaction() as session:
        if email is not None and by_email(email) is not None:
            raise Refused("known")
        person = Person(name=name, email=email, timezone=timezone, created_at=now)
        session.add(person)
        session.flush()
    return person


def drop_email(person_id: UUID) -> None:
    """Forget a person's address: nobody gets mail or codes there any more."""
    with transaction() as session:
        session.get_one(Person, person_id, populate_existing=True).email = None


def keep_phone(person_id: UUID, number: str | None) -> None:
    """Where texts go; nowhere for None."""
    with transaction() as session:
        session.get_one(Person, person_id, populate_existing=True).phone = number or ""


def speak(person_id: UUID, language: str) -> None:
    """The language of their pages and messages: the name of a catalogue."""
    with transaction() as session:
        session.get_one(Person, person_id, populate_existing=True).language = language


def languages(people: Collection[UUID]) -> dict[UUID, str | None]:
    """Which language each of these people reads, as far as that is known. One query."""
    rows = db.session.execute(select(Person.id, Person.language).where(Person.id.in_(people)))
    return {row.id: row.language for row in rows}


def confirm_email(person_id: UUID, email: str) -> None:
    """Give a person without an address this one, which they have shown to read. Shown again, it is theirs already.

    Raises `Refused`: `gone` (they have another by now, or were forgotten), `known` (somebody else has it).
    """
    with transaction() as session:
        person = session.get(Person, person_id, populate_existing=True)
        if person is None or person.email not in (None, email) or not person.name:  # who is forgotten has no name
            raise Refused("gone")
        if person.email == email:
            return
        if by_email(email) is not None:
            raise Refused("known")
        person.email = email
