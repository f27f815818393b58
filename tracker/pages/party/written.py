"""What was noted, in words: an observation, what it said before, and how much later it was added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.observations import read
from tracker.observations.model import Observation
from tracker.pages.party import asked
from tracker.pages.texts import clock_time, day_time
from tracker.plans.answers import ELSEWHERE
from tracker.plans.lateness import how_much_later, lateness
from tracker.plans.values import parse_instant
from tracker.trials.here import Here


def of_day(own: Sequence[Observation], found: Here) -> list[dict[str, Any]]:
    """What counts about a day, each with its history below it, the newest of that first."""
    counting = read.counting(own)
    kept = {o.id for o in counting}
    earlier = [o for o in own if o.id not in kept]
    return [entry(o, found) | {"earlier": _earlier(o, earlier, own, found)} for o in counting]


def _earlier(
    newest: Observation, earlier: Sequence[Observation], own: Sequence[Observation], found: Here
) -> list[dict[str, Any]]:
    if newest.kind in ("day", "handoff"):
        return [entry(o, found) for o in reversed(earlier) if o.kind == newest.kind]
    by_id, history = {o.id: o for o in own}, []
    before = newest.corrects
    while before is not None and (o := by_id.pop(before, None)) is not None:
        history.append(entry(o, found))
        before = o.corrects
    return history


def entry(o: Observation, found: Here) -> dict[str, Any]:
    """One observation: what it is, its answers line by line, its note, who may read that, when it was written."""
    return {
        "id": o.id,
        "kind": o.kind,
        "title": _title(o, found),
        "terms": _terms(o, found),
        "lines": _lines(o, found),
        "note": o.note,
        "audience": audience_words(o.audience),
        "at": day_time(o.recorded_at, found.zone),
        "late": late_label(o, found),
    }


def audience_words(audience: str) -> str:
    """Who may read a note."""
    return {"me": _("only you"), "mediator": _("you and your mediator")}.get(
        audience, _("everybody who reads the summary")
    )


def late_label(o: Observation, found: Here) -> str:
    """*added 1 day later*, *recollection*, or nothing for what was on time."""
    late = lateness(o.day, o.recorded_at, found.zone)
    if late == "recollection":
        return _("recollection")
    return (
        _("added later: %(how)s", how=_span(how_much_later(o.day, o.recorded_at, found.zone)))
        if late != "on_time"
        else ""
    )


def _span(time: timedelta) -> str:
    hours = int(time.total_seconds() // 3600)
    if hours < 24:
        return ngettext("%(num)s hour after the day", "%(num)s hours after the day", hours)
    return ngettext("%(num)s day after the day", "%(num)s days after the day", hours // 24)


def _title(o: Observation, found: Here) -> str:
    if o.kind == "noise":
        start, end = (parse_instant(o.answers.get(key)) for key in ("start", "end"))
        if start and end:
            return _(
                "Noise, %(start)s to %(end)s", start=clock_time(start, found.zone), end=clock_time(end, found.zone)
            )
    if o.kind == "moment":
        at = parse_instant(o.answers.get("at"))
        what = _word(o, found, "type") or (_("Next step") if "milestone" in o.answers else _("What happened"))
        return _("%(what)s, %(time)s", what=what, time=clock_time(at, found.zone)) if at else what
    return _("Handoff") if o.kind == "handoff" else _("The day")


def _terms(o: Observation, found: Here) -> list[dict[str, str]]:
    said = o.answers.get("terms", {})
    return [{"text": t.text, "state": said[t.key]} for t in found.agreed.terms if t.key in said]


def _lines(o: Observation, found: Here) -> list[str]:
    """The other answers: *How loud was it? 5*."""
    lines = [_("%(n)s minutes late", n=o.answers["minutes_late"])] if "minutes_late" in o.answers else []
    if "outcome" in o.answers:
        lines.insert(0, _word(o, found, "outcome"))
    if "night" in o.answers:
        lines.append(_("The child sleeps: %(where)s", where=_where(o.answers["night"], found)))
    for key in ("child", "rest", "type", "room", "effect", "level"):
        if key in o.answers and not (o.kind == "moment" and key == "type"):
            lines.append(_answer(o, found, key))
    if "milestone" in o.answers:
        lines.append(_milestone(o, found))
    return lines


def _answer(o: Observation, found: Here, key: str) -> str:
    form = asked.forms(found).get(o.kind)
    question = form.question(key) if form else None
    word = _word(o, found, key)
    answer = word if question is None or question.kind != "scale" else _scaled(o.answers[key], question.high, word)
    return f"{_(question.text)} {answer}" if question else answer


def _scaled(value: int, high: int, word: str) -> str:
    said = _("%(value)s of %(high)s", value=value, high=high)
    return f"{said} ({word[0].lower()}{word[1:]})" if word and not word.isdecimal() else said


def _word(o: Observation, found: Here, key: str) -> str:
    """The plan's text for an answer, or the answer itself."""
    form = asked.forms(found).get(o.kind)
    question = form.question(key) if form else None
    value = str(o.answers.get(key, ""))
    options = question.choices if question else ()
    return next((_(choice.text) for choice in options if choice.key == value), value)


def _where(key: str, found: Here) -> str:
    if key == ELSEWHERE:
        return _("somewhere else")
    return next((_("with %(name)s", name=party.name) for party in found.parties if party.key == key), key)


def _milestone(o: Observation, found: Here) -> str:
    text = {m.key: m.text for m in found.agreed.schedule.milestones}.get(o.answers["milestone"], o.answers["milestone"])
    return _("%(what)s: done", what=text) if o.answers.get("done") else _("%(what)s: not yet", what=text)
