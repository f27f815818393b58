"""Entries as devices send them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from tracker.plans.entry import Entry

TUESDAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)


def entry(kind: str = "day", day: date = TUESDAY, id_: UUID | None = None, **more: Any) -> Entry:
    """An entry of Parent A about today, unless said otherwise."""
    answers = {"day": {"terms": {"bedtime": "kept"}}, "handoff": {"outcome": "on_time"}}.get(kind, {})
    values: dict[str, Any] = {"party": "A", "recorded_at": NOW, "answers": answers} | more
    return Entry(id=id_ or uuid4(), kind=kind, day=day, **values)
