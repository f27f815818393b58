"""The summary on paper, from the very values that its page shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.pages.documents.answer import document, paper
from tracker.pages.summary_words import rating_words
from tracker.trials.here import Here

STATES = ("kept", "partly", "not_kept", "not_today", "none")


def summary_document(here: Here, values: Mapping[str, Any], lead: str = "") -> dict[str, Any]:
    """The data of `summary.typ` for the values of `summary_values`, which count at least one day."""
    frame = document(_("What both accounts say"), values["over"], values["as_of"], paper(here))
    shown = {key: values[key] for key in ("over", "faces", "so_far", "whole", "terms", "weeks")}
    optional = {key: values[key] for key in ("milestones",) if key in values and values["whole"]}
    return frame | {
        "lead": lead,
        "words": _words(values),
        "summary": shown | optional | _strip(values) | _agenda(values) | _scheduled(values) | _quotes(values),
    }


def _words(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        "terms": _("As planned, by term"), "term": _("Term"), "together": _("Together"),
        "terms_note": _("As planned, of the days that each rated; then the other days, %(elapsed)s in all. "
                        "Together: of the days that both rated. Near: one of them says partly.",
                        elapsed=values["elapsed"]),
        "keep": _("Ready to keep"), "first": _("To talk about first"),
        "no_keep": _("No term yet that both say went as planned on at least four of five days."),
        "no_first": _("Nothing stands out in the numbers."),
        "weeks": _("Week by week"), "week_from": _("Week from"),
        "weeks_note": _("As planned, of the days that were rated in that week."),
        "by_account": _("By account"), "planned": _("Planned"), "handoffs": _("Handoffs"),
        "no_handoffs": _("None was planned on these days."), "overnights": _("Overnights"),
        "night_by_night": _("Night by night"), "nights": _("Nights"), "noise": _("Noise"),
        "by_hour": _("Noise by hour"), "no_noise": _("No noise was noted."),
        "nights_note": _("Disturbed: a noise reached into the quiet hours. Quiet: the day has an entry and no such "
                         "noise."),
        "disturbed_of": _("Disturbed, of all nights"),
        "bars_note": _("Bars from below: disturbed nights full, quiet nights open, no entry dashed."),
        "milestones": _("Milestones"), "what": _("What"), "due": _("Due"),
        "prepared": _("Prepared for the session"),
        "words": _("In their words"), "no_words": _("Nobody has marked a note for the summary."),
    }  # fmt: skip  # read in rows, as it is laid out


def _strip(values: Mapping[str, Any]) -> dict[str, Any]:
    strip, spoken = values["strip"], rating_words()
    accounts = [
        {"party": one["party"], "cells": [{"state": cell["state"]} for cell in one["cells"]]}
        for one in strip["accounts"]
    ]
    said = (
        f"{one['party']['name']}: " + "; ".join(cell["label"] for cell in one["cells"]) for one in strip["accounts"]
    )
    states = STATES + (("ahead",) if strip["ahead"] else ())
    all_terms = not strip["term"] and strip["choices"]
    coverage = [
        {**one, "of": ngettext("of %(num)s day", "of %(num)s days", one["elapsed"])} for one in values["coverage"]
    ]
    return {
        "coverage": coverage,
        "strip": {
            "heading": _("Day by day: %(what)s", what=strip["title"]),
            "accounts": accounts,
            "captions": strip["captions"],
            "spoken": ". ".join(said),
            "legend": [(state, spoken[state]) for state in states],
            "note": _("One mark a day for all terms together: the one that went least as planned.")
            if all_terms
            else "",
        },
    }


def _agenda(values: Mapping[str, Any]) -> dict[str, Any]:
    agenda = values["agenda"]
    few = _("Too few days for a suggestion on “%(term)s”.")
    later = _("If there is time: “%(topic)s”.")
    return {
        "agenda": {
            "keep": agenda["keep"],
            "first": agenda["first"],
            "later": [{"line": f"{later % {'topic': one['text']}} {one['reason']}"} for one in agenda["later"]],
            "too_few": [{"line": f"{few % {'term': one['text']}} {one['reason']}"} for one in agenda["too_few"]],
        }
    }


def _scheduled(values: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if handoffs := values.get("handoffs"):
        aside = ngettext("%(num)s planned", "%(num)s planned", handoffs["planned"])
        found["handoffs"] = handoffs | {"aside": aside}
    if overnights := values.get("overnights"):
        note = _(
            "Each night: planned in grey, then as %(first)s and %(second)s say. Dot: with %(first)s. "
            "Diamond: with %(second)s. Triangle: somewhere else. A darker frame: something differs from the plan.",
            first=values["faces"][0]["name"],
            second=values["faces"][1]["name"],
        )
        aside = ngettext("%(num)s night", "%(num)s nights", overnights["total"])
        found["overnights"] = overnights | {"aside": aside, "calendar": overnights["calendar"] | {"note": note}}
    if noise := values.get("noise"):
        found["noise"] = noise | {
            "aside": ngettext("%(num)s night with quiet hours", "%(num)s nights with quiet hours", noise["windows"]),
            "minutes_in": ngettext("minutes in %(num)s day", "minutes in %(num)s days", values["elapsed"]),
            "by_hour": noise["by_hour"] | {"words": _hours(values)},
        }
    return found


def _hours(values: Mapping[str, Any]) -> str:
    """The minutes of each hour that has any, in words: what the chart's table says on the page."""
    rows = values["noise"]["by_hour"]["rows"]
    pieces = []
    for at, face in enumerate(values["faces"]):
        hours = ", ".join(f"{hour} {minutes[at]}" for hour, minutes in rows if minutes[at])
        pieces.append(_("%(name)s: %(hours)s.", name=face["name"], hours=hours or _("none")))
    return _("Minutes by the hour in which they fall.") + " " + " ".join(pieces)


def _quotes(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "quotes": [
            {
                "face": quote["face"],
                "text": quote["text"],
                "about": ", ".join(filter(None, (quote["day"], quote["about"], quote["label"]))),
            }
            for quote in values["quotes"]
        ],
        "prepared": [
            {"face": one["face"], "text": text, "about": topic["title"]}
            for one in values["prepared"]
            for topic in one["topics"]
            for text in topic["texts"]
        ],
    }
