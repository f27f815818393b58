"""A template file's TOML, checked and turned into a Template."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from tracker import lengths
from tracker.plans.check_schedule import check_schedule
from tracker.plans.entry import KINDS, MOMENT_TYPES, OUTCOMES, Problem
from tracker.plans.plan import FEWEST_DAYS, MOST_DAYS, WEEKDAYS, Term
from tracker.plans.reading import Reader
from tracker.plans.template import (
    PARTS,
    QUESTION_KINDS,
    Choice,
    Form,
    MilestoneDefault,
    NightsDefault,
    Question,
    Role,
    Template,
)
from tracker.plans.values import place

REQUIRED = ("order", "name", "description", "days", "parts", "terms", "forms", "roles")
NIGHTS_DEFAULTS = ("pattern", "nights_string", "handoff_at", "place", "tolerance_minutes", "first_day")
QUESTION_OPTIONS = ("help", "required", "low", "high", "choices")
# What each kind of observation can answer; a question about anything else could not be saved.
ANSWERS = {
    "day": ("terms", "night", "child", "rest"),
    "handoff": ("outcome", "minutes_late"),
    "noise": ("start", "end", "type", "room", "effect", "level"),
    "moment": ("at", "type", "milestone"),
}
# Answers whose words are the trial file's own; the words of other choices are the plan's.
FIXED_WORDS = {("handoff", "outcome"): OUTCOMES, ("moment", "type"): MOMENT_TYPES}


def template_from_toml(key: str, raw: Mapping[str, Any]) -> tuple[Template | None, list[Problem]]:
    """The template in a file's content, or None and everything that is wrong with it."""
    reader = Reader()
    reader.record(raw, "", REQUIRED, PARTS)
    if all(name in raw for name in REQUIRED):
        _check(reader, raw)
    if reader.problems:
        return None, reader.problems
    return _template(key, raw), []


def _check(reader: Reader, raw: Mapping[str, Any]) -> None:
    reader.number(raw["order"], "order", 0, 10_000)
    reader.text(raw["name"], "name", lengths.LINE)
    reader.text(raw["description"], "description", lengths.LINE)
    reader.number(raw["days"], "days", FEWEST_DAYS, MOST_DAYS)
    parts = reader.items(raw["parts"], "parts", 0)
    for n, part in enumerate(parts):
        reader.choice(part, place("parts", n), PARTS)
    for part in PARTS:
        if part in raw and part not in parts:
            reader.note(part, "is not one of this template's parts")
    if "nights" in parts and "nights" not in raw:
        reader.note("nights", "is missing")
    _check_list(reader, raw["terms"], "terms", ("key", "text"), ("sign",))
    _check_list(reader, raw["roles"], "roles", ("key", "label"), ("button", "button_text"), unique=False)
    if not reader.problems:
        for n, role in enumerate(raw["roles"]):
            reader.choice(role.get("button", "day"), f"roles[{n}].button", KINDS)
    _check_defaults(reader, raw)
    forms = reader.record(raw["forms"], "forms", ("day",), KINDS) or {}
    for kind in (kind for kind in KINDS if kind in forms):
        _check_form(reader, forms[kind], f"forms.{kind}", kind)


def _check_list(
    reader: Reader,
    raw: object,
    where: str,
    keys: tuple[str, ...],
    optional: tuple[str, ...] = (),
    unique: bool = True,
) -> None:
    """A list of objects whose values are all texts, the `key` of each its own."""
    keys_seen: list[str | None] = []
    for n, item in enumerate(reader.items(raw, where, 1)):
        at = place(where, n)
        known = reader.record(item, at, keys, optional) or {}
        keys_seen.append(reader.text(known["key"], f"{at}.key", lengths.KEY) if "key" in known else None)
        for name in (name for name in (*keys, *optional) if name in known and name != "key"):
            reader.text(known[name], f"{at}.{name}", lengths.LINE)
    if unique:
        reader.unique((f"{place(where, n)}.key", key) for n, key in enumerate(keys_seen))


