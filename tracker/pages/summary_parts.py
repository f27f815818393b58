"""The figures of ``meanwhile.summary/1`` as the rows of tables that pages show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.pages import summary_words as words
from tracker.pages.faces import Face
from tracker.pages.texts import day, day_month
from tracker.plans.plan import Outline
from tracker.returns.agenda import Topic

Summary = Mapping[str, Any]
People = Sequence[Face]


def coverage(summary: Summary, people: People) -> list[dict[str, Any]]:
    """On how many of the elapsed days each party wrote, and how soon."""
    said = summary["coverage"]
    return [{"face": face, **said[face["key"]], "soon": words.lateness(said[face["key"]])} for face in people]


def terms(summary: Summary, outline: Outline, people: People) -> list[dict[str, Any]]:
    """Each term with both counts and how they match."""
    return [
        {
            "text": term.text,
            "sign": term.sign,
            "parties": [_rated(face, figures["parties"][face["key"]]) for face in people],
            "together": words.together(figures["matching"]),
        }
        for term, figures in zip(outline.terms, summary["terms"], strict=True)
    ]


def _rated(face: Face, said: Mapping[str, int]) -> dict[str, Any]:
    rated = said["kept"] + said["partly"] + said["not_kept"]
    return {"face": face, "kept": said["kept"], "of": _("of %(total)s", total=rated), "rest": words.ratings(said)}


def weeks(summary: Summary, outline: Outline, people: People, first: date) -> dict[str, Any]:
    """Kept of rated days, for each block of 7 elapsed days from `first`."""
    of = _("%(n)s of %(total)s")
    return {
        "captions": captions(first, summary["elapsed"]),
        "rows": [
            {
                "text": term.text,
                "cells": [
                    [{"face": face, "text": _share(of, week["parties"][face["key"]])} for face in people]
                    for week in figures["weeks"]
                ],
            }
            for term, figures in zip(outline.terms, summary["terms"], strict=True)
        ],
    }


def _share(of: str, week: Mapping[str, int]) -> str:
    """*5 of 6*, or nothing where no day was rated."""
    return of % {"n": week["kept"], "total": week["rated"]} if week["rated"] else ""


def captions(first: date, days: int) -> list[str]:
    """The first day of each block of 7 days from `first`."""
    return [day_month(first + timedelta(days=n)) for n in range(0, days, 7)]


def agenda(
    summary: Summary, outline: Outline, people: People, own: Sequence[Topic] = ()
) -> dict[str, list[dict[str, str]]]:
    """What can be kept, what to talk about first, and the rest; each with its reason in numbers.

    `own`: the topics as the mediator put them, in place of the suggested ones; a reason stands where one is of a term.
    """
    names = {face["key"]: face["name"] for face in people}
    texts = {term.key: term.text for term in outline.terms}
    groups: dict[str, list[dict[str, str]]] = {"keep": [], "first": [], "later": [], "too_few": []}
    said = {topic["key"]: topic for topic in summary["agenda"]["terms"]}
    reasons = {key: words.reason(one, names, summary["elapsed"]) for key, one in said.items()}
    for topic in own:
        one = {"key": topic.term, "text": topic.text, "reason": reasons.get(topic.term, "")}
        groups["first" if topic.first else "later"].append(one)
    chosen, narrow = {topic.term for topic in own}, summary["agenda"]["narrow"]
    for key in [*narrow, *(key for key in said if key not in narrow)]:
        suggestion = said[key]["suggestion"]
        group = "first" if key in narrow else suggestion if suggestion in groups else "later"
        if not own or (group in ("keep", "too_few") and key not in chosen):
            groups[group].append({"key": key, "text": texts[key], "reason": reasons[key]})
    return groups


def handoffs(figures: Summary, people: People, told: Mapping[str, int]) -> dict[str, Any]:
    """Each party's outcomes of the planned handoffs. `told`: how many of the late ones say how late."""
    said = [figures["parties"][face["key"]] for face in people]
    rows = [
        (_("On time"), "on_time"), (_("Late"), "late"), (_("Changed by agreement"), "changed"),
        (_("Missed"), "missed"), (_("No entry"), "no_entry"),
    ]  # fmt: skip  # read in rows, as it is laid out
    late = [
        _median_late(face["name"], one, told[face["key"]])
        for face, one in zip(people, said, strict=True)
        if one["median_minutes_late"] is not None
    ]
    extra = [
        _("%(name)s: %(n)s on a day without a planned one", name=face["name"], n=one["unplanned"])
        for face, one in zip(people, said, strict=True)
        if one["unplanned"]
    ]
    return {
        "planned": figures["planned"],
        "rows": [(text, [one[key] for one in said]) for text, key in rows],
        "notes": late + extra,
        "together": words.handoffs_together(figures["matching"], figures["planned"]) if figures["planned"] else "",
    }


def _median_late(name: str, said: Mapping[str, Any], told: int) -> str:
    """The median with what it is the median of: the late handoffs, or those of them that say how late."""
    minutes = ngettext("%(num)s minute late", "%(num)s minutes late", said["median_minutes_late"])
    late = ngettext("%(num)s late handoff", "%(num)s late handoffs", said["late"])
    if told < said["late"]:
        late = _("%(n)s of %(late)s", n=told, late=late)
    return _("%(name)s: %(minutes)s (median of %(late)s)", name=name, minutes=minutes, late=late)


def overnights(figures: Summary, people: People) -> dict[str, Any]:
    """Nights with each party: planned, and as each of them reports it."""
    said = [figures["reported"][face["key"]] for face in people]
    total = sum(figures["planned"].values())
    rows = [
        (_("With %(name)s", name=face["name"]), figures["planned"][face["key"]],
         [one["nights"][face["key"]] for one in said])
        for face in people
    ]  # fmt: skip  # read in rows, as it is laid out
    rows.append((_("Somewhere else"), 0, [one["other"] for one in said]))
    rows.append((_("No entry"), None, [one["no_entry"] for one in said]))
    return {"total": total, "rows": rows, "together": words.overnights_together(figures["matching"], total)}


def milestones(figures: Sequence[Summary], outline: Outline, people: People) -> list[dict[str, Any]]:
    """What was due, and the day on which each party says that it was done."""
    texts = {milestone.key: milestone for milestone in outline.schedule.milestones}
    return [
        {
            "text": texts[one["key"]].text,
            "due": day(texts[one["key"]].due),
            "done": [_done(one["done_on"][face["key"]]) for face in people],
        }
        for one in figures
    ]


def _done(on: str | None) -> str:
    return _("Done %(day)s", day=day(date.fromisoformat(on))) if on else _("Not noted as done")
