"""What was typed, step by step: from a form into a draft's content and back, without judging any of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker.plans.plan import WEEKDAYS
from tracker.plans.values import parse_number

STEPS = ("people", "template", "terms", "schedule", "sharing")
PARTIES = 2
MOST = {"terms": 5, "milestones": 12, "changes": 12}  # rows of a list
ROWS = {  # the fields of one row, by list: `text-0`, `sign-0`, …
    "terms": ("key", "text", "sign"),
    "milestones": ("mkey", "mtext", "mdue"),
    "changes": ("cday", "cwith"),
}
FIELDS = {
    "people": ("title", *(f"{name}-{n}" for n in range(PARTIES) for name in ("name", "email", "timezone"))),
    "template": ("template",),
    "terms": (),
    "schedule": (
        "starts_on", "days", "zone", "role", "pattern", "nights_string", "a", "anchor", "handoff_at", "place",
        "tolerance", "first_day",
        *(f"{end}-{day}" for day in WEEKDAYS for end in ("quiet", "until")),
    ),
    "sharing": ("sharing", "check_in_at"),
}  # fmt: skip  # read in rows, as it is laid out
LISTS = {"terms": ("terms",), "schedule": ("milestones", "changes")}
LONGEST = 400  # characters that a field keeps, so that an error can show what was too long

Typed = dict[str, Any]


def read(step: str, form: Mapping[str, str]) -> Typed:
    """What a form of this step says; a field that it lacks is empty."""
    typed: Typed = {name: _text(form, name) for name in FIELDS[step]}
    for name in LISTS.get(step, ()):
        typed[name] = _rows(form, name)
    return typed


def press(typed: Typed, do: str, suggestions: Mapping[str, Mapping[str, str]]) -> str:
    """Do what a button says to the lists: `add-terms`, `remove-terms-1`, `use-bedtime`. Returns the field to go to."""
    verb, _, rest = do.partition("-")
    if verb == "add" and rest in MOST and len(typed.get(rest, ())) < MOST[rest]:
        typed[rest].append(dict.fromkeys(ROWS[rest], ""))
        return f"{ROWS[rest][0 if rest == 'changes' else 1]}-{len(typed[rest]) - 1}"
    if verb == "remove":
        name, _, number = rest.rpartition("-")
        at = parse_number(number)
        if name in typed and at is not None and at < len(typed[name]):
            del typed[name][at]
    if verb == "use" and rest in suggestions:
        return _use(typed["terms"], suggestions[rest])
    return ""


def _use(rows: list[dict[str, str]], term: Mapping[str, str]) -> str:
    """Put a suggested term into the first empty row, or a new one."""
    if any(row["key"] == term["key"] for row in rows):
        return ""
    free = next((n for n, row in enumerate(rows) if not row["text"] and not row["sign"]), len(rows))
    if free >= MOST["terms"]:
        return ""
    rows[free : free + 1] = [dict(term)]
    return f"text-{free}"


def _rows(form: Mapping[str, str], name: str) -> list[dict[str, str]]:
    """The rows of a list, as many as the form has."""
    rows = []
    for n in range(MOST[name]):
        if not any(f"{field}-{n}" in form for field in ROWS[name]):
            break
        rows.append({field: _text(form, f"{field}-{n}") for field in ROWS[name]})
    return rows


def _text(form: Mapping[str, str], name: str) -> str:
    return form.get(name, "").replace("\0", "").strip()[:LONGEST]
