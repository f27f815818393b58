"""More than 300 ways to break a trial file, each with the place that the refusal has to name.

Every breakage changes one thing of the valid file in `whole.py`: one value at one place (`WRONG_VALUES`), one missing
or unknown key (found by walking the file), one rule between two places (`relations.py`), or the text itself.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.interchange.relations import RELATIONS
from tests.interchange.whole import whole

Values = tuple[Any, ...]

LOUD = 10**30
NO_TEXT: Values = (None, True, 5, [], {}, "nul \0", "half \ud800")
NO_KEY: Values = (*NO_TEXT, "")
NO_DATE: Values = (None, True, 20260302, "", "2026-3-2", "02.03.2026", "20260302", "2026-02-30", "2026-W10-1", [])
NO_TIME: Values = (None, 1730, "", "25:00", "17:60", "5pm", "17:30:00", "24:00", "1730", [])
NO_INSTANT: Values = (
    None, 1772503440, "", "2026-03-02", "2026-03-02T21:04:00", "2026-03-02 21:04:00-05:00", "2026-03-02T25:04:00-05:00",
    "2026-02-30T21:04:00-05:00", "2026-03-02T21:04:00-25:00", "2026-03-02T21:04:00 EST",
    "0001-01-01T00:00:00+14:00", {},
)  # fmt: skip  # read in rows, as it is laid out
NO_ZONE: Values = (None, -5, "", "EST5", "america/new_york", "Mars/Olympus", "../../etc/passwd", "UTC+1", [])
NO_WORD: Values = (None, True, 1, "", "Kept", "okay", [], {}, ["kept"])
NO_FLAG: Values = (None, 0, 1, "false", [])
NO_OBJECT: Values = (None, True, 1, "", [])
NO_LIST: Values = (None, True, 1, "", {})


def no_number(low: int, high: int) -> Values:
    """What is no whole number from `low` to `high`."""
    return (None, True, str(low), low - 1, high + 1, low + 0.5, float(low), LOUD, -LOUD, [low])


# Where in the whole file, and what must not stand there.
WRONG_VALUES: dict[str, Values] = {
    "format": (None, 1, "", "meanwhile.trial/2", "meanwhile.summary/1", []),
    "title": NO_KEY,
    "plan": (*NO_WORD, "../open"),
    "starts_on": (*NO_DATE, "0001-01-01", "9999-12-31"),
    "days": no_number(7, 182),
    "timezone": NO_ZONE,
    "sharing": NO_WORD,
    "parties": NO_LIST,
    "parties[0]": NO_OBJECT,
    "parties[0].key": (*NO_KEY, "other"),
    "parties[1].name": NO_KEY,
    "parties[1].timezone": NO_ZONE,
    "terms": NO_LIST,
    "terms[0]": NO_OBJECT,
    "terms[0].key": NO_KEY,
    "terms[0].text": NO_KEY,
    "terms[0].sign": NO_TEXT,
    "schedule": NO_OBJECT,
    "schedule.nights": NO_OBJECT,
    "schedule.nights.pattern": (*NO_WORD, "2-2-4"),
    "schedule.nights.anchor": NO_DATE,
    "schedule.nights.A": (*NO_WORD, "C"),
    "schedule.nights.B": (*NO_WORD, "a"),
    "schedule.nights.handoff_at": NO_TIME,
    "schedule.nights.place": NO_TEXT,
    "schedule.nights.tolerance_minutes": (None, True, "10", -1, 10.5, LOUD, []),
    "schedule.nights.first_day": NO_FLAG,
    "schedule.nights.changes": NO_LIST,
    "schedule.nights.changes[0]": NO_OBJECT,
    "schedule.nights.changes[0].day": (*NO_DATE, "2026-03-01", "2026-03-30"),
    "schedule.nights.changes[0].with": (*NO_WORD, "C"),
    "schedule.quiet_hours": NO_OBJECT,
    "schedule.quiet_hours.mon": (*NO_LIST, [], ["22:00"], ["22:00", "07:00", "08:00"]),
    "schedule.quiet_hours.fri[0]": NO_TIME,
    "schedule.quiet_hours.fri[1]": NO_TIME,
    "schedule.milestones": NO_LIST,
    "schedule.milestones[0]": NO_OBJECT,
    "schedule.milestones[0].key": NO_KEY,
    "schedule.milestones[0].text": NO_KEY,
    "schedule.milestones[0].due": NO_DATE,
    "observations": NO_LIST,
    "observations[0]": NO_OBJECT,
    "observations[0].id": (
        None, 1, "", "1", "018f3a5e7b1c7cc29d1e0242ac120002", "018f3a5e-7b1c-7cc2-9d1e-0242ac12000g",
        "{018f3a5e-7b1c-7cc2-9d1e-0242ac120002}", "urn:uuid:018f3a5e-7b1c-7cc2-9d1e-0242ac120002", [],
    ),
    "observations[0].party": (*NO_WORD, "C", "other", "Parent A"),
    "observations[0].kind": (*NO_WORD, "check-in"),
    "observations[0].day": (*NO_DATE, "2026-03-01", "2026-03-30"),
    "observations[0].recorded_at": (*NO_INSTANT, "2026-03-01T23:59:59-05:00", "2026-03-02T04:59:59Z"),
    "observations[0].answers": NO_OBJECT,
    "observations[0].answers.terms": NO_OBJECT,
    "observations[0].answers.terms.bedtime": NO_WORD,
    "observations[0].answers.night": (*NO_WORD, "C"),
    "observations[0].answers.child": no_number(1, 5),
    "observations[0].answers.rest": no_number(1, 5),
    "observations[0].note": (*NO_TEXT, "x" * 2001),
    "observations[0].audience": (*NO_WORD, "both"),
    "observations[1].answers.outcome": NO_WORD,
    "observations[1].answers.minutes_late": no_number(1, 1440),
    "observations[2].answers.start": NO_INSTANT,
    "observations[2].answers.end": NO_INSTANT,
    "observations[2].answers.type": NO_KEY,
    "observations[2].answers.room": NO_KEY,
    "observations[2].answers.effect": NO_KEY,
    "observations[2].answers.level": no_number(1, 10),
    "observations[3].answers.at": NO_INSTANT,
    "observations[3].answers.type": NO_WORD,
    "observations[4].answers.milestone": (*NO_WORD, "roof"),
    "observations[4].answers.done": NO_FLAG,
}  # fmt: skip  # read in rows, as it is laid out
MAY_BE_LEFT_OUT = (
    "sign", "anchor", "place", "tolerance_minutes", "first_day", "changes", "nights", "quiet_hours", "milestones",
    "mon", "fri", "terms.bedtime", "answers.terms", "night", "child", "rest", "minutes_late", "type", "room", "effect",
    "level", "note", "audience",
)  # fmt: skip  # read in rows, as it is laid out


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that is wrong in one way, and the place that a line about it has to name."""

    name: str
    data: bytes
    place: str


