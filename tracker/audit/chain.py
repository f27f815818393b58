"""The chain: each entry's hash covers the entry and the hash before it, so that no entry can change or go unseen.

Whoever may write to the database can make a whole new chain. That is what the head is for: `tracker audit verify`
prints it, and a head that was noted elsewhere must still be in the chain later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sqlalchemy import select

from tracker.audit.model import AuditEntry
from tracker.db import db, table_of

START = "0" * 64
FIELDS = ("number", "at", "actor", "actor_id", "action", "programme_id", "case_id", "trial_id", "subject_id", "detail")


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry: its number (0 while there is none) and its hash. Written `41:9f86…`."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


def link(values: Mapping[str, Any], previous: str) -> str:
    """The SHA-256 of an entry and of what came before it, in hexadecimal."""
    plain = [_plain(values[name]) for name in FIELDS]
    return hashlib.sha256((previous + json.dumps(plain, ensure_ascii=True, separators=(",", ":"))).encode()).hexdigest()


def verify(noted: Iterable[Head] = ()) -> tuple[Head, list[str]]:
    """Walk the whole chain. The head, and a sentence for each place at which it does not hold.

    `noted`: heads that were seen earlier; each of them must still be in the chain.
    """
    wanted = {head.number: head.hash for head in noted}
    head, problems = Head(0, START), []
    query = select(*table_of(AuditEntry).columns).order_by(AuditEntry.number).execution_options(yield_per=1000)
    for row in db.session.execute(query).mappings():
        number = row["number"]
        if number != head.number + 1:
            problems.append(f"after entry {head.number} comes {number}: entries are missing")
        if row["previous"] != head.hash:
            problems.append(f"entry {number} does not follow the one before it")
        if row["hash"] != link(dict(row), row["previous"]):
            problems.append(f"entry {number} was changed after it was written")
        if wanted.pop(number, row["hash"]) != row["hash"]:
            problems.append(f"entry {number} is not the one that was noted")
        head = Head(number, row["hash"])
    problems += [f"entry {number}, which was noted, is missing" for number in sorted(wanted) if number]
    return head, problems


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, int):
        return value
    return value.astimezone(UTC).isoformat(timespec="microseconds") if hasattr(value, "astimezone") else str(value)
