"""What the demo's four trials try."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tracker.plans.catalogue import starting_schedule, template
from tracker.plans.plan_json import schedule_to_json, terms_to_json
from tracker.trials.propose import Proposal


def parenting(title: str, starts_on: date, pattern: str, terms: tuple[str, ...], zone: str) -> Proposal:
    """Four weeks with a pattern of nights."""
    nights = {"pattern": pattern, "place": "School gate"}
    return _proposal("parenting", title, starts_on, ("A", "B"), terms, zone, nights=nights)


def noise(title: str, starts_on: date, terms: tuple[str, ...], zone: str) -> Proposal:
    """Thirty days with quiet hours."""
    return _proposal("noise", title, starts_on, ("D", "U"), terms, zone)


def repairs(title: str, starts_on: date, terms: tuple[str, ...], zone: str) -> Proposal:
    """Thirty days with steps that are due."""
    return _proposal("repairs", title, starts_on, ("D", "U"), terms, zone)


def _proposal(
    key: str,
    title: str,
    starts_on: date,
    parties: tuple[str, str],
    terms: tuple[str, ...],
    zone: str,
    nights: dict[str, Any] | None = None,
) -> Proposal:
    """The catalogue's template with some of its terms, and nights as they were agreed."""
    of = template(key)
    schedule = schedule_to_json(starting_schedule(of, starts_on, parties))
    if nights is not None:
        schedule["nights"] |= nights
    chosen = [term for term in of.terms if term.key in terms]
    return Proposal(title, key, starts_on, of.days, zone, "private", list(terms_to_json(chosen)), schedule)


def last_day(proposal: Proposal) -> date:
    """The last day of a proposed trial."""
    return proposal.starts_on + timedelta(days=proposal.days - 1)
