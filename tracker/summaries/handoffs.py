"""Handoffs: what was planned, and how each party says that it went. Pure.

An observation of a handoff speaks of the one handoff of its day. On a day without one it is left out of the outcomes
and of the matching, and counted as `unplanned`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tracker.plans.entry import OUTCOMES
from tracker.plans.nights import handoffs
from tracker.plans.plan import Nights
from tracker.summaries.counting import Account
from tracker.summaries.matching import median, tally

MATCHES = ("same", "differ", "one_sided", "no_entry")


def handoff_figures(
    nights: Nights, accounts: Mapping[str, Account], elapsed: Sequence[date], starts_on: date | None = None
) -> dict[str, Any]:
    """The figures of all handoffs on elapsed days. Each party's outcomes with `no_entry`, and the matching, add up to
    `planned`. `median_minutes_late` is the median over the party's late planned handoffs that say how late: of an even
    number the mean of the two middle ones; None without one. `starts_on`: the trial's first day, where `elapsed` begins
    later.
    """
    planned = _planned(nights, elapsed, starts_on or elapsed[0]) if elapsed else []
    one, other = ([_outcome(account, day) for day in planned] for account in accounts.values())
    return {
        "planned": len(planned),
        "parties": {party: _of_one(account, planned) for party, account in accounts.items()},
        "matching": tally(map(_match, one, other), MATCHES),
    }


def saying_how_late(
    nights: Nights, accounts: Mapping[str, Account], elapsed: Sequence[date], starts_on: date
) -> dict[str, int]:
    """How many of each party's late planned handoffs say how late: what `median_minutes_late` is made of."""
    planned = _planned(nights, elapsed, starts_on) if elapsed else []
    return {party: len(_minutes_late(account, planned)) for party, account in accounts.items()}


def _planned(nights: Nights, elapsed: Sequence[date], starts_on: date) -> list[date]:
    until = (elapsed[-1] - starts_on).days + 1
    return [day for day, _ in handoffs(nights, starts_on, until) if day >= elapsed[0]]


def _of_one(account: Account, planned: Sequence[date]) -> dict[str, Any]:
    said = [account.handoffs[day].answers for day in planned if day in account.handoffs]
    return {
        **tally((answers["outcome"] for answers in said), OUTCOMES),
        "no_entry": len(planned) - len(said),
        "median_minutes_late": median(_minutes_late(account, planned)),
        "unplanned": len(account.handoffs) - len(said),
    }


def _minutes_late(account: Account, planned: Sequence[date]) -> list[int]:
    said = (account.handoffs[day].answers for day in planned if day in account.handoffs)
    return [answers["minutes_late"] for answers in said if answers["outcome"] == "late" and "minutes_late" in answers]


def _outcome(account: Account, day: date) -> str | None:
    entry = account.handoffs.get(day)
    return entry.answers["outcome"] if entry else None


def _match(one: str | None, other: str | None) -> str:
    if one is None or other is None:
        return "no_entry" if one == other else "one_sided"
    return "same" if one == other else "differ"
