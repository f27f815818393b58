"""An observation's answers in words; the words of the plan's own forms where it has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.pages.summary_words import rating_words
from tracker.pages.texts import clock_time
from tracker.plans.catalogue import templates
from tracker.plans.plan import Outline

Answers = Mapping[str, Any]


class Line(TypedDict):
    """One thing that was answered; `mark` is a term's."""

    mark: str
    text: str


def title(kind: str) -> str:
    """What kind of entry it is."""
    return {"day": _("The day"), "handoff": _("Handoff"), "noise": _("Noise"), "moment": _("A moment")}.get(kind, kind)


def lines(kind: str, answers: Answers, outline: Outline, names: Mapping[str, str], zone: ZoneInfo) -> list[Line]:
    """Everything that was answered, in the order of the form."""
    speak = {"day": _day, "handoff": _handoff, "noise": _noise, "moment": _moment}[kind]
    return list(speak(answers, outline, names, zone))


def _all_kept(terms: int) -> str:
    return _("Both terms as planned") if terms == 2 else _("All %(n)s terms as planned", n=terms)


def _day(answers: Answers, outline: Outline, names: Mapping[str, str], zone: ZoneInfo) -> Iterator[Line]:
    said, words = answers.get("terms", {}), rating_words()
    if len(outline.terms) > 1 and all(said.get(term.key) == "kept" for term in outline.terms):
        yield Line(mark="kept", text=_all_kept(len(outline.terms)))
        said = {}
    for term in outline.terms:
        if term.key in said:
            yield Line(mark=said[term.key], text=_("%(term)s: %(word)s", term=term.text, word=words[said[term.key]]))
    if night := answers.get("night"):
        name = names.get(night)
        yield _plain(_("Night with %(name)s", name=name) if name else _("Night somewhere else"))
    for key, text in (("child", _("The child's day: %(word)s")), ("rest", _("The night: %(word)s"))):
        if key in answers:
            yield _plain(text % {"word": _choice(outline, "day", key, answers[key])})


def _handoff(answers: Answers, outline: Outline, names: Mapping[str, str], zone: ZoneInfo) -> Iterator[Line]:
    yield _plain(_choice(outline, "handoff", "outcome", answers["outcome"]))
    if "minutes_late" in answers:
        yield _plain(ngettext("%(num)s minute late", "%(num)s minutes late", answers["minutes_late"]))


def _noise(answers: Answers, outline: Outline, names: Mapping[str, str], zone: ZoneInfo) -> Iterator[Line]:
    yield _plain(_("%(start)s to %(end)s", start=_at(answers["start"], zone), end=_at(answers["end"], zone)))
    words = [_choice(outline, "noise", key, answers[key]) for key in ("type", "room", "effect") if key in answers]
    if words:
        yield _plain(" · ".join(words))
    if "level" in answers:
        yield _plain(_("Level %(n)s of 10", n=answers["level"]))


def _moment(answers: Answers, outline: Outline, names: Mapping[str, str], zone: ZoneInfo) -> Iterator[Line]:
    yield _plain(_at(answers["at"], zone))
    if "type" in answers:
        yield _plain(_choice(outline, "moment", "type", answers["type"]))
    if "milestone" in answers:
        texts = {milestone.key: milestone.text for milestone in outline.schedule.milestones}
        what = texts.get(answers["milestone"], answers["milestone"])
        done = answers.get("done")
        yield _plain(_("%(what)s: done", what=what) if done else _("%(what)s: not done", what=what))


def _plain(text: str) -> Line:
    return Line(mark="", text=text)


def _at(text: str, zone: ZoneInfo) -> str:
    return clock_time(datetime.fromisoformat(text), zone)


def _choice(outline: Outline, form: str, question: str, answer: object) -> str:
    """The text of an answer in the plan's form; the answer itself where the form does not know it."""
    template = templates().get(outline.template)
    asked = template.forms[form].question(question) if template and form in template.forms else None
    for choice in asked.choices if asked else ():
        if choice.key == str(answer):
            return _(choice.text)
    return str(answer)
