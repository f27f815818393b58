"""The key with which a person's own devices encrypt what they hold: forms for the days without a network, and entries
that wait to be sent.

It belongs to the person, not to one sign-in: what waits on a phone when a sign-in ends can be read and sent again once
the same person is back, and by nobody else. A device keeps it only while the sign-in lasts.
"""

from __future__ import annotations

import secrets
from base64 import b64encode

from sqlalchemy import select, update

from tracker.db import db, transaction
from tracker.people.model import Person


def of(person: Person) -> str:
    """256 bits in base64, made when first asked for."""
    if person.device_key:
        return person.device_key
    made = b64encode(secrets.token_bytes(32)).decode()
    with transaction() as session:  # two devices may ask at once: the first one's stays
        session.execute(
            update(Person).where(Person.id == person.id, Person.device_key.is_(None)).values(device_key=made)
        )
    kept = db.session.scalar(select(Person.device_key).where(Person.id == person.id))
    assert kept
    return kept
