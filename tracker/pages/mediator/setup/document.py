"""A draft as the plan of a trial file, and where on the pages each of its places was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.pages.plan_rows import Row, keyed, nights_string, number, quiet_hours
from tracker.plans.catalogue import templates
from tracker.plans.plan import WEEKDAYS
from tracker.plans.values import place

KEYS = ("A", "B")  # of the parties of a new case; people see names instead

Content = Mapping[str, Any]


@dataclass
class Built:
    """A plan that may still be wrong. `places`: a place of the trial file -> (step, field)."""

    plan: dict[str, Any]
    places: dict[str, tuple[str, str]] = field(default_factory=dict)


def build(content: Content) -> Built:
    """The plan as far as it was typed, in the shapes of ``meanwhile.trial/1``."""
    people, schedule = content.get("people", {}), content.get("schedule", {})
    sharing = content.get("sharing", {})
    keys = content.get("keys", KEYS)
    built = Built(
        {
            "title": people.get("title", ""),
            "plan": content.get("template", {}).get("template", ""),
            "starts_on": schedule.get("starts_on", ""),
            "days": number(schedule.get("days", "")),
            "timezone": schedule.get("zone", ""),
            "sharing": sharing.get("sharing", "private"),
            "parties": [
                {"key": key, "name": people.get(f"name-{n}", ""), "timezone": people.get(f"timezone-{n}", "")}
                for n, key in enumerate(keys)
            ],
        }
    )
    at = built.places
    at |= {"title": ("people", "title"), "plan": ("template", "template"), "sharing": ("sharing", "sharing")}
    at |= {"starts_on": ("schedule", "starts_on"), "days": ("schedule", "days"), "timezone": ("schedule", "zone")}
    for n in range(len(keys)):
        at |= {f"parties[{n}].{name}": ("people", f"{name}-{n}") for name in ("name", "timezone")}
    built.plan["terms"] = _terms(content.get("terms", {}).get("terms", []), at)
    built.plan["schedule"] = _schedule(schedule, parts(content), keys, at)
    return built


def parts(content: Content) -> tuple[str, ...]:
    """The parts of the schedule: the template's, and those that a trial that is changed has besides."""
    template = templates().get(content.get("template", {}).get("template", ""))
    return tuple(dict.fromkeys((*(template.parts if template else ()), *content.get("parts", ()))))


def _terms(rows: Sequence[Row], at: dict[str, tuple[str, str]]) -> list[dict[str, str]]:
    """The rows that say anything."""
    terms: list[dict[str, str]] = []
    at["terms"] = ("terms", "text-0")
    for n, row, key in keyed(rows, "key", "text"):
        here = place("terms", len(terms))
        at |= {
            f"{here}.text": ("terms", f"text-{n}"),
            f"{here}.sign": ("terms", f"sign-{n}"),
            here: ("terms", f"text-{n}"),
        }
        terms.append({"key": key, "text": row["text"], **({"sign": row["sign"]} if row["sign"] else {})})
    return terms


def _schedule(
    typed: Mapping[str, Any], used: tuple[str, ...], keys: Sequence[str], at: dict[str, tuple[str, str]]
) -> Any:
    schedule: dict[str, Any] = {}
    if "nights" in used:
        schedule["nights"] = _nights(typed, keys, at)
    if "quiet_hours" in used:
        schedule["quiet_hours"] = quiet_hours(typed)
        for day in WEEKDAYS:
            at[f"schedule.quiet_hours.{day}"] = ("schedule", f"quiet-{day}")
            at[f"schedule.quiet_hours.{day}[1]"] = ("schedule", f"until-{day}")
    if "milestones" in used:
        schedule["milestones"] = _milestones(typed.get("milestones", []), at)
    return schedule


def _nights(typed: Mapping[str, Any], keys: Sequence[str], at: dict[str, tuple[str, str]]) -> dict[str, Any]:
    a = typed.get("a") or keys[0]
    where = "schedule.nights"
    nights = {
        "pattern": typed.get("pattern", ""),
        **nights_string(typed),
        **({"anchor": typed["anchor"]} if typed.get("anchor") else {}),
        "A": a,
        "B": next((key for key in keys if key != a), ""),
        "handoff_at": typed.get("handoff_at", ""),
        "place": typed.get("place", ""),
        "tolerance_minutes": number(typed.get("tolerance", "")),
        "first_day": bool(typed.get("first_day")),
        "changes": [],
    }
    names = {"tolerance_minutes": "tolerance", "A": "a", "B": "a"}
    at |= {f"{where}.{name}": ("schedule", names.get(name, name)) for name in (*nights, "nights_string")}
    for n, row in enumerate(typed.get("changes", [])):
        if not row["cday"] and not row["cwith"]:
            continue
        change = place(f"{where}.changes", len(nights["changes"]))
        at |= {f"{change}.day": ("schedule", f"cday-{n}"), f"{change}.with": ("schedule", f"cwith-{n}")}
        nights["changes"].append({"day": row["cday"], "with": row["cwith"]})
    return nights


def _milestones(rows: Sequence[Row], at: dict[str, tuple[str, str]]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for n, row, key in keyed(rows, "mkey", "mtext"):
        here = place("schedule.milestones", len(found))
        at |= {f"{here}.text": ("schedule", f"mtext-{n}"), f"{here}.due": ("schedule", f"mdue-{n}")}
        found.append({"key": key, "text": row["mtext"], "due": row["mdue"]})
    return found
