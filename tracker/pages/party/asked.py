"""The questions that a plan asks, ready for a form: translated, with this trial's parties in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from tracker.cases.model import Party
from tracker.pages.plan_words import within
from tracker.plans.answers import ELSEWHERE
from tracker.plans.catalogue import templates
from tracker.plans.forms import Form, Question, Role
from tracker.plans.plan import Milestone, Outline, Term
from tracker.trials.here import Here

QUESTIONS_AT_MOST = 2  # beside the terms, on the day's form


def forms(found: Here) -> dict[str, Form]:
    """The forms of the trial's plan by kind; none for a template that the catalogue no longer has."""
    template = templates().get(found.plan.template)
    return dict(template.forms) if template else {}


def role(found: Here, party: Party) -> Role | None:
    """What the party does in this kind of plan; the first role for one who was given none."""
    template = templates().get(found.plan.template)
    if template is None:
        return None
    return next((one for one in template.roles if one.key == party.role), template.roles[0])


def term_field(term: Term) -> str:
    """The name of a term's field."""
    return f"term-{term.key}"


def terms(of_plan: Iterable[Term]) -> list[dict[str, Any]]:
    """The terms with the names and ids of their fields. Keys may hold anything, ids may not: they count."""
    return [
        {"text": term.text, "sign": term.sign, "name": term_field(term), "id": f"term-{n}"}
        for n, term in enumerate(of_plan)
    ]


def day_questions(template: str, names: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """A template's questions about a day, beside its terms: at most two. `names`: the parties' keys and names."""
    known = templates().get(template)
    form = known.forms.get("day") if known else None
    if form is None:
        return []
    among = [one for one in form.questions if one.kind in ("night", "scale")][:QUESTIONS_AT_MOST]
    return [_night(one, names) if one.kind == "night" else scale(one) for one in among]


def scale(question: Question) -> dict[str, Any]:
    """A question with whole numbers and anchors in words: the ends alone where each step has a word of its own."""
    anchors = [(int(choice.key), _(choice.text)) for choice in question.choices]
    if len(anchors) == question.high - question.low + 1:
        anchors = [anchors[0], anchors[-1]]
    return {
        "kind": "scale",
        "name": question.key,
        "text": _(question.text),
        "help": _(question.help) if question.help else "",
        "low": question.low,
        "high": question.high,
        "anchors": anchors,
    }


def choice(question: Question) -> dict[str, Any]:
    """A question with one of several words as its answer."""
    options = [(one.key, _(one.text)) for one in question.choices]
    return {"kind": "choice", "name": question.key, "text": _(question.text), "options": options}


def outcomes(found: Here) -> list[tuple[str, str]]:
    """What a handoff can have been, in short words that fit beside each other."""
    form = forms(found).get("handoff")
    question = form.question("outcome") if form else None
    if question is None:
        return []
    short = {"changed": _("Changed")}
    return [(one.key, short.get(one.key) or _(one.text)) for one in question.choices]


def on_time(found: Here) -> str:
    """Beside the outcomes: what this plan means by the first of them."""
    nights = found.agreed.schedule.nights
    return _("On time: %(within)s.", within=within(nights)) if nights else ""


def milestones(outline: Outline, done: dict[str, bool]) -> list[Milestone]:
    """The milestones that this party has not said to be done, by date."""
    left = (one for one in outline.schedule.milestones if not done.get(one.key))
    return sorted(left, key=lambda one: one.due)


def _night(question: Question, names: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {
        "kind": "night",
        "name": question.key,
        "text": _(question.text),
        "options": [*names, (ELSEWHERE, _("Somewhere else"))],
    }
