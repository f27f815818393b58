"""Whom to call in danger, by country. The table is data: `emergency.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from tracker.db import db
from tracker.people.model import Programme

FILE = Path(__file__).with_name("emergency.toml")
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
    """The numbers of the country that a programme works in. One query."""
    programme = db.session.get_one(Programme, programme_id)
    return numbers(programme.country)


@cache
def _table() -> dict[str, tuple[Number, ...]]:
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {country: tuple(Number(**one) for one in listed) for country, listed in raw.items()}
