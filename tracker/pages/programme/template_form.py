"""A plan template as a form: what its fields start out with, what they say, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from tracker.pages import rows, since_opened
from tracker.pages.plan_rows import keyed, nights_string, number, quiet_hours
from tracker.pages.plan_sentences import field_of, sentence
from tracker.pages.rows import Rows, Typed
from tracker.people.plan_templates import MOST_TERMS
from tracker.plans.entry import Problem
from tracker.plans.plan import WEEKDAYS
from tracker.plans.template import Template
from tracker.plans.values import place

FIELDS = (
    "name", "description", "days", "pattern", "nights_string", "handoff_at", "place", "tolerance", "first_day",
    *(f"{end}-{day}" for day in WEEKDAYS for end in ("quiet", "until")),
)  # fmt: skip  # read in rows, as it is laid out
LISTS = {
    "terms": Rows(("key", "text", "sign"), MOST_TERMS, "text"),
    "milestones": Rows(("mkey", "mtext", "mday"), 12, "mtext"),
}


def read(form: Mapping[str, str]) -> Typed:
    """What the form says."""
    return rows.read(form, FIELDS, LISTS)


def filled(of: Template, *, own: bool) -> Typed:
    """A template as its fields show it; the catalogue's in the language of who copies it."""
    said = (lambda text: text) if own else (lambda text: _(text) if text else "")
    typed: Typed = {"name": said(of.name), "description": said(of.description), "days": str(of.days)}
    if (nights := of.nights) is not None:
        typed |= {
            "pattern": nights.pattern,
            "nights_string": nights.nights_string or "",
            "handoff_at": f"{nights.handoff_at:%H:%M}",
            "place": nights.place if own or not nights.place else _(nights.place),
            "tolerance": str(nights.tolerance_minutes),
            "first_day": "yes" if nights.first_day else "",
        }
    for day, (starts, ends) in of.quiet_hours.items():
        typed |= {f"quiet-{day}": f"{starts:%H:%M}", f"until-{day}": f"{ends:%H:%M}"}
    typed["terms"] = [{"key": one.key, "text": said(one.text), "sign": said(one.sign)} for one in of.terms]
    due = [{"mkey": one.key, "mtext": said(one.text), "mday": str(one.due_day)} for one in of.milestones]
    return typed | {"milestones": due}


def kept(own: Template) -> Typed:
    """A template of the programme's own as its form would say it unchanged: each field, also those it does not show."""
    return dict.fromkeys(FIELDS, "") | filled(own, own=True)


def newer(clash: Mapping[str, Any], patterns: Mapping[str, str]) -> dict[str, str]:
    """At each field that two pages changed what stands there by now."""
    return since_opened.newer_each(clash, LISTS, lambda name, now: patterns.get(now, now) if name == "pattern" else now)


def content(typed: Mapping[str, Any], parts: Iterable[str]) -> tuple[dict[str, Any], dict[str, str]]:
    """What was typed in the shapes of a catalogue's file, and the field of each of its places."""
    said: dict[str, Any] = {"name": typed["name"], "description": typed["description"], "days": number(typed["days"])}
    at = {name: name for name in said} | {"terms": "text-0"}
    said["terms"] = _terms(typed["terms"], at)
    if "nights" in parts:
        said["nights"] = {
            "pattern": typed["pattern"],
            **nights_string(typed),
            "handoff_at": typed["handoff_at"],
            "place": typed["place"],
            "tolerance_minutes": number(typed["tolerance"]),
            "first_day": bool(typed["first_day"]),
        }
        at |= {f"nights.{name}": name for name in (*said["nights"], "nights_string")}
        at["nights.tolerance_minutes"] = "tolerance"
    if "quiet_hours" in parts:
        said["quiet_hours"] = quiet_hours(typed)
        for day in WEEKDAYS:
            at |= {f"quiet_hours.{day}": f"quiet-{day}", f"quiet_hours.{day}[1]": f"until-{day}"}
    if "milestones" in parts:
        said["milestones"] = _milestones(typed["milestones"], at)
    return said, at


def sentences(problems: Iterable[Problem], at: Mapping[str, str], typed: Mapping[str, Any]) -> dict[str, str]:
    """One plain sentence for each field that is wrong in what was `typed`."""
    found: dict[str, str] = {}
    for problem in problems:
        field = field_of(problem.place, at) or "name"
        taken = problem.message == "is taken"
        found.setdefault(field, _("Another plan has this name.") if taken else sentence(field, typed))
    return found


def _terms(typed: Any, at: dict[str, str]) -> list[dict[str, str]]:
    rows = _listed(typed, "terms", {"text": "text", "sign": "sign"}, at, key="key")
    return [{"key": key, "text": row["text"], **({"sign": row["sign"]} if row["sign"] else {})} for key, row in rows]


def _milestones(typed: Any, at: dict[str, str]) -> list[dict[str, Any]]:
    rows = _listed(typed, "milestones", {"text": "mtext", "due_day": "mday"}, at, key="mkey")
    return [{"key": key, "text": row["mtext"], "due_day": number(row["mday"])} for key, row in rows]


def _listed(
    typed: Any, name: str, fields: Mapping[str, str], at: dict[str, str], *, key: str
) -> list[tuple[str, Mapping[str, str]]]:
    """The rows of a list that say anything, with their keys; `at` learns the field of each of their places."""
    said: list[tuple[str, Mapping[str, str]]] = []
    for n, row, own in keyed(typed, key, fields["text"]):
        here = place(name, len(said))
        at |= {here: f"{fields['text']}-{n}"} | {f"{here}.{part}": f"{field}-{n}" for part, field in fields.items()}
        said.append((own, row))
    return said
