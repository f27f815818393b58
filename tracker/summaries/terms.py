"""The terms: how each party rated them, and how the two accounts match, a day at a time. Pure.

A party's rating of a term on a day is its answer in the counting `day` observation; None where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

from tracker.plans.entry import RATINGS
from tracker.plans.plan import Term
from tracker.summaries.counting import Account
from tracker.summaries.matching import blocks, tally

RATED = ("kept", "partly", "not_kept")
MATCHES = ("same", "near", "differ", "one_sided", "not_today", "no_rating")

Ratings = list[str | None]  # one for each elapsed day


def match(one: str | None, other: str | None) -> str:
    """How two ratings of one term on one day match.

    `same`: both rated it (kept, partly, not kept), equally. `near`: both rated it, one of them partly, the other not.
    `differ`: one kept, the other not kept. `one_sided`: exactly one rated it. `not_today`: both say that it did not
    come up. `no_rating`: the rest.
    """
    rated = (one in RATED) + (other in RATED)
    if rated == 1:
        return "one_sided"
    if rated == 0:
        return "not_today" if one == other == "not_today" else "no_rating"
    if one == other:
        return "same"
    return "near" if "partly" in (one, other) else "differ"


_MATCH = {pair: match(*pair) for pair in product((*RATINGS, None), repeat=2)}


def ratings(accounts: Mapping[str, Account], elapsed: Sequence[date], key: str) -> dict[str, Ratings]:
    """Each party's rating of the term `key` on each elapsed day."""
    return {party: [_rating(account, day, key) for day in elapsed] for party, account in accounts.items()}


def term_figures(term: Term, rated: Mapping[str, Ratings]) -> dict[str, Any]:
    """The figures of one term. `parties` and `matching` each add up to the elapsed days.

    `weeks` has a block for each 7 elapsed days from the first day; the last one may be shorter.
    """
    one, other = rated.values()
    weeks = {party: [_week(block) for block in blocks(days)] for party, days in rated.items()}
    return {
        "key": term.key,
        "parties": {party: _counts(days) for party, days in rated.items()},
        "matching": tally((_MATCH[pair] for pair in zip(one, other, strict=True)), MATCHES),
        "weeks": [{"parties": dict(zip(weeks, week, strict=True))} for week in zip(*weeks.values(), strict=True)],
    }


def _rating(account: Account, day: date, key: str) -> str | None:
    entry = account.days.get(day)
    return entry.answers.get("terms", {}).get(key) if entry else None


def _counts(days: Ratings) -> dict[str, int]:
    return {rating: days.count(rating) for rating in RATINGS} | {"no_entry": days.count(None)}


def _week(days: Sequence[str | None]) -> dict[str, int]:
    return {"kept": days.count("kept"), "rated": sum(days.count(rating) for rating in RATED)}
