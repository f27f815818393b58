"""Whom to call in danger, by country. The table is data: `emergency.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from tracker import lengths
from tracker.db import db
from tracker.errors import Refused
from tracker.people.model import Programme
from tracker.plans.entry import Problem

FILE = Path(__file__).with_name("emergency.toml")
MOST = 8  # numbers of a programme
_DIALLED = re.compile(r"[+*#]?[0-9][0-9*#]{1,19}")
ANYWHERE = "default"  # 112 reaches help from mobile phones in most of the world


@dataclass(frozen=True, slots=True)
class Number:
    """One number as it is dialled, and who answers. `name` is English; pages translate it."""

    name: str
    number: str


def numbers(country: str) -> tuple[Number, ...]:
    """The numbers of a country (ISO 3166, two letters), the most urgent first; a sensible default for the others."""
    table = _table()
    return table.get(country.upper(), table[ANYWHERE])


def numbers_of_programme(programme_id: UUID) -> tuple[Number, ...]:
    """The programme's own numbers, else those of the country that it works in. One query."""
    programme = db.session.get_one(Programme, programme_id)
    if programme.emergency:
        return tuple(Number(**one) for one in programme.emergency)
    return numbers(programme.country)


def countries() -> list[str]:
    """The countries that the table knows."""
    return sorted(set(_table()) - {ANYWHERE})


def parse(text: str) -> tuple[Number, ...]:
    """Numbers as an administrator types them, a line each: `Emergency: 112`. Raises `Refused("line")` with the line."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, colon, number = (part.strip() for part in line.rpartition(":"))
        dialled = "".join(number.split()).replace("-", "")
        if not (colon and 0 < len(name) <= lengths.NAME and _DIALLED.fullmatch(dialled)):
            raise Refused("line", Problem(line, "not a name, a colon and a number"))
        found.append(Number(name, number))
    if len(found) > MOST:
        raise Refused("many")
    return tuple(found)


@cache
def _table() -> dict[str, tuple[Number, ...]]:
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {country: tuple(Number(**one) for one in listed) for country, listed in raw.items()}
