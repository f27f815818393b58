"""The ways to reach somebody. A channel finds a person's addresses and sends to one of them; the list is below.

To add one: a module in `delivery` whose `opened(config)` gives its `send` for one batch, and a `Channel` in `CHANNELS`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from tracker.config import Config
from tracker.db import db
from tracker.delivery import email, others, push
from tracker.delivery.notice import Send
from tracker.people import subscriptions
from tracker.people.model import Person
from tracker.trials.here import Here


@dataclass(frozen=True, slots=True)
class Address:
    """Where one channel reaches one person. `key` names it in a check-in's results and says nothing to anybody."""

    channel: str
    key: str
    value: str


def _nothing(_address: Address) -> None:
    """What most channels do about an address that is gone: the mediator's page says so."""


def _always(_config: Config) -> bool:
    """What most channels need beside the installation itself."""
    return True


@dataclass(frozen=True, slots=True)
class Channel:
    """One way. `addresses`: those of these people, one query. `gone`: what to do about one that is refused for good.

    `there`: whether the installation has it.
    """

    addresses: Callable[[Collection[UUID], datetime], Iterable[tuple[UUID, Address]]]
    opened: Callable[[Config], AbstractContextManager[Send]]
    gone: Callable[[Address], None] = _nothing
    there: Callable[[Config], bool] = _always


def _emails(people: Collection[UUID], _now: datetime) -> Iterable[tuple[UUID, Address]]:
    query = select(Person.id, Person.email).where(Person.id.in_(people), Person.email.is_not(None))
    return [(row.id, Address("email", "email", row.email)) for row in db.session.execute(query) if row.email]


def _devices(people: Collection[UUID], now: datetime) -> Iterable[tuple[UUID, Address]]:
    for row in subscriptions.of_people(people, now):
        yield row.person_id, Address("push", f"push:{row.id}", push.text(subscriptions.address(row)))


def _forget_device(address: Address) -> None:
    """A push service that has given up an address never takes it back."""
    subscriptions.remove(UUID(address.key.removeprefix("push:")))


def _numbers(people: Collection[UUID], _now: datetime) -> Iterable[tuple[UUID, Address]]:
    query = select(Person.id, Person.phone).where(Person.id.in_(people), Person.phone.is_not(None))
    return [(row.id, Address("text", "text", row.phone)) for row in db.session.execute(query)]


CHANNELS: dict[str, Channel] = {
    "email": Channel(_emails, email.opened),
    "push": Channel(_devices, push.opened, _forget_device),
    "text": Channel(_numbers, others.opened, there=lambda config: bool(config.sms_url)),
}


def available(config: Config) -> list[str]:
    """The channels that the installation has."""
    return [name for name, channel in CHANNELS.items() if channel.there(config)]


def possible(here: Here, config: Config) -> list[str]:
    """The channels that the installation has and the programme of this trial allows."""
    return [name for name in available(config) if here.allows(name)]


def chosen(here: Here, config: Config) -> list[str]:
    """Those of the possible ones that the party of this trial chose: no reminder takes another."""
    return [name for name in possible(here, config) if name in here.me.check_in_channels]


def addresses(people: Collection[UUID], now: datetime) -> dict[UUID, list[Address]]:
    """Every address of these people, by person. One query for each channel."""
    found: dict[UUID, list[Address]] = {}
    for channel in CHANNELS.values():
        for person, address in channel.addresses(people, now):
            found.setdefault(person, []).append(address)
    return found
