"""How parties are shown: a name, never without its own mark, in the plan's order on every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypedDict

from tracker.cases.model import Party

MARKS = ("first", "second")


class Face(TypedDict):
    """A party as templates show it. `mark` names both its drawing and its hue."""

    key: str
    name: str
    mark: str


def faces(parties: Iterable[Party]) -> list[Face]:
    """The parties, which come in the plan's order."""
    return [Face(key=party.key, name=party.name, mark=mark) for party, mark in zip(parties, MARKS, strict=False)]


def with_faces(parties: Sequence[Party]) -> list[tuple[Party, Face]]:
    """Each party with its face."""
    return list(zip(parties, faces(parties), strict=True))
