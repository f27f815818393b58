"""Are these answers what this kind of observation may say in this plan? The rules of ``meanwhile.trial/1``, by kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tracker.plans.catalogue import templates
from tracker.plans.entry import KINDS, MOMENT_TYPES, OUTCOMES, RATINGS, Problem
from tracker.plans.plan import Outline
from tracker.plans.reading import Reader
from tracker.plans.values import parse_instant, place

ELSEWHERE = "other"  # a night with neither party
LONGEST_NOISE = timedelta(hours=24)
MOST_LATE = 1440  # minutes: a day
LONGEST_WORD = 60  # characters, for words of a plan that brings none of its own
NOISE_WORDS = ("type", "room", "effect")
AN_INSTANT = "a time with its offset, like 2026-03-02T21:04:00-05:00"

Words = Mapping[str, Collection[str]]


def check_answers(
    kind: str, answers: object, day: date | None, outline: Outline, *, words: Words | None = None
) -> list[Problem]:
    """Everything that is wrong with the answers of an observation of `kind` about `day`; an empty list if nothing is.

    `day` is None where it is wrong itself. Problems name places below `answers` (`answers.terms.bedtime`), or `kind`
    itself. Nothing raises on any JSON value.
    `words`: the plan's words for a noise's `type`, `room` and `effect`, by default those of its template. What has no
    words takes any text of 1 to 60 characters.
    """
    reader = Reader()
    if reader.choice(kind, "kind", KINDS) is None:
        return reader.problems
    if kind == "handoff" and outline.schedule.nights is None:
        reader.note("kind", "a handoff needs a plan with nights")
    required, optional, check = _RULES[kind]
    raw = reader.record(answers, "answers", required, optional)
    if raw is not None:
        check(reader, raw, _Context(day, outline, words))
    return reader.problems


def as_planned(outline: Outline) -> dict[str, Any]:
    """The answers of one tap on "As planned today": every term kept."""
    return {"terms": {term.key: "kept" for term in outline.terms}}


class _Context:
    """What the answers are compared with."""

    def __init__(self, day: date | None, outline: Outline, words: Words | None) -> None:
        self.day = day
        self.outline = outline
        self._words = words

    @property
    def words(self) -> Words:
        if self._words is not None:
            return self._words
        template = templates().get(self.outline.template)
        return template.words() if template else {}


def _day(reader: Reader, raw: Mapping[str, Any], context: _Context) -> None:
    if "terms" in raw:
        keys = tuple(term.key for term in context.outline.terms)
        ratings = reader.record(raw["terms"], "answers.terms", (), keys) or {}
        for key in (key for key in ratings if key in keys):
            reader.choice(ratings[key], place("answers.terms", key), RATINGS)
    if "night" in raw:
        reader.choice(raw["night"], "answers.night", (*context.outline.parties, ELSEWHERE))
    for scale in ("child", "rest"):
        if scale in raw:
            reader.number(raw[scale], f"answers.{scale}", 1, 5)


def _handoff(reader: Reader, raw: Mapping[str, Any], context: _Context) -> None:
    outcome = reader.choice(raw["outcome"], "answers.outcome", OUTCOMES) if "outcome" in raw else None
    if "minutes_late" in raw:
        reader.number(raw["minutes_late"], "answers.minutes_late", 1, MOST_LATE)
        if outcome not in (None, "late"):
            reader.note("answers.minutes_late", f"goes with the outcome 'late' only, not with {outcome!r}")


def _noise(reader: Reader, raw: Mapping[str, Any], context: _Context) -> None:
    start, end = (_instant(reader, raw, key) for key in ("start", "end"))
    if start is not None:
        heard_on = start.astimezone(ZoneInfo(context.outline.timezone)).date()
        if context.day is not None and heard_on != context.day:
            reader.note("answers.start", f"is on {heard_on} in {context.outline.timezone}, not on {context.day}")
        if end is not None and end <= start:
            reader.note("answers.end", "is not later than the start")
        elif end is not None and end - start > LONGEST_NOISE:
            reader.note("answers.end", "is more than 24 hours after the start")
    for key in (key for key in NOISE_WORDS if key in raw):
        _word(reader, raw[key], f"answers.{key}", context.words.get(key))
    if "level" in raw:
        reader.number(raw["level"], "answers.level", 1, 10)


def _word(reader: Reader, raw: object, where: str, words: Collection[str] | None) -> None:
    if words:
        reader.choice(raw, where, words)
    else:
        reader.text(raw, where, LONGEST_WORD)


def _moment(reader: Reader, raw: Mapping[str, Any], context: _Context) -> None:
    _instant(reader, raw, "at")
    if "type" in raw:
        reader.choice(raw["type"], "answers.type", MOMENT_TYPES)
    if "milestone" in raw:
        keys = [milestone.key for milestone in context.outline.schedule.milestones]
        if keys:
            reader.choice(raw["milestone"], "answers.milestone", keys)
        else:
            reader.note("answers.milestone", "this plan has no milestones")
    if "done" in raw:
        reader.flag(raw["done"], "answers.done")
    if ("milestone" in raw) != ("done" in raw):
        reader.note("answers.done" if "milestone" in raw else "answers.milestone", "is missing: the two go together")
    if "type" in raw and "milestone" in raw:
        reader.note("answers.type", "goes without a milestone")


def _instant(reader: Reader, raw: Mapping[str, Any], key: str) -> datetime | None:
    return reader.parsed(raw[key], f"answers.{key}", parse_instant, AN_INSTANT) if key in raw else None


_Check = Callable[[Reader, Mapping[str, Any], _Context], None]
_RULES: dict[str, tuple[tuple[str, ...], tuple[str, ...], _Check]] = {
    "day": ((), ("terms", "night", "child", "rest"), _day),
    "handoff": (("outcome",), ("minutes_late",), _handoff),
    "noise": (("start", "end"), (*NOISE_WORDS, "level"), _noise),
    "moment": (("at",), ("type", "milestone", "done"), _moment),
}
