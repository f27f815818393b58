"""Reading a trial file ``meanwhile.trial/1``: every problem with its place, or the trial. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tracker.interchange.document import FORMAT, TrialFile, trial_file
from tracker.interchange.observation import check_observation, to_entry
from tracker.interchange.strict_json import parse
from tracker.plans.check import check_plan
from tracker.plans.entry import Entry, Problem
from tracker.plans.plan import Outline
from tracker.plans.plan_json import outline_from_json
from tracker.plans.reading import Reader
from tracker.plans.values import place, shown

LEANT_ON = ("starts_on", "days", "timezone", "parties", "terms", "schedule")  # observations are compared with these


def read_trial(data: str | bytes, now: datetime) -> tuple[TrialFile | None, list[Problem]]:
    """The trial that a file holds, or None and everything that is wrong with it. Never raises, whatever the bytes are.

    `now` is aware; nothing may be about a day that is later than now in the trial's zone. An observation that comes
    again with the same content is there once.
    """
    document, problems = parse(data)
    if problems and document is None:
        return None, problems
    if not isinstance(document, dict):
        return None, [Problem("line 1, column 1", f"must be an object, not {shown(document)}")]
    problems += _check_format(document)
    plan_problems = check_plan(document)
    outline = _outline(document, plan_problems)
    problems += plan_problems + _check_observations(document, outline, now)
    entries, again = _each_once(_sound(document, problems)) if outline else ([], [])
    problems += again
    return (None, problems) if problems else (trial_file(document, entries), [])


def _outline(document: Mapping[str, Any], problems: Iterable[Problem]) -> Outline | None:
    """What observations are compared with; None if a part of the plan is wrong that they lean on."""
    if any(problem.place.startswith(LEANT_ON) for problem in problems):
        return None
    try:
        return outline_from_json(document)
    except ValueError:
        return None


def _check_format(document: Mapping[str, Any]) -> list[Problem]:
    if "format" not in document:
        return [Problem("format", "is missing")]
    given = document["format"]
    return [] if given == FORMAT else [Problem("format", f"{shown(given)} is not {FORMAT}")]


def _check_observations(document: Mapping[str, Any], outline: Outline | None, now: datetime) -> list[Problem]:
    reader = Reader()
    if "observations" not in document:
        reader.note("observations", "is missing")
    else:
        today = now.astimezone(ZoneInfo(outline.timezone)).date() if outline else date.max
        for n, raw in enumerate(reader.items(document["observations"], "observations", 0)):
            check_observation(reader, raw, place("observations", n), outline, today)
    return reader.problems


def _sound(document: Mapping[str, Any], problems: Iterable[Problem]) -> list[tuple[int, dict[str, Any]]]:
    """The observations with which nothing is wrong, by their number."""
    wrong = {problem.place.partition(".")[0] for problem in problems}
    if "observations" in wrong:
        return []
    return [(n, raw) for n, raw in enumerate(document["observations"]) if place("observations", n) not in wrong]


def _each_once(observations: Iterable[tuple[int, dict[str, Any]]]) -> tuple[list[Entry], list[Problem]]:
    """The entries of checked observations, and those whose `id` was there before with other content."""
    first: dict[UUID, tuple[int, Entry]] = {}
    problems = []
    for n, raw in observations:
        entry = to_entry(raw)
        at, before = first.setdefault(entry.id, (n, entry))
        if before != entry:
            problems.append(Problem(f"observations[{n}].id", f"is that of observations[{at}], with other content"))
    return [entry for _, entry in first.values()], problems
