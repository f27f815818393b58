"""Lists under headings, on paper: what an agenda and a party's own account are made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict

from tracker.pages.documents.answer import document
from tracker.pages.faces import Face


class Item(TypedDict, total=False):
    """One line. Before it stands a `box` to tick, a `number` or a `mark`, whichever is there first in this order:
    mark, box, number; the mark `nothing` leaves its place free. `face`: whose it is. `sub`: in small type below;
    `lines`: to write on."""

    text: str
    sub: str
    box: bool
    number: str
    mark: str
    strong: bool
    lines: int
    face: Face


class Section(TypedDict, total=False):
    """Items under a heading; `nothing` is said where there are none. `plain`: without a frame around it."""

    heading: str
    note: str
    nothing: str
    plain: bool
    items: list[Item]


def sheet(
    title: str, over: str, lead: str, sections: Iterable[Section], as_of: date, paper: str, *, large: bool = False
) -> dict[str, Any]:
    """The data of `sheet.typ`. `large`: for a table that several people sit around."""
    frame = document(title, f"{over} · {title}", as_of, paper)
    return frame | {"over": over, "lead": lead, "large": large, "sections": list(sections)}
