"""Writing the audit trail: in the same transaction as what it records, as the last thing before that commits.

Entries wait in the session until then, so that the lock under which they get their numbers is held for as short as can
be and is always the last one taken: writers of the trail queue, and never block each other in a circle.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Insert, Select, event, insert, select, text
from sqlalchemy.orm import Session

from tracker.audit.chain import START, link
from tracker.audit.model import AuditEntry
from tracker.db import db, table_of, transaction

ACTIONS = frozenset(
    {
        "account.read", "caseload.read", "account.taken", "account.deleted", "export", "import",
        "release", "release.withdrawn", "membership.added", "membership.ended",
        "guest.added", "guest.ended", "guest.allowed", "guest.disallowed", "party.joined",
        "party.invited_again", "party.let_in",
        "case.closed", "case.reopened", "case.handed_over",
        "retention.changed", "retention.noticed", "hold.placed", "hold.lifted", "purge",
        "keys.rotated", "keys.added", "keys.forgotten", "backup", "restore",
    }
)  # fmt: skip  # read in rows, as it is laid out
LOCK = 0x4D65616E  # one number for the whole trail, known to no other lock

Actor = tuple[str, UUID | None]


def _operator() -> Actor:
    return "operator", None


_actor: ContextVar[Callable[[], Actor]] = ContextVar("actor", default=_operator)


def act_as(who: Callable[[], Actor] | None) -> None:
    """From now on, in this context, `who()` acts: a `person` and their id; without it an `operator` does."""
    _actor.set(who or _operator)


@contextmanager
def acting(kind: str, person_id: UUID | None = None) -> Iterator[None]:
    """This one acts inside: a `person`, an `operator` or the `schedule`."""
    token = _actor.set(lambda: (kind, person_id))
    try:
        yield
    finally:
        _actor.reset(token)


@dataclass(frozen=True, slots=True)
class Of:
    """Whose an entry is: the programme that may read it, and the case and the trial that it is about."""

    programme_id: UUID | None = None
    case_id: UUID | None = None
    trial_id: UUID | None = None


def record(
    action: str, now: datetime, of: Of | None = None, *, subject_id: UUID | None = None, **detail: int | str | None
) -> None:
    """Add an entry to the running transaction, or in one of its own. `detail`: counts and codes, never content."""
    of = of or Of()
    assert action in ACTIONS, action
    actor, actor_id = _actor.get()()
    with transaction() as session:
        session().info.setdefault("audit", []).append(
            {
                "at": now,
                "actor": actor,
                "actor_id": actor_id,
                "action": action,
                "programme_id": of.programme_id,
                "case_id": of.case_id,
                "trial_id": of.trial_id,
                "subject_id": subject_id,
                "detail": json.dumps(detail, sort_keys=True, ensure_ascii=True, separators=(",", ":")),
            }
        )


def _append(session: Session) -> None:
    """Give the waiting entries their numbers and hashes, one writer after the other."""
    if session.in_nested_transaction() or not session.info.get("audit"):
        return
    session.flush()
    waiting: list[dict[str, Any]] = session.info.pop("audit")
    connection = session.connection()
    if connection.dialect.name == "postgresql":  # on SQLite whoever writes is alone already
        connection.execute(text(f"select pg_advisory_xact_lock({LOCK})"))
    last = connection.execute(_last()).first()
    number, previous = (last.number, last.hash) if last else (0, START)
    for values in waiting:
        number += 1
        values |= {"number": number, "previous": previous}
        previous = values["hash"] = link(values, previous)
    connection.execute(_insert(), waiting)


def _forget(session: Session, *_: object) -> None:
    session.info.pop("audit", None)


@cache
def _last() -> Select[int, str]:
    return select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)


@cache
def _insert() -> Insert:
    return insert(table_of(AuditEntry))


event.listen(db.session, "before_commit", _append)
event.listen(db.session, "after_soft_rollback", _forget)
