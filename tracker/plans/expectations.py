"""Expectations: what the schedule expects on a day, dated. Pure.

A night and quiet hours belong to the day on which they start.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.plans.nights import owners
from tracker.plans.plan import WEEKDAYS, Nights, Outline
from tracker.plans.quiet import window
from tracker.plans.zones import to_utc

KINDS = ("handoff", "night", "quiet_hours", "milestone")


@dataclass(frozen=True, slots=True)
class Expectation:
    """One dated thing that the schedule expects.

    `key` is its own in the trial and stays the same as long as its day does (`handoff:2026-03-04`). `at` and `until`
    are instants in UTC: when a handoff is, when quiet hours begin and end; a night and a milestone have none. `starts`
    and `ends` are the same as local times of the trial, `ends` on the day `ends_on`. `to` is the key of the party who
    has the night or to whom the child goes; `text` is a milestone's own.
    """

    key: str
    kind: str
    day: date
    at: datetime | None = None
    until: datetime | None = None
    starts: time | None = None
    ends: time | None = None
    ends_on: date | None = None
    place: str = ""
    to: str = ""
    text: str = ""


def expectations(outline: Outline, day: date) -> list[Expectation]:
    """What is expected on `day`: handoff, night, quiet hours, milestones, in this order. None outside the trial."""
    return expectations_between(outline, day, day)


def expectations_between(outline: Outline, first: date, last: date) -> list[Expectation]:
    """What is expected from `first` to `last`, both included, by day and then in the order of one day."""
    first, last = max(first, outline.starts_on), min(last, outline.last_day)
    days = (last - first).days + 1
    if days < 1:
        return []
    found = [*_nights(outline, first, days), *_quiet_hours(outline, first, days), *_milestones(outline, first, last)]
    return sorted(found, key=lambda one: (one.day, KINDS.index(one.kind)))  # stable: milestones keep their order


def _nights(outline: Outline, first: date, days: int) -> Iterator[Expectation]:
    nights = outline.schedule.nights
    if nights is None:
        return
    zone = ZoneInfo(outline.timezone)
    before, *planned = owners(nights, first - timedelta(days=1), days + 1)
    for n, owner in enumerate(planned):
        day = first + timedelta(days=n)
        if nights.first_day if day == outline.starts_on else owner != before:
            yield _handoff(nights, day, owner, zone)
        yield Expectation(key=f"night:{day}", kind="night", day=day, to=owner)
        before = owner


def _handoff(nights: Nights, day: date, to: str, zone: ZoneInfo) -> Expectation:
    return Expectation(
        key=f"handoff:{day}",
        kind="handoff",
        day=day,
        at=to_utc(day, nights.handoff_at, zone),
        starts=nights.handoff_at,
        place=nights.place,
        to=to,
    )


def _quiet_hours(outline: Outline, first: date, days: int) -> Iterator[Expectation]:
    hours = outline.schedule.quiet_hours
    if not hours:
        return
    zone = ZoneInfo(outline.timezone)
    for day in (first + timedelta(days=n) for n in range(days)):
        instants = window(hours, day, zone)
        if instants is None:
            continue
        starts, ends = hours[WEEKDAYS[day.weekday()]]
        ends_on = day if ends > starts else day + timedelta(days=1)
        yield Expectation(f"quiet_hours:{day}", "quiet_hours", day, *instants, starts, ends, ends_on)


def _milestones(outline: Outline, first: date, last: date) -> Iterator[Expectation]:
    for milestone in outline.schedule.milestones:
        if first <= milestone.due <= last:
            yield Expectation(f"milestone:{milestone.key}", "milestone", milestone.due, text=milestone.text)
