"""Which template a draft begins with: one of the catalogue's, or the programme's own copy of one.

A draft keeps the catalogue's key and, of an own copy, its id and its name: the name goes into the trial's frozen plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from tracker.pages.mediator.desk import programme
from tracker.people import plan_templates
from tracker.plans.catalogue import templates
from tracker.plans.template import Template

AS_NOW = "as-now"  # an own copy that is offered no longer: its plan stays as it is


def choose(said: str, before: Mapping[str, Any]) -> dict[str, str]:
    """What the draft keeps of what was chosen; `before` is what it kept until now."""
    if said == AS_NOW and before.get("name"):
        return dict(before)
    own = plan_templates.offered(programme().id).get(said)
    return {"template": own.key, "own": said, "name": own.name} if own else {"template": said}


def template(content: Mapping[str, Any]) -> Template | None:
    """The template that suggests terms and a schedule."""
    kept = content.get("template", {})
    own = plan_templates.offered(programme().id).get(kept["own"]) if kept.get("own") else None
    return own or templates().get(kept.get("template", ""))


def options(kept: Mapping[str, Any]) -> tuple[list[dict[str, str]], str]:
    """What can be chosen, the programme's own first, and what is chosen."""
    own = plan_templates.offered(programme().id)
    rows = [{"value": key, "label": one.name, "hint": one.description} for key, one in own.items()]
    value = str(kept.get("template", ""))
    if kept.get("name"):
        value = kept["own"] if kept.get("own") in own else AS_NOW
    if value == AS_NOW:
        rows.insert(0, {"value": AS_NOW, "label": kept["name"], "hint": _("As this trial has it now.")})
    rows += [{"value": one.key, "label": _(one.name), "hint": _(one.description)} for one in templates().values()]
    return rows, value
