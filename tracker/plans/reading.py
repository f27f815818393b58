"""Walking through raw JSON while collecting every problem, each with its place. Pure; nothing here raises."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from tracker.plans.entry import Problem
from tracker.plans.values import is_int, is_text, one_of, place, shown

T = TypeVar("T")


class Reader:
    """Collects problems. Each method answers the value if it is as it must be, and None after noting a problem."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def note(self, where: str, message: str) -> None:
        """One problem more."""
        self.problems.append(Problem(where, message))

    def record(
        self, raw: object, where: str, required: Iterable[str], optional: Iterable[str] = ()
    ) -> Mapping[str, Any] | None:
        """An object with all the `required` keys and none but these and the `optional` ones.

        What is wrong with its keys is noted; the object is answered all the same, so that its values get checked too.
        """
        if not isinstance(raw, Mapping):
            self.note(where, f"must be an object, not {shown(raw)}")
            return None
        required, known = tuple(required), {*required, *optional}
        for key in required:
            if key not in raw:
                self.note(place(where, key), "is missing")
        for key in raw:
            if key not in known:
                self.note(place(where, str(key)), "is not known here")
        return raw

    def items(self, raw: object, where: str, low: int, high: int | None = None) -> list[Any]:
        """A list of `low` to `high` things; an empty one after noting a problem with its type."""
        if not isinstance(raw, list):
            self.note(where, f"must be a list, not {shown(raw)}")
            return []
        if len(raw) < low or (high is not None and len(raw) > high):
            wanted = f"exactly {low}" if low == high else f"{low} to {high}" if high else f"at least {low}"
            self.note(where, f"has {len(raw)}, must have {wanted}")
        return raw

    def text(self, raw: object, where: str, longest: int, shortest: int = 1) -> str | None:
        """A text of `shortest` to `longest` characters, without NUL or lone surrogates."""
        if not isinstance(raw, str):
            self.note(where, f"must be a text, not {shown(raw)}")
        elif not is_text(raw):
            self.note(where, "has a NUL or half a surrogate pair in it")
        elif len(raw) < shortest:
            self.note(where, "must not be empty")
        elif len(raw) > longest:
            self.note(where, f"is longer than {longest} characters")
        else:
            return raw
        return None

    def number(self, raw: object, where: str, low: int, high: int) -> int | None:
        """A whole number from `low` to `high`."""
        if is_int(raw, low, high):
            return raw
        self.note(where, f"{shown(raw)} is not a whole number from {low} to {high}")
        return None

    def choice(self, raw: object, where: str, allowed: Iterable[str]) -> str | None:
        """One of the texts `allowed`."""
        if (wrong := one_of(raw, allowed)) is not None:
            self.note(where, wrong)
            return None
        return str(raw)

    def flag(self, raw: object, where: str) -> bool | None:
        """True or false."""
        if isinstance(raw, bool):
            return raw
        self.note(where, f"must be true or false, not {shown(raw)}")
        return None

    def parsed(self, raw: object, where: str, parse: Callable[[object], T | None], wanted: str) -> T | None:
        """What `parse` makes of a text; `wanted` says how it is written (`YYYY-MM-DD`)."""
        value = parse(raw)
        if value is None:
            self.note(where, f"{shown(raw)} is not {wanted}")
        return value

    def unique(self, values: Iterable[tuple[str, object]]) -> None:
        """Notes each (place, value) whose value was there before; None stands for one that was wrong already."""
        seen: set[object] = set()
        for where, value in values:
            if value is not None and value in seen:
                self.note(where, f"{shown(str(value))} is there twice")
            seen.add(value)
