"""Fields of a form as parts of a plan: rows that get their keys, and quiet hours by weekday."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tracker import lengths
from tracker.plans.plan import WEEKDAYS
from tracker.plans.values import parse_number

Row = Mapping[str, str]


def keyed(rows: Sequence[Row], key: str, text: str) -> Iterator[tuple[int, Row, str]]:
    """The rows that say anything: their number, themselves, their key.

    A new one gets a key made of the first words of its field `text`, which is its own from then on.
    """
    taken = {row[key] for row in rows if row[key]}
    for n, row in enumerate(rows):
        if any(said for name, said in row.items() if name != key):
            own = row[key] or _new(row[text], taken)
            taken.add(own)
            yield n, row, own


def quiet_hours(typed: Mapping[str, Any]) -> dict[str, list[str]]:
    """The windows; a night whose two fields are empty has none."""
    hours = {day: [typed.get(f"quiet-{day}", ""), typed.get(f"until-{day}", "")] for day in WEEKDAYS}
    return {day: ends for day, ends in hours.items() if any(ends)}


def nights_string(typed: Mapping[str, Any]) -> dict[str, str]:
    """The letters of a pattern of one's own; nothing for another pattern."""
    letters = typed.get("nights_string", "").upper().replace(" ", "")
    return {"nights_string": letters} if typed.get("pattern") == "custom" else {}


def number(text: str) -> int | str:
    """A whole number, or the text that is none."""
    found = parse_number(text)
    return text if found is None else found


def _new(text: str, taken: set[str]) -> str:
    words = re.findall(r"[a-z0-9]+", text.lower())[:3]
    base = "-".join(words)[: lengths.KEY - 3] or "item"
    return next(key for n in range(1, 100) if (key := base if n == 1 else f"{base}-{n}") not in taken)
