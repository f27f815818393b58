"""One topic that was open on two pages at once: what each of them changed is kept, and neither undoes the other. Pure.

A page knows what it was based on, by a mark of each value, and has an id of its own: what it typed itself it may
always change again, also where the answer to it was lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import uuid4

from tracker.plans.entry import AUDIENCES

_PAGE = re.compile(r"[0-9a-f]{32}( [0-9a-f]{12})+")


@dataclass(frozen=True, slots=True)
class Written:
    """The values of a topic, its texts by their place and then its audience, and the pages they were typed on."""

    values: tuple[str, ...]
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BasedOn:
    """A page's own id, and the marks of what it showed when it was opened."""

    page: str
    marks: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join((self.page, *self.marks))


def opened(values: Sequence[str], page: str = "") -> BasedOn:
    """A page on which these values stand."""
    return BasedOn(page or uuid4().hex, tuple(map(mark, values)))


def read(text: str, length: int) -> BasedOn | None:
    """What a form brought back of it; None where it is nothing of the kind."""
    if not _PAGE.fullmatch(text):
        return None
    page, *marks = text.split(" ")
    return BasedOn(page, tuple(marks)) if len(marks) == length else None


def merge(typed: Sequence[str], there: Written, base: BasedOn) -> tuple[Written, frozenset[int]]:
    """What is to stand there now, and the places at which both pages have something new: there nothing changes.

    Nor does anything where the audience has become wider than the page says: what was typed there was for fewer.
    """
    values, pages = list(there.values), list(there.pages)
    clash = set()
    for n, (mine, theirs, was) in enumerate(zip(typed, there.values, base.marks, strict=True)):
        own = there.pages[n] == base.page
        if mine == theirs or (mark(mine) == was and not own):
            continue
        if own or mark(theirs) == was:
            values[n], pages[n] = mine, base.page
        else:
            clash.add(n)
    won = {n for n, value in enumerate(values) if value != there.values[n]}
    if (won or clash) and _wider(values[-1], typed[-1]):
        return there, frozenset(won | clash | {len(values) - 1})
    return Written(tuple(values), tuple(pages)), frozenset(clash)


def _wider(there: str, typed: str) -> bool:
    return {there, typed} <= {*AUDIENCES} and AUDIENCES.index(there) > AUDIENCES.index(typed)


def mark(value: str) -> str:
    """By what a page knows again what it showed."""
    return sha256(value.encode(errors="surrogatepass")).hexdigest()[:12]
