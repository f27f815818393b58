"""The first step of an installation: a programme and somebody who administers it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from tracker.db import transaction
from tracker.people import memberships
from tracker.people.model import Person, Programme


def invite(
    name_of_programme: str, email: str, now: datetime, *, country: str = "US", timezone: str = "UTC"
) -> tuple[Programme, Person]:
    """Make this person an administrator of the programme with this name, which is made if there is none.

    `country` (ISO 3166) and `timezone` (IANA) are for a new one. Twice is the same as once. Raises `Refused("email")`.
    """
    with transaction() as session:
        programme = session.scalar(select(Programme).where(Programme.name == name_of_programme).limit(1))
        if programme is None:
            programme = Programme(name=name_of_programme, country=country, timezone=timezone, created_at=now)
            session.add(programme)
            session.flush()
        return programme, memberships.invite(programme, email, "administrator", now)
