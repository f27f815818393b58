"""What was typed, step by step: from a form into a draft's content and back, without judging any of it."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.pages import rows
from tracker.pages.rows import Rows, Typed
from tracker.plans.plan import WEEKDAYS

STEPS = ("people", "template", "terms", "schedule", "sharing")
PARTIES = 2
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
TERMS = {"terms": Rows(("key", "text", "sign"), 5, "text")}
DATED = {
    "milestones": Rows(("mkey", "mtext", "mdue"), 12, "mtext"),
    "changes": Rows(("cday", "cwith"), 12, "cday"),
}
LISTS: dict[str, dict[str, Rows]] = {"terms": TERMS, "schedule": DATED}
MOST = {name: of.most for name, of in (TERMS | DATED).items()}  # rows of a list


def read(step: str, form: Mapping[str, str]) -> Typed:
    """What a form of this step says; a field that it lacks is empty."""
    return rows.read(form, FIELDS[step], LISTS.get(step, {}))


def press(step: str, typed: Typed, do: str, suggestions: Mapping[str, Mapping[str, str]]) -> str:
    """Do what a button says to the lists: `add-terms`, `remove-terms-1`, `use-bedtime`. Returns what to go to."""
    verb, _, rest = do.partition("-")
    if verb == "use" and rest in suggestions and "terms" in typed:
        return _use(typed["terms"], suggestions[rest])
    return rows.press(typed, do, LISTS.get(step, {}))


def _use(rows: list[dict[str, str]], term: Mapping[str, str]) -> str:
    """Put a suggested term into the first empty row, or a new one."""
    if any(row["key"] == term["key"] for row in rows):
        return ""
    free = next((n for n, row in enumerate(rows) if not row["text"] and not row["sign"]), len(rows))
    if free >= MOST["terms"]:
        return ""
    rows[free : free + 1] = [dict(term)]
    return f"text-{free}"
