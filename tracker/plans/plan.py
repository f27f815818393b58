"""The plan: what the parties agreed to try, as plain values.

A *plan template* is the catalogue's version (``catalogue/*.toml``); a trial holds its own frozen copy, this class,
stored as JSON. Times of day are local times of the trial's time zone; days are that zone's local dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

FEWEST_DAYS, MOST_DAYS = 7, 182  # of a trial; the table of trials and the fields' hints say it once more
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # index = date.weekday()


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that was agreed to try, in the parties' words, and how one would notice (`sign`)."""

    key: str
    text: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class NightChange:
    """One day whose night is moved to the party with the key `with_`, whatever the pattern says."""

    day: date
    with_: str


@dataclass(frozen=True, slots=True)
class Nights:
    """Which parent has which night. Index 0 of the pattern falls on `anchor`.

    `a` and `b` are party keys: who is meant by A and by B in the pattern. `nights_string` only with `custom`.
    """

    pattern: str
    anchor: date
    a: str
    b: str
    handoff_at: time
    place: str = ""
    tolerance_minutes: int = 10
    first_day: bool = False
    changes: tuple[NightChange, ...] = ()
    nights_string: str | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that is due on a day: a repair estimate, a document."""

    key: str
    text: str
    due: date


@dataclass(frozen=True, slots=True)
class Schedule:
    """The dated part of a plan; only the parts that the plan uses are there.

    `quiet_hours`: weekday on which the window starts ("mon") -> local start and end; an end that is not later
    than the start lies on the next day.
    """

    nights: Nights | None = None
    quiet_hours: Mapping[str, tuple[time, time]] = field(default_factory=dict)
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """All that a schedule and a summary need to know of a trial: its days, zone, parties, terms and schedule.

    `parties` are the keys in the plan's order. `template` is the catalogue's key.
    """

    template: str
    starts_on: date
    days: int
    timezone: str
    parties: tuple[str, ...]
    terms: tuple[Term, ...]
    schedule: Schedule

    @property
    def last_day(self) -> date:
        """The last local date of the trial."""
        return self.starts_on + timedelta(days=self.days - 1)

    def all_days(self) -> list[date]:
        """Every local date of the trial, in order."""
        return [self.starts_on + timedelta(days=n) for n in range(self.days)]
