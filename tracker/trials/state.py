"""What a trial is at a moment: computed from its dated records, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class State(StrEnum):
    """The states that pages distinguish."""

    PROPOSED = "proposed"  # not every party has accepted this version of the plan
    LAPSED = "lapsed"  # the first day came before every party had accepted
    ACCEPTED = "accepted"  # every party accepted; the first day is still to come
    RUNNING = "running"
    PAUSED = "paused"  # also when a party left. Either may be before all accepted: the others read the same sentence
    ENDED = "ended"

    @property
    def waiting(self) -> bool:
        """Whether it waits for acceptances: until every party has given one, its plan can be revised."""
        return self in (State.PROPOSED, State.LAPSED)

    @property
    def in_force(self) -> bool:
        """Whether what was agreed holds: every party accepted it, and it neither rests nor is over."""
        return self in (State.ACCEPTED, State.RUNNING)

    @property
    def begun(self) -> bool:
        """Whether its days are looked at. One that was paused before it began counts among them: nothing shows that."""
        return self in (State.RUNNING, State.PAUSED, State.ENDED)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the state follows from. `last_day` is the last one that counts, earlier than planned after an ending."""

    starts_on: date
    days: int
    timezone: str
    all_accepted: bool
    paused_at: datetime | None
    left_at: datetime | None
    ended_on: date | None

    @property
    def last_day(self) -> date:
        """The last local date of the trial that counts."""
        planned = self.starts_on + timedelta(days=self.days - 1)
        return min(planned, self.ended_on) if self.ended_on else planned

    def today(self, now: datetime) -> date:
        """The local date of the trial's zone."""
        return now.astimezone(ZoneInfo(self.timezone)).date()

    def latest_day(self, now: datetime) -> date:
        """The latest day that can be noted: today, or the last one that counts once it has passed."""
        return min(self.today(now), self.last_day)

    def state(self, now: datetime) -> State:
        """The state at `now`. It ends by itself after its last day; a pause does not move that day."""
        today = self.today(now)
        if not self.all_accepted and not (self.left_at or self.paused_at):
            return State.LAPSED if today > self.starts_on else State.PROPOSED
        if self.ended_on is not None or today > self.last_day:
            return State.ENDED
        if self.paused_at or self.left_at:
            return State.PAUSED
        return State.ACCEPTED if today < self.starts_on else State.RUNNING

    def day_number(self, now: datetime) -> int:
        """Which day of the trial today is, from 1; 0 before it, at most the last one's number."""
        last = (self.last_day - self.starts_on).days + 1
        return max(0, min((self.today(now) - self.starts_on).days + 1, last))
