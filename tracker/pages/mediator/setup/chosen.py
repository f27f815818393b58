"""Which template a draft begins with: one of the catalogue's, or the programme's own copy of one.

A draft keeps the catalogue's key and, of an own copy, its id, its name and its content as they were when it was
chosen: the name goes into the trial's frozen plan, and what becomes of the copy later changes no draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from tracker.pages.mediator.desk import programme
from tracker.people import plan_templates
from tracker.plans.catalogue import changed, templates
from tracker.plans.template import Template

AS_NOW = "as-now"  # an own copy that is offered no longer: its plan stays as it is


def choose(said: str, before: Mapping[str, Any]) -> dict[str, Any]:
    """What the draft keeps of what was chosen; `before` is what it kept until now."""
    if before.get("name") and (said == AS_NOW or (said == before.get("own") and "content" in before)):
        return dict(before)
    for own in plan_templates.of_programme(programme().id):
        if str(own.id) == said and (found := plan_templates.as_template(own)) is not None:
            return {"template": found.key, "own": said, "name": found.name, "content": dict(own.content)}
    return {"template": said}


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two choices are of one template, whatever it says by now; a trial's own plan is not the catalogue's."""
    first, second = ((of.get("template"), of.get("own"), bool(of.get("name"))) for of in (one, other))
    return first == second


def key(kept: Mapping[str, Any]) -> str:
    """By what a choice is known, whatever its template says by now."""
    return str(kept.get("own") or (AS_NOW if kept.get("name") else kept.get("template", "")))


def name(kept: Mapping[str, Any]) -> str:
    """What a choice is called."""
    found = templates().get(kept.get("template", ""))
    return str(kept.get("name") or (_(found.name) if found else ""))


def template(content: Mapping[str, Any]) -> Template | None:
    """The template that suggests terms and a schedule; the catalogue's if it has outgrown the draft's copy."""
    kept = content.get("template", {})
    key = kept.get("template", "")
    if key not in templates():
        return None
    own = changed(key, kept["content"])[0] if "content" in kept else None
    return own or templates()[key]


def options(kept: Mapping[str, Any]) -> tuple[list[dict[str, str]], str]:
    """What can be chosen, the programme's own first, and what is chosen."""
    own = plan_templates.offered(programme().id)
    rows = [{"value": key, "label": one.name, "hint": one.description} for key, one in own.items()]
    value = str(kept.get("template", ""))
    if kept.get("name"):
        value = kept["own"] if kept.get("own") in own else AS_NOW
        now = {"value": value, "label": kept["name"], "hint": _("As this trial has it now.")}
        if value == AS_NOW:
            rows.insert(0, now)
        elif own[value] != template({"template": kept}):  # changed since: its row says what the trial will have
            rows = [now if row["value"] == value else row for row in rows]
    rows += [{"value": one.key, "label": _(one.name), "hint": _(one.description)} for one in templates().values()]
    return rows, value
