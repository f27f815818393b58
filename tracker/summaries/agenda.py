"""The suggested narrow agenda: which terms can be kept, and which at most two to talk about. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker.summaries.terms import RATED, Ratings

MOST_TOPICS = 2
FEWEST_DAYS = 5  # with fewer days that both rated nothing is suggested


def agenda(rated: Mapping[str, Mapping[str, Ratings]]) -> dict[str, Any]:
    """The suggestion for each term, with the numbers it rests on, and the `narrow` agenda.

    `rated`: term key -> party -> ratings by elapsed day, terms in plan order. `both` are the days on which both parties
    rated the term; `kept` and `differ` count among those.
    """
    terms = [_of_one(key, parties) for key, parties in rated.items()]
    topics = [term["key"] for term in terms if term["suggestion"] in ("accounts_differ", "rework")]
    topics.sort(key=lambda key: _not_both_kept(rated[key]), reverse=True)  # stable: ties stay in plan order
    return {"terms": terms, "narrow": topics[:MOST_TOPICS]}


def _both_rated(parties: Mapping[str, Ratings]) -> list[tuple[str | None, ...]]:
    return [pair for pair in zip(*parties.values(), strict=True) if all(rating in RATED for rating in pair)]


def _not_both_kept(parties: Mapping[str, Ratings]) -> int:
    return sum(set(pair) != {"kept"} for pair in _both_rated(parties))


def _of_one(key: str, parties: Mapping[str, Ratings]) -> dict[str, Any]:
    days = _both_rated(parties)
    kept = {party: sum(pair[at] == "kept" for pair in days) for at, party in enumerate(parties)}
    differ = sum(set(pair) == {"kept", "not_kept"} for pair in days)
    elapsed = len(next(iter(parties.values())))
    return {
        "key": key,
        "both": len(days),
        "suggestion": suggestion(len(days), elapsed, min(kept.values()), differ),
        "kept": kept,
        "differ": differ,
    }


def suggestion(both: int, elapsed: int, fewest_kept: int, differ: int) -> str:
    """`too_few` with fewer than 5 days that both rated, or fewer than half of the elapsed ones; `keep` if each party's
    kept is at least four fifths of them; `accounts_differ` if at least a quarter of them differ; else `rework`.

    `fewest_kept` is the smaller of the two parties' counts of kept on those days.
    """
    if both < FEWEST_DAYS or 2 * both < elapsed:
        return "too_few"
    if 5 * fewest_kept >= 4 * both:
        return "keep"
    return "accounts_differ" if 4 * differ >= both else "rework"
