"""Whose night it is, and when the child changes homes.

A night belongs to the local day on which it starts. Index 0 of a pattern falls on the plan's anchor, and the pattern
repeats in both directions. A change moves one single night, whatever the pattern says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from tracker.plans.plan import Nights

# A and B are the two parents, one letter a night. `custom` brings its own string with the plan.
PATTERNS: dict[str, str | None] = {
    "alternating-weeks": "AAAAAAABBBBBBB",
    "2-2-3": "AABBAAABBAABBB",
    "2-2-5-5": "AABBAAAAABBBBB",
    "3-4-4-3": "AAABBBBAAAABBB",
    "3-3-4-4": "AAABBBAAAABBBB",
    "4-3": "AAAABBBAAAABBB",
    "every-other-weekend": "AAAABBAAAAAAAA",
    "custom": None,
}

ONE_DAY = timedelta(days=1)


def pattern_string(nights: Nights) -> str:
    """The pattern as a string of A and B. ValueError if it is unknown, or `custom` without its string."""
    letters = nights.nights_string if nights.pattern == "custom" else PATTERNS.get(nights.pattern)
    if not letters:
        raise ValueError(f"no nights for the pattern {nights.pattern!r}")
    return letters


def cycle_length(nights: Nights) -> int:
    """The number of nights after which the pattern repeats itself: 7 for ``AAAABBBAAAABBB``."""
    letters = pattern_string(nights)
    return next(
        n for n in range(1, len(letters) + 1) if len(letters) % n == 0 and letters[:n] * (len(letters) // n) == letters
    )


def cycle_warning(nights: Nights, days: int) -> bool:
    """Whether to warn: a trial of `days` is no multiple of the pattern's cycle, so the shares come out uneven."""
    return days % cycle_length(nights) != 0


def default_anchor(starts_on: date) -> date:
    """The Monday on or before the first day, so that weekends stay weekends whatever the weekday of the start."""
    return starts_on - timedelta(days=starts_on.weekday())


def owners(nights: Nights, first: date, days: int) -> list[str]:
    """The party key for each night of `days` days from `first`, changes applied."""
    letters = pattern_string(nights)
    changed = {change.day: change.with_ for change in nights.changes}
    parents = [nights.a if letter == "A" else nights.b for letter in letters]
    offset = (first - nights.anchor).days
    planned = (parents[(offset + n) % len(parents)] for n in range(days))
    if not changed:
        return list(planned)
    return [changed.get(first + timedelta(days=n), owner) for n, owner in enumerate(planned)]


def who_has(nights: Nights, day: date) -> str:
    """The key of the party with whom the child sleeps in the night that starts on `day`."""
    return owners(nights, day, 1)[0]


def handoffs(nights: Nights, starts_on: date, days: int) -> list[tuple[date, str]]:
    """Each handoff of the trial: its day and the key of the party to whom the child goes, in order.

    There is one on each day whose night belongs to the other parent than the night before, and one on the first
    day if, and only if, the plan says that the child changes homes then.
    """
    return list(_handoffs(nights, starts_on, days))


def _handoffs(nights: Nights, starts_on: date, days: int) -> Iterator[tuple[date, str]]:
    before: str | None = None
    for n, owner in enumerate(owners(nights, starts_on, days)):
        if nights.first_day if n == 0 else owner != before:
            yield starts_on + timedelta(days=n), owner
        before = owner


def overnight_counts(nights: Nights, starts_on: date, days: int) -> dict[str, int]:
    """The planned nights with each of the two parents, by party key, A's first; zero where there are none."""
    counted = Counter(owners(nights, starts_on, days))
    return {key: counted[key] for key in (nights.a, nights.b)}
