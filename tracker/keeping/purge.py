"""Deleting what is in a case: what anybody noted goes, who they were goes, counts and dates stay.

By default every row of every table below a case goes, so that a new table is covered by carrying `case_id`, as each of
them must. What stays is listed here with the columns that are emptied: dates, numbers and codes remain.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, func, select, update

from tracker.audit.record import Of, record
from tracker.cases.lock import lock_case
from tracker.cases.model import Guest, Party
from tracker.db import Base, EncryptedText, db, table_of, transaction
from tracker.errors import Refused
from tracker.keeping.holds import is_held
from tracker.keeping.model import Purge
from tracker.people.model import Membership, Person

KEPT: dict[str, dict[str, Any]] = {
    "case": {"title": "", "mediator_id": None},
    "party": {"name": "", "email": None, "person_id": None, "check_ins": False},
    "trial": {"title": ""},
    "plan_version": {"name": "", "terms": [], "schedule": {}, "created_by": None},
    "acceptance": {},
    "pause": {},
    "ending": {},
    "withdrawal": {},
    "release": {},
    "return_session": {"place": ""},
    "outcome": {},
    "legal_hold": {},
    "purge_notice": {},
    "purge": {},
    "account_deletion": {},
}  # what stays of each table; whatever is encrypted in it is emptied too
OUTSIDE = {"audit_entry"}  # carries case ids, holds no content, and can only grow


def purge(case_id: UUID, now: datetime) -> Purge:
    """Delete what is in a case. Raises `Refused`: `held` (a legal hold), `purged` (done already)."""
    with transaction() as session:
        case = lock_case(case_id)
        if session.scalar(select(Purge.id).where(Purge.case_id == case_id)):
            raise Refused("purged")
        if is_held(case_id):
            raise Refused("held")
        people = _people(case_id)
        counts = {table.name: _count(table, case_id) for table in below_case()}
        done = Purge(
            programme_id=case.programme_id, case_id=case_id, at=now, counts={k: n for k, n in counts.items() if n}
        )
        for table in reversed(below_case()):
            _empty(table, case_id)
        session.expire_all()
        for person in people:
            forget(person)
        session.add(done)
        entries = counts.get("observation", 0)
        record("purge", now, Of(case.programme_id, case_id), entries=entries, rows=sum(counts.values()))
    return done


def below_case() -> list[Table]:
    """Every table whose rows belong to a case, in the order in which they depend on each other."""
    return [
        table
        for table in Base.metadata.sorted_tables
        if table.name not in OUTSIDE and (table.name == "case" or "case_id" in table.columns)
    ]


def _of(table: Table, case_id: UUID) -> ColumnElement[bool]:
    column = table.columns["id" if table.name == "case" else "case_id"]
    return column == case_id


def _count(table: Table, case_id: UUID) -> int:
    return db.session.scalar(select(func.count()).select_from(table).where(_of(table, case_id))) or 0


def _empty(table: Table, case_id: UUID) -> None:
    if table.name not in KEPT:
        db.session.execute(delete(table).where(_of(table, case_id)))
        return
    secret = {column.name: None for column in table.columns if isinstance(column.type, EncryptedText)}
    values = KEPT[table.name] | secret
    if values:
        db.session.execute(update(table).where(_of(table, case_id)).values(values))


def _people(case_id: UUID) -> set[UUID]:
    """The parties and guests of the case."""
    parties = select(Party.person_id).where(Party.case_id == case_id, Party.person_id.is_not(None))
    guests = select(Guest.person_id).where(Guest.case_id == case_id)
    return {id_ for query in (parties, guests) for id_ in db.session.scalars(query) if id_}


def forget(person_id: UUID) -> None:
    """Empty a person who has no part here any more: their name, their address, and everything that is theirs alone."""
    for other in (Party, Guest, Membership):
        if db.session.scalar(select(other.person_id).where(other.person_id == person_id).limit(1)):
            return
    person = table_of(Person)
    for table in reversed(Base.metadata.sorted_tables):
        for key in table.foreign_keys:
            if key.column.table is person and not {"case_id", "programme_id"} & set(table.columns.keys()):
                _delete_with(table, key.parent == person_id)
    nobody = {"name": "", "email": None, "phone": None, "language": None, "device_key": None}
    db.session.execute(update(person).where(person.c.id == person_id).values(nobody))


def _delete_with(table: Table, which: ColumnElement[bool]) -> None:
    """Delete rows, and first the rows that refer to them."""
    for child, column in _children(table):
        keys = select(table.c.id).where(which)
        _delete_with(child, column.in_(keys))
    db.session.execute(delete(table).where(which))


def _children(table: Table) -> Iterable[tuple[Table, Any]]:
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table and other is not table:
                yield other, key.parent
