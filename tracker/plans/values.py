"""Strict reading of JSON values: what is exactly a date, a time, an instant, a text. Pure.

Python's own `fromisoformat` also takes `20260302`, `2026-W10-1` and times without an offset; the trial file does not.
Each function answers None instead of raising, whatever it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import TypeGuard

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST_SHOWN = 40


def parse_date(value: object) -> date | None:
    """The date of a text `YYYY-MM-DD`, or None."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def parse_number(value: object, digits: int = 6) -> int | None:
    """The whole number of a text of at most so many decimal digits, or None."""
    return int(value) if isinstance(value, str) and re.fullmatch(f"[0-9]{{1,{digits}}}", value) else None


def parse_time(value: object) -> time | None:
    """The local time of a text `HH:MM` from 00:00 to 23:59, or None."""
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return None
    return time.fromisoformat(value)


def parse_instant(value: object) -> datetime | None:
    """The instant of an ISO 8601 text with an offset (`2026-03-02T21:04:00-05:00`), keeping that offset, or None.

    Years 1 and 9999 are not taken, so that the instant can be said in every other zone.
    """
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        return None
    try:
        instant = datetime.fromisoformat(value)
        return instant if 1 < instant.astimezone(UTC).year < 9999 else None
    except (ValueError, OverflowError):
        return None


def is_int(value: object, low: int, high: int) -> TypeGuard[int]:
    """Whether `value` is a whole number from `low` to `high`; true and false are none, nor is 3.0."""
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def is_text(value: object) -> bool:
    """Whether `value` is a text that can be stored everywhere: Unicode without NUL or lone surrogates."""
    return isinstance(value, str) and "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)


def one_of(value: object, allowed: Iterable[str]) -> str | None:
    """What is wrong if `value` is none of the texts `allowed`: one plain sentence; None if it is one."""
    choices = list(allowed)
    if isinstance(value, str) and value in choices:
        return None
    return f"{shown(value)} is not one of {', '.join(map(_as_listed, choices))}"


def shown(value: object) -> str:
    """`value` as a message shows it: short, on one line, printable on every terminal."""
    if isinstance(value, str):
        return ascii(value) if len(value) <= _LONGEST_SHOWN else ascii(value[:_LONGEST_SHOWN] + "...")
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int) and abs(value) >= 10**18:  # Python refuses to write out very long numbers
        return "a very large number"
    if isinstance(value, int | float):
        return str(value)
    return "a list" if isinstance(value, list | tuple) else "an object"


def _as_listed(choice: str) -> str:
    """An allowed text as a message lists it: as it is, unless a file made it up and it is not one plain line."""
    return choice if choice.isascii() and choice.isprintable() else ascii(choice)


def place(parent: str, key: str | int) -> str:
    """The place below `parent`: `terms[0]`, `schedule.nights`, or `terms['two words']` for an unusual key."""
    if isinstance(key, int):
        return f"{parent}[{key}]"
    if not _PLAIN_KEY.fullmatch(key):
        return f"{parent}[{shown(key)}]"
    return f"{parent}.{key}" if parent else key
