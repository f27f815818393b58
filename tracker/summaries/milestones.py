"""Milestones: what was due, and when each party says that it was done. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.plans.entry import Entry
from tracker.plans.plan import Milestone
from tracker.summaries.counting import Account


def milestone_figures(milestones: Sequence[Milestone], accounts: Mapping[str, Account]) -> list[dict[str, Any]]:
    """For each milestone each party's `done_on`: the day of its first moment that says done; None without one, and if
    its latest moment about this milestone says not. First and latest by `recorded_at`, then by `id`.
    """
    said = {
        party: sorted(account.moments, key=lambda entry: (entry.recorded_at, entry.id))
        for party, account in accounts.items()
    }
    return [
        {
            "key": milestone.key,
            "due": milestone.due.isoformat(),
            "done_on": {party: _done_on(moments, milestone.key) for party, moments in said.items()},
        }
        for milestone in milestones
    ]


def _done_on(moments: Sequence[Entry], key: str) -> str | None:
    about = [entry for entry in moments if entry.answers.get("milestone") == key and "done" in entry.answers]
    if not about or not about[-1].answers["done"]:
        return None
    return next(entry.day.isoformat() for entry in about if entry.answers["done"])
