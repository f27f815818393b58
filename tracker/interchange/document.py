"""The trial file as plain values: what reading gives and writing takes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.plans.entry import Entry
from tracker.plans.plan import Outline
from tracker.plans.plan_json import canonical, outline_from_json

FORMAT = "meanwhile.trial/1"


@dataclass(frozen=True, slots=True)
class FileParty:
    """A party as the file names it, with its own time zone."""

    key: str
    name: str
    timezone: str


@dataclass(frozen=True, slots=True)
class TrialFile:
    """One trial with its observations.

    `plan` is the file's part before the observations, keys in the format's order, an optional key only where it was
    given: keep its terms and schedule beside the trial, and what came in goes out unchanged.
    """

    plan: Mapping[str, Any]
    outline: Outline
    entries: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """The trial's title."""
        return str(self.plan["title"])

    @property
    def sharing(self) -> str:
        """`private` (nothing until release, the default) or `open`."""
        return str(self.plan.get("sharing", "private"))

    @property
    def parties(self) -> tuple[FileParty, ...]:
        """The parties in the plan's order."""
        return tuple(FileParty(party["key"], party["name"], party["timezone"]) for party in self.plan["parties"])


def trial_file(plan: Mapping[str, Any], entries: Iterable[Entry]) -> TrialFile:
    """The trial file of a checked plan, the part before the observations, and of checked entries."""
    return TrialFile(canonical(plan), outline_from_json(plan), tuple(entries))


def plan_part(
    *,
    title: str,
    sharing: str,
    template: str,
    days: tuple[date, int],
    timezone: str,
    parties: Iterable[FileParty],
    terms: list[dict[str, Any]],
    schedule: Mapping[str, Any],
) -> dict[str, Any]:
    """The part before the observations, out of a stored trial. `days`: the first day and how many.

    `terms` and `schedule` have the file's shapes: as they were stored, or of `terms_to_json` and `schedule_to_json`.
    """
    starts_on, count = days
    return {
        "title": title,
        "plan": template,
        "starts_on": starts_on.isoformat(),
        "days": count,
        "timezone": timezone,
        "sharing": sharing,
        "parties": [{"key": party.key, "name": party.name, "timezone": party.timezone} for party in parties],
        "terms": terms,
        "schedule": schedule,
    }


def to_iso(moment: datetime) -> str:
    """The canonical text of an instant: with seconds, microseconds only if there are any, its own offset as ±HH:MM."""
    return moment.isoformat()
