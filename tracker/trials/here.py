"""A trial as whoever looks finds it: with its case, its plan in force, and the facts of its state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, select

from tracker.audit.record import Of
from tracker.cases.model import Case, Party
from tracker.db import db
from tracker.people import programmes
from tracker.plans.plan import Outline
from tracker.trials.model import PlanVersion, Trial
from tracker.trials.outline import agreed, applied
from tracker.trials.state import Facts, State


@dataclass
class Here:
    """A trial with its case, its plan in force, and the party who looks (none for a mediator or guest).

    `second`: the case had a trial before this one; only known where a mediator looks. `channels`: the ways that the
    programme chose for its parties' reminders.
    """

    trial: Trial
    case: Case
    plan: PlanVersion
    facts: Facts
    party: Party | None = None
    second: bool = False
    channels: list[str] | None = None

    @property
    def me(self) -> Party:
        """The party who looks, for what only a party does."""
        assert self.party is not None
        return self.party

    @cached_property
    def parties(self) -> list[Party]:
        """Every party of the case, in the plan's order. One query, once."""
        return list(db.session.scalars(_parties(), {"case": self.case.id}))

    @property
    def agreed(self) -> Outline:
        """The plan in force as plain values, without the swaps that came later. One query, the first time."""
        return agreed(self.plan.id)

    @cached_property
    def outline(self) -> Outline:
        """The plan in force with the accepted changes in its schedule. One query where it has nights."""
        if self.agreed.schedule.nights is None:
            return self.agreed
        return applied(self.agreed, self.trial.id)

    @property
    def whose(self) -> Of:
        """Whose an entry of the audit trail about this trial is."""
        return Of(self.case.programme_id, self.case.id, self.trial.id)

    @property
    def zone(self) -> ZoneInfo:
        """The trial's zone: its days are that zone's local dates."""
        return ZoneInfo(self.trial.timezone)

    def allows(self, channel: str) -> bool:
        """Whether the programme lets its parties be reminded by this channel."""
        return programmes.allows(self.channels, channel)

    def state(self, now: datetime) -> State:
        """What the trial is at `now`."""
        return self.facts.state(now)


@cache
def _parties() -> Select[Party]:
    """Built once: that takes longer than answering it."""
    return select(Party).where(Party.case_id == bindparam("case")).order_by(Party.position)
