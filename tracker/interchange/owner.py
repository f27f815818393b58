"""For whom a file is imported: which programme, which mediator."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from tracker.db import db
from tracker.errors import Refused
from tracker.people.model import Membership, Person, Programme
from tracker.plans.entry import Problem
from tracker.plans.values import shown

FIRST_PROGRAMME = "Meanwhile"


def programme(name: str | None, email: str | None, now: datetime) -> Programme:
    """The programme with this name; without one the only one in which the mediator with this address works; without
    either the only one there is, which is made if there is none yet.

    Call it in a transaction. Raises `Refused("programme")`: none has the name, several have, or which one is unclear.
    """
    found = list(db.session.scalars(select(Programme).order_by(Programme.name, Programme.id)))
    if name is None and not found:
        made = Programme(name=FIRST_PROGRAMME, created_at=now)
        db.session.add(made)
        db.session.flush()
        return made
    named = [one for one in found if name in (None, one.name) and (name or not email or _mediates(email, one))]
    if len(named) == 1:
        return named[0]
    if name is None and not named:
        raise Refused("mediator", Problem("--mediator", f"{shown(email)} is no mediator here"))
    raise Refused("programme", Problem("--programme", _why(name, named or found, named)))


def mediator(email: str | None, of: Programme) -> Person | None:
    """The programme's mediator with this address; without one its only mediator, or nobody if it has none or several.

    Raises `Refused("mediator")` if no mediator of the programme has the address.
    """
    found = _mediators(of)
    if email is None:
        return found[0] if len(found) == 1 else None
    for person in found:
        if person.email == _normal(email):
            return person
    raise Refused("mediator", Problem("--mediator", f"{shown(email)} is no mediator of {shown(of.name)}"))


def _mediators(of: Programme) -> list[Person]:
    query = select(Person).join(Membership, Membership.person_id == Person.id)
    now = (Membership.programme_id == of.id, Membership.role == "mediator", Membership.ended_at.is_(None))
    return list(db.session.scalars(query.where(*now)))


def _mediates(email: str, of: Programme) -> bool:
    return any(person.email == _normal(email) for person in _mediators(of))


def _normal(email: str) -> str:
    return email.strip().lower()


def _why(name: str | None, found: list[Programme], named: list[Programme]) -> str:
    if name is None:
        return "say which one, there are several: " + ", ".join(shown(one.name) for one in found)
    if named:
        return f"several programmes are called {shown(name)}"
    return f"no programme is called {shown(name)}"
