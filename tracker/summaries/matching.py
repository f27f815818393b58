"""What is common to all figures that lay two accounts beside each other. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

BLOCK = 7  # days of a week, counted from the first day

_Item = TypeVar("_Item")


def tally(found: Iterable[str], names: Sequence[str]) -> dict[str, int]:
    """How often each of `names` was found, in that order, with zeros. What is none of them is not counted."""
    counted = Counter(found)
    return {name: counted[name] for name in names}


def blocks(by_day: Sequence[_Item]) -> list[Sequence[_Item]]:
    """Blocks of 7 days from the first day. Of elapsed days only, so that the last one may be shorter."""
    return [by_day[at : at + BLOCK] for at in range(0, len(by_day), BLOCK)]


def median(values: Iterable[int]) -> int | float | None:
    """The middle value, of an even number the mean of the two middle ones (whole where it is whole); None of none."""
    ordered = sorted(values)
    if not ordered:
        return None
    twice = ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]
    return twice / 2 if twice % 2 else twice // 2
