"""The demo's people: one programme, six persons with addresses that no mail can reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from tracker.db import db
from tracker.people import memberships
from tracker.people.model import Person, Programme

PROGRAMME = "Demo programme"
ZONE, OTHER_ZONE = "America/New_York", "America/Chicago"
NAMES = {
    "parent-a": ("Parent A", ZONE),
    "parent-b": ("Parent B", OTHER_ZONE),
    "upstairs": ("Upstairs", ZONE),
    "downstairs": ("Downstairs", ZONE),
    "mediator": ("Mediator", ZONE),
    "administrator": ("Administrator", ZONE),
}


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in the demo, by the name in their address."""

    programme: Programme
    by_name: dict[str, Person]

    def __getitem__(self, name: str) -> Person:
        return self.by_name[name]


def address(name: str) -> str:
    """The address of one of them. `.invalid` is reserved: nothing can be sent there."""
    return f"{name}@demo.invalid"


def exist() -> bool:
    """Whether the demo's people are in the database."""
    return db.session.scalar(select(Person.id).where(Person.email == address("mediator"))) is not None


def add(at: datetime) -> People:
    """Add the programme and everybody, to the running transaction."""
    programme = Programme(name=PROGRAMME, country="US", timezone=ZONE, created_at=at)
    people = {
        key: Person(name=name, email=address(key), timezone=zone, created_at=at) for key, (name, zone) in NAMES.items()
    }
    db.session.add_all([programme, *people.values()])
    db.session.flush()
    memberships.add(programme, people["mediator"], "mediator", at)
    memberships.add(programme, people["administrator"], "administrator", at)
    return People(programme, people)
