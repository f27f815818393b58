"""Sign-ins on devices: begin, find by token, end."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update

from tracker.db import db, transaction
from tracker.people.model import Device, Person, PushSubscription

ABSOLUTE = timedelta(days=180)
SHARED = timedelta(hours=2)
SEEN_EVERY = timedelta(hours=1)
_BY_TOKEN = (  # asked on each request, so built once
    select(Person, Device)
    .join(Device, Device.person_id == Person.id)
    .where(Device.token_hash == bindparam("token_hash"))
)


def digest(secret: str) -> str:
    """How a long random secret is kept: its SHA-256, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def begin(person: Person, now: datetime, *, shared: bool = False) -> tuple[str, Device]:
    """A new sign-in: the token for the cookie, and its row. On a shared device it ends after two hours."""
    token = secrets.token_urlsafe(32)
    device = Device(
        person_id=person.id,
        token_hash=digest(token),
        shared=shared,
        created_at=now,
        seen_at=now,
        expires_at=now + (SHARED if shared else ABSOLUTE),
    )
    with transaction() as session:
        session.add(device)
    return token, device


def find(token: str, now: datetime) -> tuple[Person, Device] | None:
    """Whose token this is, while the sign-in lasts."""
    row = db.session.execute(_BY_TOKEN, {"token_hash": digest(token)}).first()
    if row is None or row.Device.ended_at or row.Device.expires_at <= now:
        return None
    if now - row.Device.seen_at > SEEN_EVERY:
        with transaction() as session:
            session.execute(update(Device).where(Device.id == row.Device.id).values(seen_at=now))
    return row.Person, row.Device


def end(device_id: UUID, now: datetime) -> None:
    """End one sign-in. Nothing is pushed to that device any more."""
    with transaction() as session:
        session.execute(delete(PushSubscription).where(PushSubscription.device_id == device_id))
        session.execute(update(Device).where(Device.id == device_id, Device.ended_at.is_(None)).values(ended_at=now))


def end_all(person_id: UUID, now: datetime) -> None:
    """Sign a person out everywhere."""
    with transaction() as session:
        session.execute(delete(PushSubscription).where(PushSubscription.person_id == person_id))
        session.execute(
            update(Device).where(Device.person_id == person_id, Device.ended_at.is_(None)).values(ended_at=now)
        )
