"""One step on the screen: its fields as they were typed, what is wrong with them, and the calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import available_timezones

from flask import render_template, request
from flask_babel import gettext as _

from tracker import clock
from tracker.pages import fragments
from tracker.pages.mediator import words
from tracker.pages.mediator.desk import programme, show
from tracker.pages.mediator.setup import chosen, defaults, merging, typed
from tracker.pages.mediator.setup.document import KEYS, build, parts
from tracker.pages.mediator.setup.preview import preview
from tracker.pages.mediator.setup.problems import problems
from tracker.pages.pattern_words import patterns
from tracker.plans.catalogue import templates
from tracker.plans.plan import WEEKDAYS
from tracker.plans.values import parse_date
from tracker.trials.model import TrialDraft

Content = Mapping[str, Any]


def screen(
    found: TrialDraft | None,
    step: str,
    content: dict[str, Any],
    errors: Mapping[str, str] | None = None,
    status: int = 200,
    *,
    go_to: str = "",
    previewing: bool = False,
    unfinished: Sequence[TrialDraft] = (),
    kept: Mapping[str, Any] | None = None,
) -> tuple[str, int]:
    """Render a step. `go_to`: the field or button that takes the focus. `previewing`: only the calendar is wanted.
    `kept`: what stands in the draft, where that is not what is shown."""
    _fill(step, content)
    values = {
        "step": step,
        "number": typed.STEPS.index(step) + 1,
        "steps": _steps(found),
        "url": f"/caseload/new/{found.id}/{step}" if found else "/caseload/new",
        "kept": found is not None,
        "page": merging.page(step, kept or content[step], request.form.get("page", "")) if found else "",
        "id": request.form.get("id", type=UUID) or uuid4(),
        "again": found is not None and found.trial_id is not None,
        "following": found is not None and found.case_id is not None and found.trial_id is None,
        "typed": content[step],
        "errors": dict(errors or {}),
        "go_to": go_to,
        "people": names(content),
        "unfinished": [_unfinished(one) for one in unfinished],
    }
    values |= _more(step, content)
    if previewing and fragments.wants_block():
        newer = merging.sentence() if errors else ""
        return render_template("mediator/setup/_preview.html", calendar=values["calendar"], newer=newer), status
    return show("setup/step.html", "new", status=status, **values)


def names(content: Content) -> list[tuple[str, str]]:
    """The parties' keys and names, as far as they are known."""
    people, keys = content.get("people", {}), content.get("keys", KEYS)
    words = (_("First party"), _("Second party"))
    return [(key, people.get(f"name-{n}") or words[n]) for n, key in enumerate(keys)]


def suggestions(content: Content) -> dict[str, dict[str, str]]:
    """The template's terms by key, in the reader's language."""
    template = chosen.template(content)
    return {
        term.key: {"key": term.key, "text": _(term.text), "sign": _(term.sign) if term.sign else ""}
        for term in (template.terms if template else ())
    }


def _fill(step: str, content: dict[str, Any]) -> None:
    """What a step that was never sent starts out with."""
    if step in content:
        return
    if step == "schedule":
        zone = content["people"].get("timezone-0") or programme().timezone
        keys = [key for key, _name in names(content)]
        found = chosen.template(content) or templates()[content["template"]["template"]]
        content[step] = defaults.schedule(found, zone, _today(), keys)
    else:
        start = {"terms": defaults.terms, "sharing": defaults.sharing}
        content[step] = start[step]() if step in start else dict.fromkeys(typed.FIELDS[step], "")


def _today() -> date:
    return clock.now().date()


def _more(step: str, content: Content) -> dict[str, Any]:
    """What single steps show besides."""
    if step == "people":
        return {"zones": zones()}
    if step == "template":
        options, value = chosen.options(content["template"])
        return {"templates": options, "typed": {"template": value}}
    if step == "terms":
        used = {row["key"] for row in content["terms"]["terms"]}
        rest = [term for key, term in suggestions(content).items() if key not in used]
        return {"suggestions": rest, "most": typed.MOST["terms"]}
    if step == "schedule":
        return _schedule(content)
    return {}


def _schedule(content: Content) -> dict[str, Any]:
    template, built = templates()[content["template"]["template"]], build(content)
    wrong = problems(content, _today()).get("schedule", {})
    # A first day that has passed is still a calendar that can be drawn.
    readable = set(wrong) <= {"starts_on"} and parse_date(built.plan["starts_on"]) is not None
    roles = template.roles if len({role.key for role in template.roles}) > 1 else ()
    return {
        "zones": zones(),
        "parts": parts(content),
        "role": _(roles[0].label) if roles else "",
        "patterns": patterns(),
        "weekdays": WEEKDAYS,
        "most": typed.MOST,
        "calendar": preview(built, [name for _key, name in names(content)], _today()) if readable else None,
    }


def _steps(found: TrialDraft | None) -> list[dict[str, str]]:
    texts = (_("People"), _("Plan"), _("Terms"), _("Schedule"), _("Check-ins and sharing"))
    return [{"text": text, "do": f"to-{step}" if found else ""} for text, step in zip(texts, typed.STEPS, strict=True)]


def _unfinished(one: TrialDraft) -> dict[str, Any]:
    return {"title": words.draft_name(one), "href": f"/caseload/new/{one.id}/people"}


@cache
def zones() -> list[str]:
    """The time zones that are offered: UTC, and one for each place by its name of today (tzdata's `zone.tab`)."""
    lines = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines()
    places = {line.split("\t")[2] for line in lines if line and not line.startswith("#")}
    return ["UTC", *sorted(places & available_timezones())]
