"""Sign-ins on devices: begin, find by token, list, end.

How long one lasts: 180 days, 60 without a request; on a shared device two hours, half an hour without a request; for
who works for a programme twelve hours, two without a request.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update

from tracker import lengths
from tracker.db import db, transaction
from tracker.people.model import Device, Person, PushSubscription

ABSOLUTE = timedelta(days=180)
SHARED = timedelta(hours=2)
STAFF = timedelta(hours=12)
FRESH = timedelta(minutes=15)  # how long after a proof one may change how one signs in
AGAIN = timedelta(minutes=10)  # how long the form that began a sign-in may come again, for its answer was lost
TRIES = 5  # wrong codes of the second step before the sign-in ends
SEEN_EVERY = 24  # a sign-in's last request is noted this often within its idle time
_BY_TOKEN = (  # asked on each request, so built once
    select(Person, Device)
    .join(Device, Device.person_id == Person.id)
    .where(Device.token_hash == bindparam("token_hash"))
)


def digest(secret: str) -> str:
    """How a long random secret is kept: its SHA-256, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def begin(
    person: Person,
    now: datetime,
    *,
    shared: bool = False,
    staff: bool = False,
    proved: bool = False,
    name: str = "",
    how: str = "code",
    token: str = "",
    language: str = "",
) -> tuple[str, Device]:
    """A new sign-in: the token for the cookie, and its row. `proved`: with a passkey, which is both factors in one.

    `token`: the secret that it is to have, from who can make the same one again. `language`: what this browser asks
    for; it stays that person's until they choose another, for their messages come while no browser asks.
    """
    token = token or secrets.token_urlsafe(32)
    device = Device(
        person_id=person.id,
        token_hash=digest(token),
        name=name[: lengths.LABEL],
        how=how,
        shared=shared,
        staff=staff,
        proved_at=now if proved else None,
        created_at=now,
        seen_at=now,
        expires_at=now + (SHARED if shared else STAFF if staff else ABSOLUTE),
    )
    with transaction() as session:
        session.add(device)
        if language and person.language is None:
            session.get_one(Person, person.id).language = language
    return token, device


def find(token: str, now: datetime) -> tuple[Person, Device] | None:
    """Whose token this is, while the sign-in lasts."""
    row = db.session.execute(_BY_TOKEN, {"token_hash": digest(token)}).first()
    return (row.Person, row.Device) if row is not None and lasting(row.Device, now) else None


def begun(token: str, now: datetime) -> tuple[Person, Device] | None:
    """Whose token this is, while the sign-in lasts and has only just begun."""
    found = find(token, now)
    return found if found is not None and now - found[1].created_at < AGAIN else None


def share(device_id: UUID) -> None:
    """The device is a shared one after all: its sign-in ends soon."""
    with transaction() as session:
        device = session.get_one(Device, device_id, populate_existing=True)
        device.shared, device.expires_at = True, min(device.expires_at, device.created_at + SHARED)


def lasting(device: Device, now: datetime) -> bool:
    """Whether this sign-in lasts; if so it is noted, now and then, that it is in use."""
    if not _lasts(device, now):
        return False
    if now - device.seen_at > device.idle / SEEN_EVERY:
        with transaction() as session:
            session.execute(update(Device).where(Device.id == device.id).values(seen_at=now))
    return True


def _lasts(device: Device, now: datetime) -> bool:
    return device.ended_at is None and now < device.expires_at and now < device.seen_at + device.idle


def current(person_id: UUID, now: datetime) -> list[Device]:
    """Where a person is signed in now, the one used last first."""
    query = select(Device).where(Device.person_id == person_id, Device.ended_at.is_(None), Device.expires_at > now)
    found = db.session.scalars(query.order_by(Device.seen_at.desc(), Device.id))
    return [device for device in found if _lasts(device, now)]


def is_fresh(device: Device, now: datetime) -> bool:
    """Whether the person has shown a moment ago, on this device, that it is them."""
    return now - device.created_at < FRESH


def miss(device_id: UUID, now: datetime) -> bool:
    """A second factor was wrong. After five in a row this sign-in ends, and no other one: false then."""
    with transaction() as session:
        device = session.get_one(Device, device_id, populate_existing=True, with_for_update=True)
        device.tries += 1
        if device.tries >= TRIES:
            device.ended_at = device.ended_at or now
        return device.tries < TRIES


def end(device_id: UUID, now: datetime) -> None:
    """End one sign-in. Nothing is pushed to that device any more."""
    with transaction() as session:
        session.execute(delete(PushSubscription).where(PushSubscription.device_id == device_id))
        session.execute(update(Device).where(Device.id == device_id, Device.ended_at.is_(None)).values(ended_at=now))


def end_replaced(device_id: UUID, now: datetime) -> None:
    """End a sign-in whose place another one of the same device has taken. One query: nothing is pushed to one that has
    ended, and what was to be is forgotten when the device asks for it again."""
    with transaction() as session:
        session.execute(update(Device).where(Device.id == device_id, Device.ended_at.is_(None)).values(ended_at=now))


def end_of(person_id: UUID, device_id: UUID, now: datetime) -> None:
    """End one sign-in of this person; another's is left alone."""
    mine = Device.id == device_id, Device.person_id == person_id, Device.ended_at.is_(None)
    pushed = PushSubscription.device_id == device_id, PushSubscription.person_id == person_id
    with transaction() as session:
        session.execute(delete(PushSubscription).where(*pushed))
        session.execute(update(Device).where(*mine).values(ended_at=now))


def end_all(person_id: UUID, now: datetime) -> None:
    """Sign a person out everywhere."""
    with transaction() as session:
        session.execute(delete(PushSubscription).where(PushSubscription.person_id == person_id))
        session.execute(
            update(Device).where(Device.person_id == person_id, Device.ended_at.is_(None)).values(ended_at=now)
        )
