"""Lists in a form: rows `text-0`, `sign-0`, `text-1`, …, added and removed by buttons before anything is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.plans.values import parse_number

LONGEST = 400  # characters that a field keeps, so that an error can show what was too long

Typed = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """A list's fields in each row, how many rows it can have, and the field where a new row begins."""

    fields: tuple[str, ...]
    most: int
    first: str


def read(form: Mapping[str, str], fields: tuple[str, ...], lists: Mapping[str, Rows]) -> Typed:
    """What a form says in these fields and lists; a field that it lacks is empty."""
    typed: Typed = {name: _text(form, name) for name in fields}
    return typed | {name: _rows(form, of) for name, of in lists.items()}


def press(typed: Typed, do: str, lists: Mapping[str, Rows]) -> str:
    """Do what a button says to the lists: `add-terms`, `remove-terms-1`. Returns what to go to, or nothing.

    That is a new row's first field, or that of the row beside a removed one; the button that adds, if there is none.
    """
    verb, _, rest = do.partition("-")
    if verb == "add" and rest in lists and len(typed.get(rest, ())) < lists[rest].most:
        typed[rest].append(dict.fromkeys(lists[rest].fields, ""))
        return f"{lists[rest].first}-{len(typed[rest]) - 1}"
    if verb == "remove":
        name, _, number = rest.rpartition("-")
        at = parse_number(number)
        if name in typed and name in lists and at is not None and at < len(typed[name]):
            del typed[name][at]
            left = len(typed[name])
            return f"{lists[name].first}-{min(at, left - 1)}" if left else f"add-{name}"
    return ""


def _rows(form: Mapping[str, str], of: Rows) -> list[dict[str, str]]:
    """The rows of a list, as many as the form has."""
    rows = []
    for n in range(of.most):
        if not any(f"{field}-{n}" in form for field in of.fields):
            break
        rows.append({field: _text(form, f"{field}-{n}") for field in of.fields})
    return rows


def _text(form: Mapping[str, str], name: str) -> str:
    return form.get(name, "").replace("\0", "").strip()[:LONGEST]
