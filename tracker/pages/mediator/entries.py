"""Both accounts by day, as the mediator reads them: what counts, and below it what was said before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.observations.for_mediator import Noted
from tracker.observations.read import end_of
from tracker.pages.answer_words import lines, title
from tracker.pages.faces import Face
from tracker.pages.texts import clock_time, day_head, day_time
from tracker.pages.texts import day as in_words
from tracker.plans.expectations import Expectation, expectations_between
from tracker.plans.lateness import how_much_later, lateness
from tracker.plans.plan import Outline


@dataclass(frozen=True)
class Ledger:
    """What the days of a trial are shown with. `begun_at`: since when the trial is kept here; what was recorded before
    came with a file."""

    outline: Outline
    people: Sequence[Face]
    keys: Mapping[UUID, str]
    zone: ZoneInfo
    begun_at: datetime

    @property
    def names(self) -> dict[str, str]:
        """The parties' names by key."""
        return {face["key"]: face["name"] for face in self.people}


def days(ledger: Ledger, noted: Iterable[Noted], last: date) -> list[dict[str, Any]]:
    """Each day up to `last`, the latest first: what was expected, and what each party noted."""
    outline = ledger.outline
    standing = _standing(ledger, list(noted))
    expected: dict[date, list[str]] = defaultdict(list)
    for expectation in expectations_between(outline, outline.starts_on, last):
        if text := _expected(expectation, ledger.names):
            expected[expectation.day].append(text)
    shown = [day for day in outline.all_days() if day <= last]
    return [
        {
            "id": f"day-{day}",
            "day": day,
            "title": day_head(day),
            "number": (day - outline.starts_on).days + 1,
            "expected": expected[day],
            "accounts": [{"face": face, "entries": standing.get((face["key"], day), [])} for face in ledger.people],
        }
        for day in reversed(shown)
    ]


def by_week(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The days in blocks of seven from the first one, as the summary counts weeks; the latest first, as they come."""
    blocks = groupby(found, key=lambda day: (day["number"] - 1) // 7)
    return [{"number": n + 1, "days": list(block)} for n, block in blocks]


def _expected(one: Expectation, names: Mapping[str, str]) -> str:
    if one.kind == "handoff" and one.starts:
        at, name = clock_time(one.starts), names.get(one.to, one.to)
        if one.place:
            return _("Handoff %(time)s to %(name)s, %(place)s", time=at, name=name, place=one.place)
        return _("Handoff %(time)s to %(name)s", time=at, name=name)
    if one.kind == "night":
        return _("Night with %(name)s", name=names.get(one.to, one.to))
    if one.kind == "quiet_hours" and one.starts and one.ends:
        return _("Quiet hours %(start)s to %(end)s", start=clock_time(one.starts), end=clock_time(one.ends))
    return _("Due: %(what)s", what=one.text) if one.kind == "milestone" else ""


def _standing(ledger: Ledger, noted: Sequence[Noted]) -> dict[tuple[str, date], list[dict[str, Any]]]:
    """The entries that count, by party and day, as recorded; each with the ones that it took the place of."""
    known = {(one.party_id, one.id): one for one in noted}
    replaced = {(one.party_id, one.corrects): (one.party_id, one.id) for one in noted if one.corrects}
    latest = {(one.party_id, one.day, one.kind): one for one in noted}  # they come in the order of recording
    after = {
        key: latest[one.party_id, one.day, one.kind] if one.kind in ("day", "handoff") else known[end_of(key, replaced)]
        for key, one in known.items()
    }
    standing, earlier = defaultdict(list), defaultdict(list)
    for one in noted:
        stands = after[one.party_id, one.id]
        if stands.id != one.id:
            earlier[one.party_id, stands.id].append(_entry(ledger, one))
    for one in noted:
        if after[one.party_id, one.id].id == one.id:
            entry = _entry(ledger, one) | {"earlier": earlier[one.party_id, one.id]}
            standing[ledger.keys[one.party_id], one.day].append(entry)
    return standing


def _entry(ledger: Ledger, one: Noted) -> dict[str, Any]:
    audience = {"mediator": _("for you"), "summary": _("for the summary")}
    return {
        "title": title(one.kind),
        "lines": lines(one.kind, one.answers, ledger.outline, ledger.names, ledger.zone),
        "recorded": _recorded(one.day, one.recorded_at, ledger.zone),
        "reached": _reached(one, ledger),
        "note": one.note,
        "audience": audience.get(one.audience, ""),
    }


def _recorded(day: date, at: datetime, zone: ZoneInfo) -> str:
    """When it was recorded, and how much later if it came late."""
    local, word = at.astimezone(zone), lateness(day, at, zone)
    when = clock_time(local)
    if local.date() != day:
        when = day_time(at, zone)
    if word == "on_time":
        return when
    later = how_much_later(day, at, zone)
    if word == "added_later":
        return _("%(when)s, added %(later)s later", when=when, later=_span(later))
    return _("%(when)s, a recollection %(later)s later", when=when, later=_span(later))


def _reached(one: Noted, ledger: Ledger) -> str:
    """When it reached the server, where that was later than on time and than its device says that it was recorded.

    Without a network that is nobody's doing; but the time of recording is the device's own, and a clock can be set.
    """
    came_with_a_file = one.recorded_at < ledger.begun_at
    if came_with_a_file or lateness(one.day, one.received_at, ledger.zone) in (
        "on_time",
        lateness(one.day, one.recorded_at, ledger.zone),
    ):
        return ""
    at = one.received_at.astimezone(ledger.zone)
    return _("It arrived on %(day)s, %(time)s.", day=in_words(at.date()), time=clock_time(at))


def _span(later: timedelta) -> str:
    hours = int(later.total_seconds() // 3600)
    if hours < 48:
        return ngettext("%(num)s hour", "%(num)s hours", max(1, hours))
    return ngettext("%(num)s day", "%(num)s days", hours // 24)
