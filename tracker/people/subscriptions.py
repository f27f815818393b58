"""Push subscriptions: a device is written to while its sign-in lasts, and no longer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, select

from tracker.config import Config
from tracker.db import db, transaction
from tracker.delivery import push
from tracker.delivery.push import Subscription
from tracker.errors import Refused
from tracker.people.devices import digest
from tracker.people.model import Device, PushSubscription

AT_MOST = 10  # devices of one person: the oldest make room


def add(device: Device, wanted: Subscription, config: Config, now: datetime) -> None:
    """Push to this device from now on; in place of whatever was pushed to the same browser or device before.

    Raises `Refused`: `endpoint` (no push service that is known), `keys` (no browser's), `shared` (others may hold it).
    """
    if device.shared:
        raise Refused("shared")
    if not push.allowed(wanted.endpoint, config):
        raise Refused("endpoint")
    if not push.readable(wanted):
        raise Refused("keys")
    hash_ = digest(wanted.endpoint)
    with transaction() as session:
        same = (PushSubscription.endpoint_hash == hash_) | (PushSubscription.device_id == device.id)
        session.execute(delete(PushSubscription).where(same | PushSubscription.device_id.in_(_ended(now))))
        session.add(
            PushSubscription(
                person_id=device.person_id,
                device_id=device.id,
                endpoint_hash=hash_,
                endpoint=wanted.endpoint,
                p256dh=wanted.p256dh,
                auth=wanted.auth,
                created_at=now,
            )
        )
        session.flush()
        newest = select(PushSubscription.id).where(PushSubscription.person_id == device.person_id)
        for old in session.scalars(newest.order_by(PushSubscription.created_at.desc()).offset(AT_MOST)).all():
            session.execute(delete(PushSubscription).where(PushSubscription.id == old))


def of_person(person_id: UUID, now: datetime) -> list[PushSubscription]:
    """Where this person is written to: devices whose sign-in lasts. One query."""
    return of_people([person_id], now)


def of_people(people: Collection[UUID], now: datetime) -> list[PushSubscription]:
    """The same for several people. One query."""
    query = select(PushSubscription).where(
        PushSubscription.person_id.in_(people), PushSubscription.device_id.not_in(_ended(now))
    )
    return list(db.session.scalars(query.order_by(PushSubscription.created_at)))


def remove(id_: UUID) -> None:
    """Forget one: its browser is gone."""
    with transaction() as session:
        session.execute(delete(PushSubscription).where(PushSubscription.id == id_))


def remove_of_device(device_id: UUID) -> None:
    """Push nothing to this device any more."""
    with transaction() as session:
        session.execute(delete(PushSubscription).where(PushSubscription.device_id == device_id))


def address(row: PushSubscription) -> Subscription:
    """What `delivery.push` needs to know of it."""
    return Subscription(row.endpoint, row.p256dh, row.auth)


def _ended(now: datetime) -> Select[UUID]:
    return select(Device.id).where(Device.ended_at.is_not(None) | (Device.expires_at <= now))
