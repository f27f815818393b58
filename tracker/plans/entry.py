"""An entry: one observation as plain values, before and after the database.

The four kinds and their answers are those of ``meanwhile.trial/1``. `answers` keeps the JSON shapes of that format
(strings for times with their offset), so that what came in goes out unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

KINDS = ("day", "handoff", "noise", "moment")
AUDIENCES = ("me", "mediator", "summary")  # of a note; each is read by more people than the one before
RATINGS = ("kept", "partly", "not_kept", "not_today")
OUTCOMES = ("on_time", "late", "changed", "missed")
MOMENT_TYPES = ("did", "announced", "happened")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one party noted about one local day.

    `recorded_at` is aware: when it was recorded on the device. `audience` speaks of the note alone. `written` is None,
    or what makes the words of the file it came from differ from the canonical ones; it is no part of the content.
    """

    id: UUID
    party: str
    kind: str
    day: date
    recorded_at: datetime
    answers: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    audience: str = "mediator"
    written: Mapping[str, Any] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input: its place (`answers.terms.bedtime`) and one plain sentence."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message
