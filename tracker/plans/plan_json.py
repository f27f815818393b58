"""A plan as JSON and back, in the shapes and the key order of ``meanwhile.trial/1``.

Reading assumes input that `check_plan` found no problem in; anything else is a ValueError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from typing import Any, TypeVar

from tracker.plans.nights import default_anchor
from tracker.plans.plan import WEEKDAYS, Milestone, NightChange, Nights, Outline, Schedule, Term
from tracker.plans.values import parse_date, parse_time

PLAN_KEYS = ("title", "plan", "starts_on", "days", "timezone", "sharing", "parties", "terms", "schedule")
PARTY_KEYS = ("key", "name", "timezone")
TERM_KEYS = ("key", "text", "sign")
SCHEDULE_KEYS = ("nights", "quiet_hours", "milestones")
NIGHTS_KEYS = (
    "pattern", "nights_string", "anchor", "A", "B", "handoff_at", "place", "tolerance_minutes", "first_day", "changes",
)  # fmt: skip  # read in rows, as it is laid out
CHANGE_KEYS = ("day", "with")
MILESTONE_KEYS = ("key", "text", "due")

T = TypeVar("T")


def terms_to_json(terms: Iterable[Term]) -> list[dict[str, str]]:
    """The terms in plan order; `sign` only where there is one."""
    return [{"key": t.key, "text": t.text, **({"sign": t.sign} if t.sign else {})} for t in terms]


def terms_from_json(raw: Any) -> tuple[Term, ...]:
    """The terms of a checked list. ValueError for anything else."""
    return _reading(lambda: tuple(Term(t["key"], t["text"], t.get("sign", "")) for t in raw))


def schedule_to_json(schedule: Schedule) -> dict[str, Any]:
    """The schedule with only the parts that the plan uses."""
    parts: dict[str, Any] = {}
    if schedule.nights is not None:
        parts["nights"] = _nights_to_json(schedule.nights)
    if schedule.quiet_hours:
        hours = schedule.quiet_hours
        parts["quiet_hours"] = {day: [_hhmm(at) for at in hours[day]] for day in WEEKDAYS if day in hours}
    if schedule.milestones:
        parts["milestones"] = [{"key": m.key, "text": m.text, "due": m.due.isoformat()} for m in schedule.milestones]
    return parts


def schedule_from_json(raw: Any, starts_on: date | None = None) -> Schedule:
    """The schedule of a checked object. ValueError for anything else.

    Nights without an `anchor` get the Monday on or before `starts_on`.
    """
    return _reading(lambda: _schedule(raw, starts_on))


def outline_from_json(document: Mapping[str, Any]) -> Outline:
    """The outline of a checked trial file, or of its frozen plan. ValueError for anything else."""
    return _reading(lambda: _outline(document))


def canonical(document: Mapping[str, Any]) -> dict[str, Any]:
    """The plan's part of a checked trial file, keys in the format's order, nothing added and nothing left out.

    Keep this beside the trial and what was imported goes out unchanged: an optional key that was absent stays absent.
    """
    plan = _ordered(document, PLAN_KEYS)
    plan["parties"] = [_ordered(party, PARTY_KEYS) for party in plan["parties"]]
    plan["terms"] = [_ordered(term, TERM_KEYS) for term in plan["terms"]]
    plan["schedule"] = canonical_schedule(plan["schedule"])
    return plan


def canonical_schedule(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A checked schedule, keys in the format's order, nothing added and nothing left out."""
    parts = _ordered(raw, SCHEDULE_KEYS)
    if "nights" in parts:
        parts["nights"] = _ordered(parts["nights"], NIGHTS_KEYS)
        if "changes" in parts["nights"]:
            parts["nights"]["changes"] = [_ordered(change, CHANGE_KEYS) for change in parts["nights"]["changes"]]
    if "quiet_hours" in parts:
        parts["quiet_hours"] = {day: list(at) for day, at in _ordered(parts["quiet_hours"], WEEKDAYS).items()}
    if "milestones" in parts:
        parts["milestones"] = [_ordered(milestone, MILESTONE_KEYS) for milestone in parts["milestones"]]
    return parts


def _nights_to_json(nights: Nights) -> dict[str, Any]:
    custom = {"nights_string": nights.nights_string} if nights.pattern == "custom" else {}
    return {
        "pattern": nights.pattern,
        **custom,
        "anchor": nights.anchor.isoformat(),
        "A": nights.a,
        "B": nights.b,
        "handoff_at": _hhmm(nights.handoff_at),
        "place": nights.place,
        "tolerance_minutes": nights.tolerance_minutes,
        "first_day": nights.first_day,
        "changes": [{"day": change.day.isoformat(), "with": change.with_} for change in nights.changes],
    }


def _outline(raw: Any) -> Outline:
    starts_on = _date(raw["starts_on"])
    return Outline(
        template=raw["plan"],
        starts_on=starts_on,
        days=raw["days"],
        timezone=raw["timezone"],
        parties=tuple(party["key"] for party in raw["parties"]),
        terms=terms_from_json(raw["terms"]),
        schedule=schedule_from_json(raw["schedule"], starts_on),
    )


def _schedule(raw: Any, starts_on: date | None) -> Schedule:
    return Schedule(
        nights=_nights(raw["nights"], starts_on) if "nights" in raw else None,
        quiet_hours={day: (_time(start), _time(end)) for day, (start, end) in raw.get("quiet_hours", {}).items()},
        milestones=tuple(Milestone(m["key"], m["text"], _date(m["due"])) for m in raw.get("milestones", [])),
    )


def _nights(raw: Any, starts_on: date | None) -> Nights:
    anchor = default_anchor(starts_on) if starts_on and "anchor" not in raw else _date(raw["anchor"])
    return Nights(
        pattern=raw["pattern"],
        anchor=anchor,
        a=raw["A"],
        b=raw["B"],
        handoff_at=_time(raw["handoff_at"]),
        place=raw.get("place", ""),
        tolerance_minutes=raw.get("tolerance_minutes", 10),
        first_day=raw.get("first_day", False),
        changes=tuple(NightChange(_date(change["day"]), change["with"]) for change in raw.get("changes", [])),
        nights_string=raw.get("nights_string"),
    )


def _reading(read: Callable[[], T]) -> T:
    try:
        return read()
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError(f"not a checked plan: {error!r}") from error


def _date(value: object) -> date:
    if (day := parse_date(value)) is None:
        raise ValueError(f"not a date: {value!r}")
    return day


def _time(value: object) -> time:
    if (at := parse_time(value)) is None:
        raise ValueError(f"not a time: {value!r}")
    return at


def _hhmm(at: time) -> str:
    return at.strftime("%H:%M")


def _ordered(raw: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: raw[key] for key in keys if key in raw}
