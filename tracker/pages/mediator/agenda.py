"""The agenda at the mediator's desk: another order, neutral words, more or fewer topics, two of them first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import Refused
from tracker.pages import fragments, since_opened
from tracker.pages.access import Audience, audience, here
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.desk import show
from tracker.pages.summary_view import summary_values
from tracker.plans.values import parse_number
from tracker.returns import agenda
from tracker.returns.agenda import Topic
from tracker.summaries.agenda import MOST_TOPICS

Answer = Response | tuple[str, int]
Typed = list[dict[str, str]]


@mediator.get("/caseload/<uuid:trial>/agenda")
@audience(Audience.MEDIATOR)
def agenda_page(trial: object) -> tuple[str, int]:
    """The agenda as it stands: the mediator's own, or the suggested one."""
    return _page(None, {}, 200)


@mediator.post("/caseload/<uuid:trial>/agenda")
@audience(Audience.MEDIATOR)
def write_agenda(trial: object) -> Answer:
    """Keep it; or do what another button says to what was typed, without keeping it yet."""
    typed, do = _typed(request.form), request.form.get("do", "save")
    if do == "suggested":
        return _suggested()
    if do != "save":
        go_to = _press(typed, do)
        return _page(typed, {}, 200, go_to=go_to, was=since_opened.brought(request.form))
    kept = _kept()
    wanted, clash = since_opened.merge(request.form, {"topics": typed}, kept)
    if clash:
        now = since_opened.in_rows(kept["topics"], "text")
        return _page(typed, {"text-0": since_opened.newer(now)}, 422)
    topics = [Topic(row["text"], row["first"] == "yes", row["term"]) for row in wanted["topics"] if row["text"]]
    if not topics:
        return _page(typed, {"text-0": _("Write at least one topic, or go back to the suggested ones.")}, 422)
    try:
        agenda.write(here(), topics, current_user.person.id, clock.now())
    except Refused as refused:
        return _page([row for row in typed if row["text"]], _errors(refused), 422)
    return _back(_("Saved. It stands in the summary, and on paper."))


def _suggested() -> Response:
    """The suggested agenda stands again; not in place of words that another page wrote meanwhile, which nobody saw."""
    if since_opened.brought(request.form) not in ({}, since_opened.marks(_kept())):
        return _back(_("The agenda was changed on another page meanwhile. Look at it first."), done=False)
    agenda.write(here(), (), current_user.person.id, clock.now())
    return _back(_("The agenda is the suggested one again."))


def _page(
    typed: Typed | None,
    errors: Mapping[str, str],
    status: int,
    *,
    go_to: str = "",
    was: Mapping[str, str] | None = None,
) -> tuple[str, int]:
    """`was`: what the form was based on when it was opened, of one that a button changed and nobody saved yet."""
    values = summary_values(here(), "mediator", term="", week=0)
    typed = _standing(values) if typed is None else typed
    known = {one["key"]: one for group in values["agenda"].values() for one in group if one["key"]}
    for row in typed:
        row["reason"] = known[row["term"]]["reason"] if row["term"] in known else ""
    return show(
        "agenda.html",
        "caseload",
        status=status,
        title=here().trial.title,
        trial_url=f"/caseload/{here().trial.id}",
        topics=typed,
        most=agenda.MOST,
        limit=agenda.LONGEST,
        first=MOST_TOPICS,
        own=values["own_agenda"],
        errors=errors,
        go_to=go_to,
        saved=was is None,
        was=since_opened.marks(_kept()) if was is None else was,
    )


def _kept() -> dict[str, Typed]:
    """The mediator's own agenda as its rows say it; no rows where the suggested one stands."""
    own = agenda.own(here().trial.id, clock.now())
    return {"topics": [{"text": one.text, "term": one.term, "first": "yes" if one.first else ""} for one in own]}


def _standing(values: Mapping[str, Any]) -> Typed:
    found = values["agenda"]
    return [
        {"text": one["text"], "term": one["key"], "first": "yes" if group == "first" else ""}
        for group in ("first", "later")
        for one in found[group]
    ]


def _typed(form: Mapping[str, str]) -> Typed:
    """The rows as they were typed, as many as the form has."""
    rows = []
    for n in range(agenda.MOST + 1):
        if f"text-{n}" not in form:
            break
        text = form.get(f"text-{n}", "").strip()[: 2 * agenda.LONGEST]
        rows.append({"text": text, "term": form.get(f"term-{n}", ""), "first": form.get(f"first-{n}", "")})
    return rows


def _press(typed: Typed, do: str) -> str:
    """Do what a button says to the rows: `up-2`, `down-0`, `remove-1`, `add`. Returns what takes the focus then.

    That is the same button of a topic that was moved, as long as it has one there; else its other one.
    """
    verb, _dash, number = do.partition("-")
    at = -1 if (found := parse_number(number)) is None else found
    if verb == "add" and len(typed) < agenda.MOST:
        typed.append({"text": "", "term": "", "first": ""})
        return f"text-{len(typed) - 1}"
    if verb == "remove" and 0 <= at < len(typed):
        del typed[at]
        return f"text-{min(at, len(typed) - 1)}" if typed else "add"
    if verb in ("up", "down") and 0 <= at < len(typed):
        last = len(typed) - 1
        to = max(0, at - 1) if verb == "up" else min(last, at + 1)
        typed.insert(to, typed.pop(at))
        verb = {0: "down", last: "up"}.get(to, verb)
        return f"{verb}-{to}"
    return ""


def _errors(refused: Refused) -> dict[str, str]:
    found = {}
    for problem in refused.problems:
        if problem.place == "first":
            found["first-0"] = _("Mark at most two topics to talk about first.")
        elif problem.place == "topics":
            found["text-0"] = _("At most %(n)s topics fit in a session.", n=agenda.MOST)
        else:
            found[f"text-{problem.place[7:-1]}"] = _("Use at most %(n)s characters.", n=agenda.LONGEST)
    return found


def _back(sentence: str, *, done: bool = True) -> Response:
    fragments.say(sentence, done=done)
    return fragments.go(f"/caseload/{here().trial.id}/agenda")
