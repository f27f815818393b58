"""Noise in a summary: nights first, for quiet ones count as much; then how much, when, and on which weekdays.

Each chart is drawn from the same numbers that its table shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from tracker.pages import summary_words as words
from tracker.pages.faces import Face
from tracker.pages.summary_parts import captions
from tracker.pages.texts import weekdays
from tracker.plans.plan import Outline
from tracker.summaries.counting import Account
from tracker.summaries.noise import quiet_by_night

Summary = Mapping[str, Any]
People = Sequence[Face]
Nights = Sequence[str | None]
MIDDAY = 12  # the chart by hour begins here, so that a night is in one piece
WIDE, HIGH = 480, 42  # of a chart, in the units of its drawing
KINDS = (("disturbed", "full"), ("quiet", "open"), ("no_entry", "none"))  # a night, and how its part of a bar is drawn


def noise(
    figures: Summary, people: People, outline: Outline, by_party: Mapping[str, Account], elapsed: Sequence[date]
) -> dict[str, Any]:
    """Nights and noise by each account; the quiet nights first, for they are the denominator."""
    said = [figures[face["key"]] for face in people]
    zone = ZoneInfo(outline.timezone)
    nights = [quiet_by_night(outline.schedule.quiet_hours, zone, by_party[face["key"]], elapsed) for face in people]
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
        "most": max((max(one["by_hour"]) for one in said), default=0),
        "by_week": _by_week(people, nights, elapsed),
        "by_weekday": _by_weekday(people, nights, elapsed),
        "by_hour": _by_hour(people, said),
    }


def _level(one: Summary) -> str:
    if one["median_level"] is None:
        return "–"
    return _("%(middle)s and %(highest)s", middle=one["median_level"], highest=one["max_level"])


def _by_week(people: People, nights: Sequence[Nights], elapsed: Sequence[date]) -> dict[str, Any]:
    blocks = [range(at, min(at + 7, len(elapsed))) for at in range(0, len(elapsed), 7)]
    return _by_night(_("Nights, week from"), people, nights, captions(elapsed[0], len(elapsed)), blocks)


def _by_weekday(people: People, nights: Sequence[Nights], elapsed: Sequence[date]) -> dict[str, Any]:
    days = [[at for at, day in enumerate(elapsed) if day.weekday() == n] for n in range(7)]
    return _by_night(_("Nights by weekday"), people, nights, [short for short, _whole in weekdays()], days)


def _by_night(
    title: str, people: People, nights: Sequence[Nights], named: Sequence[str], groups: Sequence[Sequence[int]]
) -> dict[str, Any]:
    """A chart of disturbed, quiet and unknown nights in groups, and its table: disturbed nights of all in the group."""
    counted = [[[[one[at] for at in group].count(kind) for kind, _part in KINDS] for group in groups] for one in nights]
    rows = [
        (caption, [_("%(n)s of %(total)s", n=of_one[at][0], total=sum(of_one[at])) for of_one in counted])
        for at, caption in enumerate(named)
    ]
    columns = [
        [
            {"caption": caption, "parts": [{"kind": part, "n": n} for n, (_kind, part) in zip(one, KINDS, strict=True)]}
            for caption, one in zip(named, of_one, strict=True)
        ]
        for of_one in counted
    ]
    what = _("Disturbed nights, of all with quiet hours")
    return {"title": title, "what": what, "rows": rows, **_drawn(people, columns)}


def _by_hour(people: People, said: Sequence[Summary]) -> dict[str, Any]:
    hours = [(MIDDAY + n) % 24 for n in range(24)]
    columns = [
        [
            {
                "caption": f"{hour:02}:00" if hour % 3 == 0 else "",
                "parts": [{"kind": "full", "n": one["by_hour"][hour]}],
            }
            for hour in hours
        ]
        for one in said
    ]
    rows = [(f"{hour:02}:00", [one["by_hour"][hour] for one in said]) for hour in hours]
    return {"title": _("Noise by hour"), "rows": rows, **_drawn(people, columns)}


def _drawn(people: People, columns: Sequence[Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    """Each account's bars, those of both on one scale, with the places of their parts for a drawing."""
    most = max((sum(part["n"] for part in column["parts"]) for one in columns for column in one), default=0)
    return {
        "most": most,
        "accounts": [
            {"face": face, "columns": one, "bars": _bars(one, most)} for face, one in zip(people, columns, strict=True)
        ],
    }


def _bars(columns: Sequence[Mapping[str, Any]], most: int) -> list[dict[str, Any]]:
    """The parts of each column from the ground up, as rectangles."""
    step = WIDE / max(len(columns), 1)
    thick = min(step * 0.7, 34)
    found = []
    for at, column in enumerate(columns):
        top = float(HIGH)
        for part in column["parts"]:
            if part["n"]:
                high = part["n"] * (HIGH - 2) / most
                top -= high
                found.append(
                    {
                        "kind": part["kind"],
                        "x": round(at * step + (step - thick) / 2, 1),
                        "y": round(top, 1),
                        "width": round(thick, 1),
                        "height": round(high, 1),
                    }
                )
    return found
