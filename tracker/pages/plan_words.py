"""A plan as a party reads it: its days, terms and schedule in words, with the dates that come next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from itertools import groupby
from typing import NotRequired, TypedDict

from babel.dates import get_day_names
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from tracker.cases.model import Party
from tracker.pages.texts import clock_time, day
from tracker.plans.catalogue import templates
from tracker.plans.nights import handoffs, overnight_counts
from tracker.plans.plan import WEEKDAYS, Nights, Outline, Term
from tracker.trials.here import Here

SHOWN = 4  # dates of each kind


class Section(TypedDict):
    """One part of the schedule: what it is, its lines, and what is folded away between them: under which words."""

    title: str
    lines: list[str]
    more: NotRequired[str]
    folded: NotRequired[list[str]]
    last: NotRequired[list[str]]


class PlanWords(TypedDict):
    """What the part `_parts/plan.html` shows."""

    span: str
    terms: tuple[Term, ...]
    schedule: list[Section]


def describe(outline: Outline, parties: Iterable[Party], today: date) -> PlanWords:
    """The plan, with the dates that come next after `today` (the trial's)."""
    names = {party.key: party.name for party in parties}
    span = ngettext("%(num)s day", "%(num)s days", outline.days)
    first, last = day(outline.starts_on), day(outline.last_day)
    schedule = outline.schedule
    sections = []
    if schedule.nights is not None:
        sections.append(_nights(schedule.nights, outline, names, today))
    if schedule.quiet_hours:
        sections.append(Section(title=_("Quiet hours"), lines=quiet_lines(schedule.quiet_hours)))
    if schedule.milestones:
        lines = [f"{day(m.due)}: {m.text}" for m in sorted(schedule.milestones, key=lambda m: m.due)]
        sections.append(Section(title=_("What is due"), lines=lines))
    return PlanWords(
        span=_("%(days)s, from %(first)s to %(last)s", days=span, first=first, last=last),
        terms=outline.terms,
        schedule=sections,
    )


def _nights(nights: Nights, outline: Outline, names: Mapping[str, str], today: date) -> Section:
    counts = overnight_counts(nights, outline.starts_on, outline.days)
    share = [
        ngettext("%(num)s night with %(name)s", "%(num)s nights with %(name)s", n, name=names.get(key, key))
        for key, n in counts.items()
    ]
    at = clock_time(nights.handoff_at)
    coming = [
        _("%(day)s, %(time)s: handoff to %(name)s", day=day(on), time=at, name=names.get(to, to))
        for on, to in handoffs(nights, outline.starts_on, outline.days)
        if on >= today
    ]
    place = [_("Place: %(place)s", place=nights.place)] if nights.place else []
    section = Section(
        title=_("Nights and handoffs"),
        lines=[_("%(one)s, %(other)s", one=share[0], other=share[1]), *coming[:SHOWN]],
        last=[*place, _("On time at a handoff means %(within)s.", within=within(nights))],
    )
    if folded := coming[SHOWN:]:
        section["folded"] = folded
        section["more"] = ngettext("and %(num)s more handoff", "and %(num)s more handoffs", len(folded))
    return section


def within(nights: Nights) -> str:
    """How near to its time a handoff is on time: *within 10 minutes*."""
    minutes = nights.tolerance_minutes
    return ngettext("within %(num)s minute", "within %(num)s minutes", minutes) if minutes else _("to the minute")


def quiet_lines(hours: Mapping[str, tuple[time, time]]) -> list[str]:
    """The windows, weekdays with the same one together: *Sunday to Thursday, 22:00 to 07:00*."""
    days = [*WEEKDAYS[6:], *WEEKDAYS[:6]]  # from Sunday, so that the nights before work days stand together
    runs = [(at, [name for name, _at in run]) for at, run in groupby([(d, hours.get(d)) for d in days], lambda x: x[1])]
    return [
        _("%(days)s, %(start)s to %(end)s", days=_span(names), start=clock_time(at[0]), end=clock_time(at[1]))
        for at, names in runs
        if at is not None
    ]


def _span(days: list[str]) -> str:
    names = get_day_names("wide", locale=get_locale())
    first, last = names[WEEKDAYS.index(days[0])], names[WEEKDAYS.index(days[-1])]
    if len(days) == 7:
        return _("Every night")
    if len(days) == 1:
        return str(first)
    if len(days) == 2:
        return _("%(first)s and %(last)s", first=first, last=last)
    return _("%(first)s to %(last)s", first=first, last=last)


def plan_name(here: Here) -> str:
    """What the programme called its own template, else the catalogue's name; the trial's title if it has none now."""
    found = templates().get(here.plan.template)
    return here.plan.name or (_(found.name) if found else here.trial.title)
