"""Coverage: on how many of the elapsed days each party wrote, and how soon. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tracker.plans.lateness import LATENESS, by_deadlines, deadlines
from tracker.summaries.counting import Account


def coverage(accounts: Mapping[str, Account], elapsed: Sequence[date], zone: ZoneInfo) -> dict[str, dict[str, int]]:
    """For each party the days with a `day` observation, how soon the counting ones came, and the denominator."""
    until = {day: deadlines(day, zone) for day in elapsed}
    return {key: _of_one(account, until) | {"elapsed": len(elapsed)} for key, account in accounts.items()}


def _of_one(account: Account, until: Mapping[date, tuple[datetime, datetime]]) -> dict[str, int]:
    soon = Counter(by_deadlines(entry.recorded_at, *until[day]) for day, entry in account.days.items())
    return {"logged": len(account.days)} | {label: soon[label] for label in LATENESS}