def broken_files() -> Iterator[Broken]:
    """All of them; each has its own name."""
    for where, values in WRONG_VALUES.items():
        for value in values:
            yield _changed(f"{where} is {json.dumps(value)[:40]}", where, partial(_put, value=value))
    for where in _objects(whole(), ""):
        unknown = f"{where}.surprise" if where else "surprise"
        yield _changed(f"{unknown} is unknown", unknown, lambda at, key: _put(at, key, 1))
    for where in _members(whole(), ""):
        if not where.endswith(MAY_BE_LEFT_OUT):
            yield _changed(f"{where} is missing", where, lambda at, key: at.pop(key))
    for name, place, change in RELATIONS:
        document = whole()
        change(document)
        yield Broken(name, json.dumps(document).encode(), place)
    yield from _broken_texts()


def _broken_texts() -> Iterator[Broken]:
    good = json.dumps(whole(), indent=1)
    texts = {
        "empty": ("", "line 1"),
        "only spaces": ("  \n ", "line 2"),
        "no JSON": ("trial: School weeks", "line 1"),
        "a list": (f"[{good}]", "line 1"),
        "a text": ('"meanwhile.trial/1"', "line 1"),
        "null": ("null", "line 1"),
        "two documents": (good + good, "line "),
        "text after the end": (good + "x", "line "),
        "single quotes": (good.replace('"', "'"), "line 2"),
        "a comma too much": (good.replace("\n}", ",\n}"), "line "),
        "a comment": (good.replace("{", "{ // a trial", 1), "line 1"),
        "a line end in a text": (good.replace("School weeks", "School\nweeks"), "line 3"),
        "an unknown escape": (good.replace("School weeks", "School\\x20weeks"), "line 3"),
        "not a number": (good.replace('"days": 28', '"days": NaN'), "days"),
        "infinity": (good.replace('"days": 28', '"days": -Infinity'), "days"),
        "larger than any float": (good.replace('"days": 28', '"days": 1e999'), "days"),
        "5,000 digits": (good.replace('"days": 28', '"days": ' + "9" * 5000), "days"),
        "a leading zero": (good.replace('"days": 28', '"days": 028'), "line 6"),
        "a key twice": (good.replace('"days": 28', '"days": 28, "days": 28'), "days"),
        "a deep key twice": (good.replace('"child": 4', '"child": 4, "child": 4'), "observations[0].answers.child"),
        "100,000 brackets": (good.replace('"days": 28', '"days": ' + "[" * 100_000), "line 6"),
        "100,000 objects": ('{"a":' * 100_000, "line 1"),
        "a byte order mark": ("\ufeff" + good, "line 1"),
    }  # fmt: skip  # read in rows, as it is laid out
    for name, (text, place) in texts.items():
        yield Broken(f"text: {name}", text.encode(), place)
    for cut in range(1, len(good) - 1, 97):
        yield Broken(f"text: cut after {cut} bytes", good.encode()[:cut], "line ")
    yield Broken("text: Latin-1", good.replace("School weeks", "Schöne Wochen").encode("latin-1"), "byte ")
    yield Broken("text: UTF-16", good.encode("utf-16"), "byte 0")
    yield Broken("text: half a letter", good.encode() + "é".encode()[:1], "byte ")
    yield Broken("text: a surrogate in UTF-8", good.encode().replace(b"School", b"\xed\xa0\x80"), "byte ")


