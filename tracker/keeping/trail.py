"""Reading the audit trail, for the programme that it concerns."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, or_, select

from tracker.audit.model import AuditEntry
from tracker.db import db
from tracker.people.model import Membership, Person

PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One entry; the name of who did it; and whether they worked for the programme, and had come in, when they did it.

    Who was added later, by an address that may be a party's, does not lend their name to what they did before.
    """

    entry: AuditEntry
    name: str
    works_here: bool
    detail: dict[str, Any]


def of_programme(
    programme_id: UUID, *, since: datetime | None = None, until: datetime | None = None, before: int | None = None
) -> list[Line]:
    """A programme's entries, and those about the whole server, from `since` to just before `until`.

    Newest first: one page and one more. One query.
    """
    one = Membership
    works = exists().where(
        one.person_id == AuditEntry.actor_id,
        one.programme_id == programme_id,
        one.used_at <= AuditEntry.at,
        or_(one.ended_at.is_(None), one.ended_at >= AuditEntry.at),
    )
    query = select(AuditEntry, Person.name, works.label("works")).outerjoin(Person, Person.id == AuditEntry.actor_id)
    query = query.where(or_(AuditEntry.programme_id == programme_id, AuditEntry.programme_id.is_(None)))
    if since is not None:
        query = query.where(AuditEntry.at >= since)
    if until is not None:
        query = query.where(AuditEntry.at < until)
    if before is not None:
        query = query.where(AuditEntry.number < before)
    rows = db.session.execute(query.order_by(AuditEntry.number.desc()).limit(PAGE + 1))
    return [Line(row.AuditEntry, row.name or "", bool(row.works), json.loads(row.AuditEntry.detail)) for row in rows]
