"""What the steps start out with: the template's suggestions, or the plan of a trial that is changed."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from tracker import lengths
from tracker.plans.catalogue import starting_schedule, templates
from tracker.plans.plan import WEEKDAYS, Schedule
from tracker.plans.template import Template
from tracker.trials.here import Here

Typed = dict[str, Any]
CHECK_IN = "20:30"


def people(timezone: str) -> Typed:
    """Two parties in the programme's time zone."""
    return {"title": "", **{f"{name}-{n}": "" for n in range(2) for name in ("name", "email")}} | {
        f"timezone-{n}": timezone for n in range(2)
    }


def terms() -> Typed:
    """One empty row: the parties' own words come first."""
    return {"terms": [{"key": "", "text": "", "sign": ""}]}


def schedule(found: Template, zone: str, today: date, keys: list[str]) -> Typed:
    """The template's schedule from the next Monday on, so that weeks stay whole."""
    starts_on = today + timedelta(days=7 - today.weekday())
    return _typed(starting_schedule(found, starts_on, (keys[0], keys[1])), starts_on, found.days, zone) | {
        "role": keys[0]
    }


def sharing() -> Typed:
    """Nothing is shown before the release; one check-in in the evening."""
    return {"sharing": "private", "check_in_at": CHECK_IN}


def content_of(here: Here) -> dict[str, Any]:
    """A trial's own plan as a draft's content, for another version of it."""
    outline, parties = here.agreed, here.parties
    roles = templates()[outline.template].roles if outline.template in templates() else ()
    first = next((party.key for party in parties if roles and party.role == roles[0].key), parties[0].key)
    typed = {"title": here.trial.title}
    for n, party in enumerate(parties):
        typed |= {f"name-{n}": party.name, f"email-{n}": party.email or "", f"timezone-{n}": party.timezone}
    return {
        "keys": [party.key for party in parties],
        "parts": _parts(outline.schedule),
        "people": typed,
        "template": {"template": outline.template} | ({"name": here.plan.name} if here.plan.name else {}),
        "terms": {"terms": [{"key": t.key, "text": t.text, "sign": t.sign} for t in outline.terms]},
        "schedule": _typed(outline.schedule, outline.starts_on, outline.days, outline.timezone) | {"role": first},
        "sharing": {"sharing": here.trial.sharing, "check_in_at": _hhmm(parties[0].check_in_at)},
    }


def content_of_next(here: Here, today: date) -> dict[str, Any]:
    """The same plan for the case's next trial: from the first Monday after this one and today, without its dates."""
    after = max(today, here.facts.last_day + timedelta(days=1))
    first = after + timedelta(days=-after.weekday() % 7)
    content = content_of(here)
    content["people"]["title"] = _next_title(here.trial.title)
    content["schedule"] |= {"starts_on": first.isoformat(), "anchor": "", "changes": []}
    moved = first - here.facts.starts_on
    for row in content["schedule"]["milestones"]:
        row["mdue"] = (date.fromisoformat(row["mdue"]) + moved).isoformat()
    return content | {"after": here.facts.last_day.isoformat()}


def _next_title(title: str) -> str:
    """*School weeks* is followed by *School weeks 2*, and that by *School weeks 3*."""
    words, _, number = title.rpartition(" ")
    if words and number.isascii() and number.isdigit() and len(number) < 3:
        return f"{words} {int(number) + 1}"
    return f"{title[: lengths.TITLE - 4]} 2"


def _parts(of: Schedule) -> list[str]:
    has = {"nights": of.nights, "quiet_hours": of.quiet_hours, "milestones": of.milestones}
    return [name for name, part in has.items() if part]


def _typed(of: Schedule, starts_on: date, days: int, zone: str) -> Typed:
    """A schedule as its fields show it."""
    typed: Typed = {"starts_on": starts_on.isoformat(), "days": str(days), "zone": zone, "changes": []}
    if (nights := of.nights) is not None:
        monday = starts_on - timedelta(days=starts_on.weekday())
        typed |= {
            "pattern": nights.pattern,
            "nights_string": nights.nights_string or "",
            "a": nights.a,
            "anchor": "" if nights.anchor == monday else nights.anchor.isoformat(),
            "handoff_at": _hhmm(nights.handoff_at),
            "place": nights.place,
            "tolerance": str(nights.tolerance_minutes),
            "first_day": "yes" if nights.first_day else "",
            "changes": [{"cday": change.day.isoformat(), "cwith": change.with_} for change in nights.changes],
        }
    for day in WEEKDAYS:
        starts, ends = of.quiet_hours.get(day, (None, None))
        typed |= {f"quiet-{day}": _hhmm(starts), f"until-{day}": _hhmm(ends)}
    rows = [{"mkey": m.key, "mtext": m.text, "mdue": m.due.isoformat()} for m in of.milestones]
    return typed | {"milestones": rows}


def _hhmm(at: time | None) -> str:
    return f"{at:%H:%M}" if at else ""