def _check_defaults(reader: Reader, raw: Mapping[str, Any]) -> None:
    """The schedule's defaults obey the rules of a plan's own schedule; only who is A and B is not known yet."""
    schedule: dict[str, Any] = {}
    if "nights" in raw:
        nights = reader.record(raw["nights"], "nights", (), NIGHTS_DEFAULTS)
        schedule["nights"] = {"A": "A", "B": "B", **(nights or {})}
    if "quiet_hours" in raw:
        schedule["quiet_hours"] = raw["quiet_hours"]
    dated = Reader()
    check_schedule(dated, schedule, ("A", "B"), None)
    for problem in dated.problems:
        reader.note(problem.place.removeprefix("schedule."), problem.message)
    for n, milestone in enumerate(reader.items(raw.get("milestones", []), "milestones", 0)):
        known = reader.record(milestone, place("milestones", n), ("key", "text", "due_day")) or {}
        for name, longest in (("key", lengths.KEY), ("text", lengths.LINE)):
            if name in known:
                reader.text(known[name], f"milestones[{n}].{name}", longest)
        if "due_day" in known:
            due = reader.number(known["due_day"], f"milestones[{n}].due_day", 1, MOST_DAYS)
            if due is not None and isinstance(raw["days"], int) and due > raw["days"]:
                reader.note(f"milestones[{n}].due_day", "is after the last day")


def _check_form(reader: Reader, raw: object, where: str, kind: str) -> None:
    form = reader.record(raw, where, ("name", "questions")) or {}
    if "name" in form:
        reader.text(form["name"], f"{where}.name", lengths.LINE)
    for n, question in enumerate(reader.items(form.get("questions", []), f"{where}.questions", 0)):
        _check_question(reader, question, f"{where}.questions[{n}]", kind)


def _check_question(reader: Reader, raw: object, where: str, kind: str) -> None:
    question = reader.record(raw, where, ("key", "kind", "text"), QUESTION_OPTIONS) or {}
    if not {"key", "kind", "text"} <= set(question):
        return
    key = reader.choice(question["key"], f"{where}.key", ANSWERS[kind])
    reader.choice(question["kind"], f"{where}.kind", QUESTION_KINDS)
    reader.text(question["text"], f"{where}.text", lengths.LINE)
    if "required" in question:
        reader.flag(question["required"], f"{where}.required")
    for bound in (bound for bound in ("low", "high") if bound in question):
        reader.number(question[bound], f"{where}.{bound}", 1, 1440)
    if "choices" in question:
        _check_list(reader, question["choices"], f"{where}.choices", ("key", "text"))
    if key and (kind, key) in FIXED_WORDS and not reader.problems:
        for n, choice in enumerate(question.get("choices", [])):
            reader.choice(choice["key"], f"{where}.choices[{n}].key", FIXED_WORDS[kind, key])


def _template(key: str, raw: Mapping[str, Any]) -> Template:
    hours = raw.get("quiet_hours", {})
    return Template(
        key=key,
        order=raw["order"],
        name=raw["name"],
        description=raw["description"],
        days=raw["days"],
        terms=tuple(Term(**term) for term in raw["terms"]),
        forms={kind: _form(kind, raw["forms"][kind]) for kind in KINDS if kind in raw["forms"]},
        roles=tuple(Role(**role) for role in raw["roles"]),
        parts=tuple(raw["parts"]),
        nights=_nights(raw["nights"]) if "nights" in raw else None,
        quiet_hours={day: (_time(hours[day][0]), _time(hours[day][1])) for day in WEEKDAYS if day in hours},
        milestones=tuple(MilestoneDefault(**milestone) for milestone in raw.get("milestones", [])),
    )


def _form(kind: str, raw: Mapping[str, Any]) -> Form:
    questions = (
        Question(**{**question, "choices": tuple(Choice(**choice) for choice in question.get("choices", []))})
        for question in raw["questions"]
    )
    return Form(kind, raw["name"], tuple(questions))


def _nights(raw: Mapping[str, Any]) -> NightsDefault:
    return NightsDefault(**{**raw, "handoff_at": _time(raw["handoff_at"])})


def _time(text: str) -> time:
    return time.fromisoformat(text)  # checked before
