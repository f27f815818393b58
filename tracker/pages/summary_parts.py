"""The figures of ``meanwhile.summary/1`` as the rows of tables that pages show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from tracker.pages import summary_words as words
from tracker.pages.faces import Face
from tracker.pages.texts import day, day_month
from tracker.plans.plan import WEEKDAYS, Outline

Summary = Mapping[str, Any]
People = Sequence[Face]
MIDDAY = 12  # the chart of a noise plan begins here, so that a night is in one piece


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


def weeks(summary: Summary, outline: Outline, people: People) -> dict[str, Any]:
    """Kept of rated days, for each block of 7 elapsed days."""
    of = _("%(n)s of %(total)s")
    return {
        "captions": captions(outline, summary["elapsed"]),
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


def captions(outline: Outline, days: int) -> list[str]:
    """The first day of each block of 7 days."""
    return [day_month(outline.starts_on + timedelta(days=n)) for n in range(0, days, 7)]


def agenda(summary: Summary, outline: Outline, people: People) -> dict[str, list[dict[str, str]]]:
    """What can be kept, what to talk about first, and the rest; each with its reason in numbers."""
    names = {face["key"]: face["name"] for face in people}
    texts = {term.key: term.text for term in outline.terms}
    groups: dict[str, list[dict[str, str]]] = {"keep": [], "first": [], "later": [], "too_few": []}
    said = {topic["key"]: topic for topic in summary["agenda"]["terms"]}
    narrow = summary["agenda"]["narrow"]
    for key in [*narrow, *(key for key in said if key not in narrow)]:
        suggestion = said[key]["suggestion"]
        group = "first" if key in narrow else suggestion if suggestion in groups else "later"
        groups[group].append({"text": texts[key], "reason": words.reason(said[key], names, summary["elapsed"])})
    return groups


def handoffs(figures: Summary, people: People) -> dict[str, Any]:
    """Each party's outcomes of the planned handoffs."""
    said = [figures["parties"][face["key"]] for face in people]
    rows = [
        (_("On time"), "on_time"), (_("Late"), "late"), (_("Changed by agreement"), "changed"),
        (_("Missed"), "missed"), (_("No entry"), "no_entry"),
    ]  # fmt: skip
    late = [
        _("%(name)s: middle delay %(n)s minutes", name=face["name"], n=one["median_minutes_late"])
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


def overnights(figures: Summary, people: People) -> dict[str, Any]:
    """Nights with each party: planned, and as each of them reports it."""
    said = [figures["reported"][face["key"]] for face in people]
    total = sum(figures["planned"].values())
    rows = [
        (_("With %(name)s", name=face["name"]), figures["planned"][face["key"]],
         [one["nights"][face["key"]] for one in said])
        for face in people
    ]  # fmt: skip
    rows.append((_("Somewhere else"), 0, [one["other"] for one in said]))
    rows.append((_("No entry"), None, [one["no_entry"] for one in said]))
    return {"total": total, "rows": rows, "together": words.overnights_together(figures["matching"], total)}


def noise(figures: Summary, people: People, outline: Outline, elapsed: Sequence[date]) -> dict[str, Any]:
    """Nights and noise by each account; the quiet nights first, for they are the denominator."""
    said = [figures[face["key"]] for face in people]
    most = max((max(one["by_hour"]) for one in said), default=0)
    hours = [(MIDDAY + n) % 24 for n in range(24)]
    return {
        "windows": said[0]["windows"],
        "nights": [
            (_("Quiet nights"), [one["quiet_nights"] for one in said]),
            (_("Disturbed nights"), [one["disturbed_nights"] for one in said]),
            (_("No entry"), [one["no_entry"] for one in said]),
        ],
        "amounts": [
            (_("Noises noted"), [one["events"] for one in said]),
            (_("All noise together"), [words.hours(one["minutes"]) for one in said]),
            (_("Of it in quiet hours"), [words.hours(one["quiet_hours_minutes"]) for one in said]),
            (_("Level, middle and highest (1 to 10)"), [_level(one) for one in said]),
        ],
        "weeks": _noisy_weeks(said, outline, elapsed),
        "hours": hours,
        "most": most,
        "charts": [
            {
                "face": face,
                "minutes": [one["by_hour"][hour] for hour in hours],
                "bars": _bars(one["by_hour"], hours, most),
            }
            for face, one in zip(people, said, strict=True)
        ],
    }


def _level(one: Summary) -> str:
    if one["median_level"] is None:
        return "–"
    return _("%(middle)s and %(highest)s", middle=one["median_level"], highest=one["max_level"])


def _bars(by_hour: Sequence[int], hours: Sequence[int], most: int) -> list[tuple[int, float]]:
    """(place from the left, height) of each hour with noise; the highest of both accounts is 40."""
    return [(at, round(40 * by_hour[hour] / most, 1)) for at, hour in enumerate(hours) if by_hour[hour]]


def _noisy_weeks(said: Sequence[Summary], outline: Outline, elapsed: Sequence[date]) -> list[dict[str, Any]]:
    """Disturbed nights of each block of 7 days, beside the quiet windows that start in it."""
    starts = [WEEKDAYS[one.weekday()] in outline.schedule.quiet_hours for one in elapsed]
    return [
        {"caption": caption, "windows": sum(starts[7 * n : 7 * n + 7]), "disturbed": [one["weeks"][n] for one in said]}
        for n, caption in enumerate(captions(outline, len(elapsed)))
    ]


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
