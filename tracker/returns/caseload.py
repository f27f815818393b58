"""The caseload: a mediator's trials with what each needs, those that need most first. A fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from tracker.cases.model import Party
from tracker.checkins import trouble
from tracker.db import db
from tracker.observations import for_mediator
from tracker.returns import history
from tracker.returns.history import Event
from tracker.returns.needs import KINDS, Need, needs
from tracker.summaries.daily import NONE, day_mark
from tracker.trials import find
from tracker.trials.here import Here
from tracker.trials.state import State

AHEAD = "ahead"
ENDED_SHOWN = 12  # ended trials, the latest first, unless all are asked for


@dataclass(frozen=True)
class Row:
    """One trial of the caseload. `strips`: a mark a day for each party, in the plan's order (see `day_mark`)."""

    here: Here
    state: State
    parties: list[Party]
    last_days: list[date | None]
    session: Event | None
    needs: list[Need]
    strips: list[list[str]] = field(default_factory=list)

    @property
    def first(self) -> bool:
        """Whether it comes before all others, whatever its state: somebody does not feel safe, or a return session of
        a trial that is over is near."""
        kinds = {need.kind for need in self.needs}
        return "safety" in kinds or (self.state is State.ENDED and "session" in kinds)

    @property
    def urgency(self) -> tuple[int, int]:
        """Sorts rows: smaller is more urgent."""
        return self.needs[0].urgency if self.needs else (len(KINDS), 0)


def caseload(person_id: UUID, programme_id: UUID, now: datetime, *, all_ended: bool = False) -> tuple[list[Row], int]:
    """The rows, sorted by who needs attention, and how many ended trials were left out: never one that comes first.
    Six queries."""
    trials = find.all_of_mediator(person_id, programme_id)
    if not trials:
        return [], 0
    rows = _rows(trials, now)
    ended = [row for row in rows if row.state is State.ENDED and not row.first]
    left_out = frozenset([] if all_ended else [row.here.trial.id for row in ended[ENDED_SHOWN:]])
    rows = [row for row in rows if row.here.trial.id not in left_out]
    marks = _marks([row.here.trial.id for row in rows])
    for row in rows:
        row.strips.extend(_strip(row.here, now, marks.get((row.here.trial.id, party.id), {})) for party in row.parties)
    return sorted(rows, key=lambda row: row.urgency), len(left_out)  # stable: equals stay newest first


def _rows(trials: list[Here], now: datetime) -> list[Row]:
    """Each trial without its strips, which are the larger part of the data and not wanted of all."""
    ids = [here.trial.id for here in trials]
    parties = _parties([here.case.id for here in trials])
    last = for_mediator.last_days(ids)
    events = history.of_trials(ids)
    troubles = defaultdict(list)
    for one in trouble.of_trials(ids, now):
        troubles[one.trial_id].append(one)
    rows = []
    for here in trials:
        trial, people = here.trial.id, parties[here.case.id]
        days = [last.get((trial, party.id)) for party in people]
        session = next((event for event in events[trial] if event.kind == "session"), None)
        found = needs(here, people, days, events[trial], troubles[trial], now)
        rows.append(Row(here, here.state(now), people, days, session, found))
    return rows


def _strip(here: Here, now: datetime, marks: dict[date, str]) -> list[str]:
    """A mark for each day of the plan; days still to come, and those after an early end, are ahead."""
    until = here.facts.latest_day(now)
    days = (here.facts.starts_on + timedelta(days=n) for n in range(here.facts.days))
    return [marks.get(day, NONE) if day <= until else AHEAD for day in days]


def _parties(case_ids: list[UUID]) -> dict[UUID, list[Party]]:
    found = defaultdict(list)
    for party in db.session.scalars(select(Party).where(Party.case_id.in_(case_ids)).order_by(Party.position)):
        found[party.case_id].append(party)
    return found


def _marks(ids: list[UUID]) -> dict[tuple[UUID, UUID], dict[date, str]]:
    found: dict[tuple[UUID, UUID], dict[date, str]] = defaultdict(dict)
    for trial, party, day, answers in for_mediator.answers_of_days(ids):
        found[trial, party][day] = day_mark(answers)  # in the order of recording: the later one counts
    return found
