"""Signing in without a password: a six-digit code and a link, in one email.

The code belongs to the browser that asked for it: what is stored is the hash of the code together with a ticket that
only that browser holds. So nobody else's wrong tries count against it, nobody else's request replaces it, and a stolen
table gives no code away. The link works in any browser. An address that nobody has gets a code too; it opens nothing.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, select, update

from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.people import persons
from tracker.people.devices import digest
from tracker.people.model import Person, SignInCode

VALID = timedelta(minutes=10)
TRIES = 5
KEPT = timedelta(days=1)  # how long rows of codes that are over stay


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a request. The browser keeps `id` and `ticket`; `code` and `link` go to `person` alone."""

    id: UUID
    ticket: str
    code: str
    link: str
    person: Person | None


def ask(email: str, now: datetime, before: tuple[UUID, str] | None = None) -> Asked:
    """A new code for whoever has this address. `before`: the id and the ticket of the same browser's earlier request.

    The same person's request gets another code and stays what it is, so that nothing depends on whether the answer
    arrives; a request for somebody else is dead from now on.
    """
    ticket, link = secrets.token_urlsafe(24), secrets.token_urlsafe(32)
    code = f"{secrets.randbelow(10**6):06}"
    with transaction() as session:
        session.execute(delete(SignInCode).where(SignInCode.expires_at < now - KEPT))
        person = persons.by_email(email)
        whose = person.id if person else None
        row = session.get(SignInCode, before[0], populate_existing=True, with_for_update=True) if before else None
        if row is not None and before is not None and row.person_id == whose:
            ticket = before[1]
        else:
            if row is not None:
                row.used_at = now
            row = SignInCode(person_id=whose)
            session.add(row)
        row.code_hash, row.link_hash = _code_hash(ticket, code), digest(link)
        row.created_at, row.expires_at, row.used_at, row.tries = now, now + VALID, None, 0
        session.flush()
    return Asked(row.id, ticket, code, link, person)


def by_code(asked: UUID, ticket: str, code: str, now: datetime) -> Person:
    """Whose code this is; it is used up. Raises `Refused`: `wrong` (tries are left), `gone` (over, or all tried)."""
    with transaction() as session:
        trying = update(SignInCode).where(SignInCode.id == asked, *_open(now), SignInCode.tries < TRIES)
        if session.scalar(trying.values(tries=SignInCode.tries + 1).returning(SignInCode.id)) is None:
            raise Refused("gone")
        row = session.get_one(SignInCode, asked, populate_existing=True)
        given = _code_hash(ticket, digits(code))
        right = compare_digest(given, row.code_hash) and row.person_id is not None
        if right:
            row.used_at = now
        left = TRIES - row.tries
        person = session.get(Person, row.person_id) if right else None
    if person is None:  # said outside, so that the try stays counted
        raise Refused("wrong" if left else "gone")
    return person


def is_same(asked: UUID, ticket: str, code: str, now: datetime) -> bool:
    """Whether this is the code that was used up by this browser; asking counts as a try, so that nobody guesses it."""
    with transaction() as session:
        mine = SignInCode.id == asked, SignInCode.used_at.is_not(None), SignInCode.expires_at > now
        trying = update(SignInCode).where(*mine, SignInCode.tries < TRIES)
        kept = session.scalar(trying.values(tries=SignInCode.tries + 1).returning(SignInCode.code_hash))
    return kept is not None and compare_digest(_code_hash(ticket, digits(code)), kept)


def link_is_open(link: str, now: datetime) -> bool:
    """Whether the button of this link's page would sign somebody in. Changes nothing."""
    return db.session.scalar(_by_link(link, now)) is not None


def by_link(link: str, now: datetime) -> Person:
    """Whose link this is; it is used up, and its code with it. Raises `Refused("gone")`."""
    with transaction() as session:
        row = session.scalar(_by_link(link, now))
        if row is None:
            raise Refused("gone")
        using = update(SignInCode).where(SignInCode.id == row.id, *_open(now)).values(used_at=now)
        if session.scalar(using.returning(SignInCode.id)) is None:
            raise Refused("gone")
        return session.get_one(Person, row.person_id)


def _by_link(link: str, now: datetime) -> Select[SignInCode]:
    mine = SignInCode.link_hash == digest(link), SignInCode.person_id.is_not(None)
    return select(SignInCode).where(*mine, *_open(now))


def _open(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return SignInCode.used_at.is_(None), SignInCode.expires_at > now


def digits(code: str) -> str:
    """A code as it was made, however somebody typed it."""
    return "".join(filter(str.isdigit, code))


def _code_hash(ticket: str, code: str) -> str:
    return digest(f"{ticket}:{code}")
