"""Writing one party's account: when people write, what they add, and what they leave out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tracker.demo.words import Stock
from tracker.observations.record import record
from tracker.plans.entry import RATINGS, Entry
from tracker.plans.zones import to_utc
from tracker.trials.here import Here

AUDIENCES = ("mediator", "mediator", "summary", "summary", "me")
# How much later than the usual evening somebody writes: noon of the next day is still on time; after three days it is
# a recollection.
EVENING, NEXT_MORNING, NEXT_EVENING, LONG_AFTER = (
    timedelta(0),
    timedelta(hours=12),
    timedelta(hours=23),
    timedelta(days=5),
)


@dataclass(frozen=True)
class Habit:
    """How one party writes. Days are numbers from 0, the first day.

    `ratings`: for each term how likely each of the four answers is, as parts of their sum, in the usual order.
    `notes`: how often a day has a note. `away`: days without any entry. `late`: days that are written about later.
    """

    ratings: dict[str, tuple[int, int, int, int]]
    notes: float
    away: frozenset[int] = frozenset()
    late: dict[int, timedelta] = field(default_factory=dict)
    writes_at: time = time(20, 40)
    next_day: bool = False  # writes on the morning after


class Diary:
    """Records a party's entries through the same door as the pages. What would lie in the future is not written."""

    def __init__(self, here: Here, habit: Habit, seed: str, now: datetime) -> None:
        self.here = here
        self.habit = habit
        self.now = now
        self.random = Random(f"{seed} {here.me.key}")  # noqa: S311  # a lifelike pattern, no secret
        self.own_zone = ZoneInfo(here.me.timezone)

    def days(self) -> list[tuple[int, date]]:
        """The trial's days with an entry of this party, each with its number."""
        days = enumerate(self.here.agreed.all_days())
        return [(number, day) for number, day in days if number not in self.habit.away]

    def rating(self, term: str, luck: float) -> str:
        """How this party rates a term on a day whose `luck`, from 0 to 1, both parties share."""
        if self.random.random() < 0.15:  # people see things differently
            luck = self.random.random()
        weights = self.habit.ratings[term]
        passed = 0
        for rating, weight in zip(RATINGS, weights, strict=True):
            passed += weight
            if luck * sum(weights) < passed:
                return rating
        return RATINGS[-1]

    def write_day(self, number: int, day: date, answers: dict[str, Any], stock: Stock) -> None:
        """The day's entry, in the evening or as late as the habit says, with a note now and then."""
        on = day + timedelta(days=self.habit.next_day)
        at = to_utc(on, self.habit.writes_at, self.own_zone) + timedelta(seconds=self.random.randrange(4000))
        note = stock.about(answers["terms"], self.random) if self.random.random() < self.habit.notes else ""
        self.write("day", day, answers, at + self.habit.late.get(number, EVENING), note)

    def write(
        self, kind: str, day: date, answers: dict[str, Any], at: datetime, note: str = "", corrects: UUID | None = None
    ) -> UUID | None:
        """One entry recorded on the device `at` a moment; its id, or None if that moment is still to come."""
        entry = Entry(
            id=UUID(int=self.random.getrandbits(128), version=4),
            party=self.here.me.key,
            kind=kind,
            day=day,
            recorded_at=at.astimezone(self.own_zone),
            answers=answers,
            note=note,
            audience=self.random.choice(AUDIENCES) if note else "mediator",
        )
        if at > self.now:
            return None
        record(self.here, entry, min(self.now, at + timedelta(seconds=2)), corrects=corrects)
        return entry.id

    def at(self, day: date, clock: time) -> datetime:
        """A local time of the trial's zone."""
        return to_utc(day, clock, self.here.zone)

    def text(self, moment: datetime) -> str:
        """An instant as answers have it."""
        return moment.astimezone(self.here.zone).isoformat()


def shared_luck(seed: str, terms: list[str], days: int) -> dict[tuple[str, int], float]:
    """How each day went for each term, before either party looks at it."""
    random = Random(seed)  # noqa: S311  # as above
    return {(term, number): random.random() for number in range(days) for term in terms}
