"""The ways to reach somebody. A channel finds a person's addresses and sends to one of them; the list is below.

To add one: a module in `delivery` whose `opened(config)` gives its `send` for one batch, and a `Channel` in `CHANNELS`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from tracker.config import Config
from tracker.db import db
from tracker.delivery import email
from tracker.delivery.notice import Send
from tracker.people.model import Person


@dataclass(frozen=True, slots=True)
class Address:
    """Where one channel reaches one person. `key` names it in a check-in's results and says nothing to anybody."""

    channel: str
    key: str
    value: str


def _nothing(_address: Address) -> None:
    """What most channels do about an address that is gone: the mediator's page says so."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One way. `addresses`: those of these people, one query. `gone`: what to do about one that is refused for good."""

    addresses: Callable[[Collection[UUID]], Iterable[tuple[UUID, Address]]]
    opened: Callable[[Config], AbstractContextManager[Send]]
    gone: Callable[[Address], None] = _nothing


def _emails(people: Collection[UUID]) -> Iterable[tuple[UUID, Address]]:
    query = select(Person.id, Person.email).where(Person.id.in_(people), Person.email.is_not(None))
    return [(row.id, Address("email", "email", row.email)) for row in db.session.execute(query) if row.email]


CHANNELS: dict[str, Channel] = {"email": Channel(_emails, email.opened)}


def addresses(people: Collection[UUID]) -> dict[UUID, list[Address]]:
    """Every address of these people, by person. One query for each channel."""
    found: dict[UUID, list[Address]] = {}
    for channel in CHANNELS.values():
        for person, address in channel.addresses(people):
            found.setdefault(person, []).append(address)
    return found