def _changed(name: str, where: str, change: Callable[[Any, Any], object]) -> Broken:
    document = whole()
    at, key = _parent(document, where)
    change(at, key)
    return Broken(name, json.dumps(document).encode(), where)


def _put(at: Any, key: str | int, value: Any) -> None:
    at[key] = copy.deepcopy(value)


def _parent(document: Any, where: str) -> tuple[Any, str | int]:
    """The object or list that holds the place, and its key there."""
    steps = where.replace("[", ".").replace("]", "").split(".")
    keys: list[str | int] = [int(step) if step.isdigit() else step for step in steps]
    at = document
    for key in keys[:-1]:
        at = at[key]
    return at, keys[-1]


def _objects(value: Any, where: str) -> Iterator[str]:
    """The places of all objects in the file."""
    if isinstance(value, dict):
        yield where
        for key, child in value.items():
            yield from _objects(child, f"{where}.{key}" if where else key)
    elif isinstance(value, list):
        for n, child in enumerate(value):
            yield from _objects(child, f"{where}[{n}]")


def _members(value: Any, where: str) -> Iterator[str]:
    """The places of all members of objects in the file."""
    if isinstance(value, dict):
        for key, child in value.items():
            place = f"{where}.{key}" if where else key
            yield place
            yield from _members(child, place)
    elif isinstance(value, list):
        for n, child in enumerate(value):
            yield from _members(child, f"{where}[{n}]")
