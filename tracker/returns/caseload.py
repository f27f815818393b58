"""The caseload: a mediator's trials with what each needs, those that need most first. A fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
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
from tracker.trials.find import Here
from tracker.trials.state import State

AHEAD = "ahead"
ENDED_SHOWN = 12  # ended trials, the latest first, unless all are asked for


@dataclass(frozen=True)
class Row:
    """One trial of the caseload. `strips`: a mark a day for each party, in the plan's order (see `day_mark`)."""

    here: Here
    state: State
    parties: list[Party]
    strips: list[list[str]]
    last_days: list[date | None]
    session: Event | None
    needs: list[Need]

    @property
    def urgency(self) -> tuple[int, int]:
        """Sorts rows: smaller is more urgent."""
        return self.needs[0].urgency if self.needs else (len(KINDS), 0)


def caseload(person_id: UUID, programme_id: UUID, now: datetime, *, all_ended: bool = False) -> tuple[list[Row], int]:
    """The rows, sorted by who needs attention, and how many ended trials were left out. Six queries."""
    trials = find.all_of_mediator(person_id, programme_id)
    ended = [here.trial.id for here in trials if here.state(now) is State.ENDED]
    left_out = frozenset([] if all_ended else ended[ENDED_SHOWN:])
    trials = [here for here in trials if here.trial.id not in left_out]
    if not trials:
        return [], 0
    rows = _rows(trials, now)
    return sorted(rows, key=lambda row: row.urgency), len(left_out)  # stable: equals stay newest first


def _rows(trials: list[Here], now: datetime) -> list[Row]:
    ids = [here.trial.id for here in trials]
    parties = _parties([here.case.id for here in trials])
    marks = _marks(ids)
    last = for_mediator.last_days(ids)
    events = history.of_trials(ids)
    troubles = defaultdict(list)
    for one in trouble.of_trials(ids, now):
        troubles[one.trial_id].append(one)
    rows = []
    for here in trials:
        trial, people = here.trial.id, parties[here.case.id]
        days = [last.get((trial, party.id)) for party in people]
        strips = [_strip(here, now, marks.get((trial, party.id), {})) for party in people]
        session = next((event for event in events[trial] if event.kind == "session"), None)
        found = needs(here, people, days, events[trial], troubles[trial], now)
        rows.append(Row(here, here.state(now), people, strips, days, session, found))
    return rows


def _strip(here: Here, now: datetime, marks: dict[date, str]) -> list[str]:
    """A mark for each day of the plan; days still to come, and those after an early end, are ahead."""
    until = min(here.facts.today(now), here.facts.last_day)
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
