"""Overnights: with whom the child was to sleep, and where each party says that it slept. Pure.

A night belongs to the day on which it starts. A party reports it in its counting `day` observation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tracker.plans.nights import owners
from tracker.plans.plan import Nights
from tracker.summaries.counting import Account
from tracker.summaries.matching import tally

MATCHES = ("as_planned", "same_other", "differ", "one_sided", "no_entry")


def overnight_figures(nights: Nights, accounts: Mapping[str, Account], elapsed: Sequence[date]) -> dict[str, Any]:
    """Planned and reported nights. The planned ones, each report and the matching add up to the elapsed days."""
    planned = owners(nights, elapsed[0], len(elapsed)) if elapsed else []
    reported = {party: [_night(account, day) for day in elapsed] for party, account in accounts.items()}
    return {
        "planned": tally(planned, tuple(accounts)),
        "reported": {party: _of_one(said, accounts) for party, said in reported.items()},
        "matching": tally(map(_match, planned, *reported.values()), MATCHES),
    }


def night_by_night(
    nights: Nights, accounts: Mapping[str, Account], elapsed: Sequence[date]
) -> list[tuple[date, str, dict[str, str | None]]]:
    """Each elapsed day with the party whose night was planned, and where each party says that the child slept."""
    planned = owners(nights, elapsed[0], len(elapsed)) if elapsed else []
    return [
        (day, owner, {party: _night(account, day) for party, account in accounts.items()})
        for day, owner in zip(elapsed, planned, strict=True)
    ]


def _night(account: Account, day: date) -> str | None:
    entry = account.days.get(day)
    return entry.answers.get("night") if entry else None


def _of_one(said: list[str | None], parties: Iterable[str]) -> dict[str, Any]:
    return {
        "nights": {party: said.count(party) for party in parties},
        "other": said.count("other"),
        "no_entry": said.count(None),
    }


def _match(planned: str, one: str | None, other: str | None) -> str:
    """`as_planned` and `same_other`: both report the same, the plan's or another; one or none of them may be silent."""
    if one is None or other is None:
        return "no_entry" if one == other else "one_sided"
    if one != other:
        return "differ"
    return "as_planned" if one == planned else "same_other"
