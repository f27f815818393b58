"""The facts that check-ins follow from, for many parties at once: a fixed number of queries, however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from tracker.cases import settings
from tracker.cases.model import Party
from tracker.checkins.due import AFTER_A_HANDOFF, HORIZON, Asked, Situation, Wish
from tracker.checkins.model import CheckIn
from tracker.db import db
from tracker.observations.model import Observation
from tracker.plans.expectations import expectations_between
from tracker.plans.plan import Outline
from tracker.plans.plan_json import schedule_from_json
from tracker.trials import find
from tracker.trials.here import Here
from tracker.trials.model import Change, Pause, Withdrawal
from tracker.trials.outline import changed_by

BACK = timedelta(days=40)  # of observations and check-ins: more than three evenings that come once a week

Sessions = Callable[[Collection[UUID]], Mapping[UUID, datetime]]
"""When the return sessions of these trials begin, by trial; told by a package that builds on this one."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """One party in one trial, who looks at it, and what their check-ins follow from."""

    here: Here
    situation: Situation


def load(party_ids: Collection[UUID], sessions: Sessions, now: datetime) -> list[Reminded]:
    """Every trial of these parties as it stands now."""
    found = [here for here in find.all_of_parties(party_ids) if _recent(here, now)]
    trials = {here.trial.id for here in found}
    if not found:
        return []
    said, asked = _said(party_ids, trials, now), _asked(party_ids, trials, now)
    swaps, resumed, left, held = _swaps(found), _resumed(trials), _left(trials), sessions(trials)
    reminded = []
    for here in found:
        party, trial = here.me, here.trial.id
        situation = Situation(
            facts=here.facts,
            wish=_wish(party),
            first=party.position == 0,
            left=(trial, party.id) in left,
            handoffs=_handoffs(here, party, swaps.get(trial, []), now),
            session_at=held.get(trial),
            resumed_at=resumed.get(trial),
            said=frozenset(said[trial, party.id]),
            asked=asked[trial, party.id],
        )
        reminded.append(Reminded(here, situation))
    return reminded


def _wish(party: Party) -> Wish:
    chosen = settings.choice(party)
    return Wish(chosen.at, ZoneInfo(party.timezone), chosen.wanted, chosen.days, chosen.every)


def _recent(here: Here, now: datetime) -> bool:
    """A trial that ended long ago has no check-ins any more."""
    return here.facts.today(now) - here.facts.last_day < 4 * BACK


def _since(now: datetime) -> date:
    return (now - BACK).date()


def _said(parties: Collection[UUID], trials: Collection[UUID], now: datetime) -> Mapping[Any, set[tuple[str, date]]]:
    o = Observation
    about = (o.trial_id.in_(trials), o.party_id.in_(parties), o.day >= _since(now), o.kind.in_(("day", "handoff")))
    found: dict[Any, set[tuple[str, date]]] = defaultdict(set)
    for row in db.session.execute(select(o.trial_id, o.party_id, o.kind, o.day).where(*about).distinct()):
        found[row.trial_id, row.party_id].add((row.kind, row.day))
    return found


def _asked(
    parties: Collection[UUID], trials: Collection[UUID], now: datetime
) -> Mapping[Any, dict[tuple[str, date], Asked]]:
    c = CheckIn
    columns = (c.trial_id, c.party_id, c.kind, c.day, c.about, c.sent_at)
    query = select(*columns).where(c.party_id.in_(parties), c.trial_id.in_(trials), c.day >= _since(now))
    found: dict[Any, dict[tuple[str, date], Asked]] = defaultdict(dict)
    for row in db.session.execute(query):
        found[row.trial_id, row.party_id][row.kind, row.day] = Asked(row.about, row.sent_at)
    return found


def _swaps(found: Iterable[Here]) -> Mapping[UUID, list[Change]]:
    trials = {here.trial.id for here in found if "nights" in here.plan.schedule}
    swaps: dict[UUID, list[Change]] = defaultdict(list)
    if trials:
        query = select(Change).where(Change.trial_id.in_(trials), Change.answer == "accepted")
        for change in db.session.scalars(query, execution_options={"populate_existing": True}):
            swaps[change.trial_id].append(change)
    return swaps


def _handoffs(here: Here, party: Party, swaps: list[Change], now: datetime) -> tuple[tuple[date, datetime], ...]:
    """The handoffs of the days around now, if this party is one of the two parents."""
    raw = here.plan.schedule.get("nights")
    if not raw or party.key not in (raw["A"], raw["B"]):
        return ()
    plan = here.plan
    schedule = schedule_from_json({"nights": raw}, plan.starts_on)
    agreed = Outline(plan.template, plan.starts_on, plan.days, here.trial.timezone, (), (), schedule)
    today = here.facts.today(now - AFTER_A_HANDOFF)
    first, last = today - timedelta(days=2), min(today + timedelta(days=HORIZON), here.facts.last_day)
    expected = expectations_between(changed_by(agreed, swaps), first, last)
    return tuple((one.day, one.at) for one in expected if one.kind == "handoff" and one.at is not None)


def _resumed(trials: Collection[UUID]) -> Mapping[UUID, datetime]:
    query = select(Pause.trial_id, func.max(Pause.resumed_at)).where(Pause.trial_id.in_(trials))
    rows = db.session.execute(query.group_by(Pause.trial_id))
    return {trial: at for trial, at in rows if at is not None}


def _left(trials: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    query = select(Withdrawal.trial_id, Withdrawal.party_id).where(Withdrawal.trial_id.in_(trials))
    return {(row.trial_id, row.party_id) for row in db.session.execute(query)}
