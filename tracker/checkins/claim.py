"""Claiming: of any number of processes exactly one takes a check-in, and holds it for as long as its lease lasts.

Every claim is a conditional UPDATE whose row count says who won. PostgreSQL passes over rows that another process is
looking at (SKIP LOCKED); SQLite lets one writer in at a time anyway.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import Update, func, select, update

from tracker.cases.model import AT_ONCE, Party
from tracker.checkins import due, facts
from tracker.checkins.facts import Reminded, Sessions
from tracker.checkins.link import token_hash
from tracker.checkins.model import CheckIn
from tracker.db import db, insert, table_of, transaction

LEASE = timedelta(minutes=5)
BATCH = 25


class Held(NamedTuple):
    """A check-in that this process holds until `again_at`."""

    id: UUID
    case_id: UUID
    trial_id: UUID
    party_id: UUID
    kind: str
    day: date
    about: date
    due_at: datetime
    until: datetime
    again_at: datetime
    tries: int
    results: dict[str, str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits: parties to look at and check-ins to take again; the earliest moment at which one was due."""

    parties: int
    check_ins: int
    since: datetime | None


def waiting(now: datetime) -> Waiting:
    """Two looks at the ends of two indexes: a tick with nothing to do costs no more than this."""
    party, open_ = Party.next_check_in_at, CheckIn.again_at
    parties, first = db.session.execute(select(func.count(), func.min(party)).where(party <= now)).one()
    again, oldest = db.session.execute(select(func.count(), func.min(open_)).where(open_ <= now)).one()
    dates = [at for at in (first, oldest) if at is not None and at != AT_ONCE]
    return Waiting(parties, again, min(dates, default=None))


def take_new(
    sessions: Sessions, secret_key: str, now: datetime, *, batch: int = BATCH, lease: timedelta = LEASE
) -> tuple[int, list[Held]]:
    """Look at the parties whose time has come: make what is due, held by the caller, and say when to look next.

    How many parties were looked at, and the check-ins. One transaction.
    """
    with transaction() as session:
        query = select(Party.id, Party.next_check_in_at).where(Party.next_check_in_at <= now)
        query = query.order_by(Party.next_check_in_at).limit(batch)
        seen = {row.id: row.next_check_in_at for row in session.execute(query.with_for_update(**_SKIP))}
        if not seen:
            return 0, []
        reminded = facts.load(seen.keys(), sessions, now)
        ready = {(whom.here.trial.id, whom.here.me.id): due.due(whom.situation, now) for whom in reminded}
        times = _next_looks(reminded, ready, now)
        won = {id_ for id_, before in seen.items() if _move_on(id_, before, times.get(id_))}
        mine = [whom for whom in reminded if whom.here.me.id in won]
        made = _insert(
            [_row(c, one, secret_key, now, lease) for c in mine for one in ready[c.here.trial.id, c.here.me.id]]
        )
    return len(seen), made


def take_again(now: datetime, *, batch: int = BATCH, lease: timedelta = LEASE) -> list[Held]:
    """Take check-ins whose holder fell silent, or whose wait after a failure is over."""
    with transaction() as session:
        open_ = select(*(getattr(CheckIn, name) for name in Held._fields)).where(CheckIn.again_at <= now)
        query = open_.order_by(CheckIn.again_at).limit(batch).with_for_update(skip_locked=True)
        found = [Held(*row) for row in session.execute(query)]
        taken = []
        for held in found:
            again = {"again_at": now + lease, "claimed_at": now, "tries": held.tries + 1}
            if _change(held, again):
                taken.append(held._replace(again_at=now + lease, tries=held.tries + 1))
    return taken


def settle(held: Held, **values: Any) -> bool:
    """Write what came of a check-in, unless another process has taken it over. One transaction."""
    with transaction():
        return _change(held, {"again_at": None} | values)


def _next_looks(
    reminded: Sequence[Reminded], ready: Mapping[tuple[UUID, UUID], Sequence[due.Prompt]], now: datetime
) -> dict[UUID, datetime]:
    """When to look at each party again, what is made now counted in; whoever is missing waits for a change."""
    found: dict[UUID, datetime] = {}
    for whom in reminded:
        made = {(p.kind, p.day): due.Asked(p.about, None) for p in ready[whom.here.trial.id, whom.here.me.id]}
        at = due.next_look(replace(whom.situation, asked={**whom.situation.asked, **made}), now)
        if at is not None:
            found[whom.here.me.id] = min(at, found.get(whom.here.me.id, at))
    return found


def _move_on(party_id: UUID, before: datetime, following: datetime | None) -> bool:
    """Say when to look at this party next; false if somebody else has done so."""
    mine = (_PARTY.c.id == party_id, _PARTY.c.next_check_in_at == before)
    return _rows(update(_PARTY).where(*mine).values(next_check_in_at=following)) == 1


def _change(held: Held, values: dict[str, Any]) -> bool:
    mine = (_CHECK_IN.c.id == held.id, _CHECK_IN.c.again_at == held.again_at)
    return _rows(update(_CHECK_IN).where(*mine).values(values)) == 1


def _rows(statement: Update) -> int:
    """How many rows a statement changed. Past the session, which would cost more than the statement."""
    return db.session.connection().execute(statement).rowcount


def _row(whom: Reminded, prompt: due.Prompt, secret_key: str, now: datetime, lease: timedelta) -> dict[str, Any]:
    id_ = uuid4()
    return {
        "id": id_,
        "case_id": whom.here.case.id,
        "trial_id": whom.here.trial.id,
        "party_id": whom.here.me.id,
        "kind": prompt.kind,
        "day": prompt.day,
        "about": prompt.about,
        "due_at": prompt.due_at,
        "until": prompt.until,
        "claimed_at": now,
        "again_at": now + lease,
        "tries": 1,
        "results": {},
        "reason": "",
        "token_hash": token_hash(id_, prompt.kind, secret_key),
    }


def _insert(rows: Sequence[dict[str, Any]]) -> list[Held]:
    """Store them; one that exists already is somebody else's."""
    if not rows:
        return []
    statement = insert(CheckIn, db.engine.dialect.name).on_conflict_do_nothing().returning(_CHECK_IN.c.id)
    stored = set(db.session.connection().execute(statement, list(rows)).scalars())
    return [Held(*(row[name] for name in Held._fields)) for row in rows if row["id"] in stored]


_PARTY, _CHECK_IN = table_of(Party), table_of(CheckIn)
_SKIP: dict[str, Any] = {"skip_locked": True, "key_share": True}  # whoever only refers to a party does not wait
