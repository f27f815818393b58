"""The calendar of a draft, as soon as its schedule can be read: the weeks of the trial in one piece."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.pages.faces import MARKS, Face
from tracker.pages.mediator.setup.document import Built
from tracker.pages.texts import clock_time, day, day_long, weekdays
from tracker.plans.expectations import Expectation, expectations_between
from tracker.plans.nights import cycle_length, cycle_warning, handoffs, overnight_counts
from tracker.plans.plan import Outline
from tracker.plans.plan_json import schedule_from_json
from tracker.plans.values import parse_date

A_WEEK = 7


def preview(built: Built, names: Sequence[str], today: date) -> dict[str, Any]:
    """The calendar and what follows from the schedule. The schedule of `built` has no problem."""
    outline = _outline(built)
    people = [
        Face(key=party["key"], name=name, mark=mark)
        for party, name, mark in zip(built.plan["parties"], names, MARKS, strict=False)
    ]
    known = {face["key"]: face for face in people}
    expected: dict[date, list[Expectation]] = defaultdict(list)
    for one in expectations_between(outline, outline.starts_on, outline.last_day):
        expected[one.day].append(one)
    monday = outline.starts_on - timedelta(days=outline.starts_on.weekday())
    weeks = []
    while monday <= outline.last_day:
        days = [monday + timedelta(days=n) for n in range(A_WEEK)]
        weeks.append([_day(one, outline, expected[one], known, today) for one in days])
        monday += timedelta(days=A_WEEK)
    schedule = outline.schedule
    return {
        "title": _("%(first)s to %(last)s", first=day(outline.starts_on), last=day(outline.last_day)),
        "weekdays": weekdays(),
        "weeks": weeks,
        "people": people if schedule.nights else [],
        "handoff": bool(schedule.nights),
        "quiet": bool(schedule.quiet_hours),
        "due": bool(schedule.milestones),
        "sentences": _sentences(outline, known),
        "warning": _warning(outline),
    }


def _outline(built: Built) -> Outline:
    plan = built.plan
    starts_on = parse_date(plan["starts_on"])
    assert starts_on is not None
    keys = tuple(party["key"] for party in plan["parties"])
    schedule = schedule_from_json(plan["schedule"], starts_on)
    return Outline(plan["plan"], starts_on, plan["days"], plan["timezone"], keys, (), schedule)


def _day(
    one: date, outline: Outline, expected: Sequence[Expectation], known: Mapping[str, Face], today: date
) -> dict[str, Any]:
    if not outline.starts_on <= one <= outline.last_day:
        return {"number": one.day, "label": day_long(one), "in_trial": False, "today": one == today}
    kinds = {expectation.kind: expectation for expectation in expected}
    night, nights = kinds.get("night"), outline.schedule.nights
    said = [text for expectation in expected if (text := _said(expectation, known))]
    return {
        "number": one.day,
        "label": ", ".join([day_long(one), *said]),
        "in_trial": True,
        "today": one == today,
        "night": known[night.to]["mark"] if night else None,
        "handoff": "handoff" in kinds,
        "quiet": "quiet_hours" in kinds,
        "due": "milestone" in kinds,
        "changed": nights is not None and any(change.day == one for change in nights.changes),
    }


def _said(one: Expectation, known: Mapping[str, Face]) -> str:
    if one.kind == "night":
        return _("night with %(name)s", name=known[one.to]["name"])
    if one.kind == "handoff" and one.starts:
        return _("handoff %(time)s", time=clock_time(one.starts))
    if one.kind == "quiet_hours" and one.starts and one.ends:
        return _("quiet hours %(start)s to %(end)s", start=clock_time(one.starts), end=clock_time(one.ends))
    return one.text


def _sentences(outline: Outline, known: Mapping[str, Face]) -> list[str]:
    found = [_("It ends by itself after %(day)s.", day=day(outline.last_day))]
    if (nights := outline.schedule.nights) is not None:
        counts = overnight_counts(nights, outline.starts_on, outline.days)
        share = [
            ngettext("%(num)s night with %(name)s", "%(num)s nights with %(name)s", n, name=known[key]["name"])
            for key, n in counts.items()
        ]
        changes = len(handoffs(nights, outline.starts_on, outline.days))
        found.append(", ".join([*share, ngettext("%(num)s handoff", "%(num)s handoffs", changes)]))
    return found


def _warning(outline: Outline) -> str:
    nights = outline.schedule.nights
    if nights is None or not cycle_warning(nights, outline.days):
        return ""
    return _(
        "The pattern repeats every %(cycle)s nights, and %(days)s days are no multiple of that: the nights come out "
        "uneven. You can go on all the same.",
        cycle=cycle_length(nights),
        days=outline.days,
    )
