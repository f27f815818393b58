"""Is this JSON a plan? The rules of ``meanwhile.trial/1`` about what is agreed, not about observations.

All problems are collected, each naming its place. Nothing raises, whatever JSON comes in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from tracker import lengths
from tracker.plans.catalogue import templates
from tracker.plans.check_schedule import check_schedule
from tracker.plans.entry import Problem
from tracker.plans.plan import FEWEST_DAYS, MOST_DAYS
from tracker.plans.plan_json import PARTY_KEYS, PLAN_KEYS
from tracker.plans.reading import Reader
from tracker.plans.values import parse_date, place, shown
from tracker.plans.zones import is_zone

SHARING = ("private", "open")
MOST_TERMS = 5
NOT_OF_THE_PLAN = ("format", "observations")
# Days near either end of the calendar have no instants in some zones.
EARLIEST, LATEST = date(2, 1, 1), date(9998, 12, 31)


def check_plan(document: Mapping[str, object]) -> list[Problem]:
    """Everything that is wrong with the plan in a trial file; an empty list if nothing is.

    The keys `format` and `observations` are not looked at. Texts are limited to 120 characters (title), 80 (names),
    200 (terms, signs, milestones, places) and 40 (keys).
    """
    reader = Reader()
    raw = reader.record(document, "", PLAN_KEYS, NOT_OF_THE_PLAN)
    if raw is None:
        return reader.problems
    if "title" in raw:
        reader.text(raw["title"], "title", lengths.TITLE)
    if "plan" in raw:
        reader.choice(raw["plan"], "plan", templates())
    days = _check_days(reader, raw)
    if "timezone" in raw:
        _check_zone(reader, raw["timezone"], "timezone")
    if "sharing" in raw:
        reader.choice(raw["sharing"], "sharing", SHARING)
    parties = _check_parties(reader, raw["parties"]) if "parties" in raw else None
    if "terms" in raw:
        _check_terms(reader, raw["terms"])
    if "schedule" in raw:
        check_schedule(reader, raw["schedule"], parties, days)
    return reader.problems


def _check_days(reader: Reader, raw: Mapping[str, object]) -> tuple[date, date] | None:
    """The first and the last day, or None if they are not known."""
    first = length = None
    if "starts_on" in raw:
        first = reader.parsed(raw["starts_on"], "starts_on", parse_date, "a date YYYY-MM-DD")
    if "days" in raw:
        length = reader.number(raw["days"], "days", FEWEST_DAYS, MOST_DAYS)
    if first is None or length is None:
        return None
    if not EARLIEST <= first <= LATEST - timedelta(days=MOST_DAYS):
        reader.note("starts_on", f"{first} is too near to an end of the calendar")
        return None
    return first, first + timedelta(days=length - 1)


def _check_zone(reader: Reader, raw: object, where: str) -> None:
    if not is_zone(raw):
        reader.note(where, f"{shown(raw)} is not a time zone")


def _check_parties(reader: Reader, raw: object) -> tuple[str, ...] | None:
    """The keys of the two parties, or None if they are not known."""
    keys: list[str | None] = []
    for n, party in enumerate(reader.items(raw, "parties", 2, 2)):
        where = place("parties", n)
        known = reader.record(party, where, PARTY_KEYS) or {}
        key = reader.text(known["key"], f"{where}.key", lengths.KEY) if "key" in known else None
        if key == "other":
            reader.note(f"{where}.key", "'other' is taken: it stands for a night with neither party")
        if "name" in known:
            reader.text(known["name"], f"{where}.name", lengths.NAME)
        if "timezone" in known:
            _check_zone(reader, known["timezone"], f"{where}.timezone")
        keys.append(key)
    reader.unique((f"parties[{n}].key", key) for n, key in enumerate(keys))
    good = tuple(key for key in keys if key is not None)
    return good if len(good) == 2 else None


def _check_terms(reader: Reader, raw: object) -> None:
    keys: list[str | None] = []
    for n, term in enumerate(reader.items(raw, "terms", 1, MOST_TERMS)):
        where = place("terms", n)
        known = reader.record(term, where, ("key", "text"), ("sign",)) or {}
        keys.append(reader.text(known["key"], f"{where}.key", lengths.KEY) if "key" in known else None)
        if "text" in known:
            reader.text(known["text"], f"{where}.text", lengths.LINE)
        if "sign" in known:
            reader.text(known["sign"], f"{where}.sign", lengths.LINE, shortest=0)
    reader.unique((f"terms[{n}].key", key) for n, key in enumerate(keys))
