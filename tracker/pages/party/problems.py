"""What the domain refuses, as one plain sentence at the field that it is about."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from tracker.errors import Refused
from tracker.plans.entry import Problem
from tracker.plans.plan import Outline
from tracker.plans.values import place


def at_fields(refused: Refused, outline: Outline) -> dict[str, str]:
    """Each problem's sentence, by the id of its field, the first one at each; `id` stands for the whole form."""
    if refused.code == "conflict":
        return {
            "id": _("This form was saved before with other answers. What you see here is not saved: save it again.")
        }
    if refused.code != "invalid":
        return {"id": whole(refused.code)}
    fields = _term_fields(outline)
    found: dict[str, str] = {}
    for problem in refused.problems:
        field, sentence = _said(problem, fields)
        found.setdefault(field, sentence)
    return found


def whole(code: str) -> str:
    """Why nothing of a form could be kept."""
    return {
        "not_started": _("The trial has not started yet. You can note something from its first day on."),
        "not_found": _("This entry is not there any more. Go back to the day, and write it as a new one."),
        "not_running": _("The trial is not running today."),
    }.get(code, _("This could not be saved."))


def about_day(problems: Iterable[Problem]) -> bool:
    """Whether the day itself is refused: no field of the form can mend that."""
    return any(problem.place in ("day", "recorded_at") for problem in problems)


def _term_fields(outline: Outline) -> dict[str, str]:
    return {place("answers.terms", term.key): f"term-{n}" for n, term in enumerate(outline.terms)}


def _said(problem: Problem, terms: dict[str, str]) -> tuple[str, str]:
    if problem.place in terms:
        return terms[problem.place], _("Choose one of the four.")
    if problem.place in ("day", "recorded_at"):
        return "id", _("Nothing can be noted for a day that is still to come or outside the trial.")
    field = problem.place.removeprefix("answers.")
    sentences = {
        "outcome": _("Choose what happened."),
        "minutes_late": _("Write the minutes as a whole number from 1 to 1440."),
        "start": _("Write when it started, such as 22:15."),
        "end": _("Write when it stopped, such as 22:40: later than it started."),
        "at": _("Write when it was, such as 18:40."),
        "milestone": _("Choose the step that you mean."),
        "done": _("Choose “Done” or “Not yet” for this step."),
        "note": _("This note cannot be saved: it is too long, or has a sign in it that is no text."),
        "audience": _("Choose who may read this."),
    }
    return field, sentences.get(field, _("Choose one of these."))
