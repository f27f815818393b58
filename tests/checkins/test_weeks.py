"""Whole trials on both databases, tick by tick, across both changes of the clocks; once nobody ticks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from tests.cast import Cast, begin, proposed
from tests.checkins.evening import check_ins, tick
from tests.mailbox import Mailbox
from tracker.cases import settings
from tracker.cases.model import Party
from tracker.cases.settings import Choice
from tracker.db import db, transaction
from tracker.trials.model import Trial

Travel = Callable[[datetime], None]
DAY = timedelta(days=1)


def other_trials_away(cast: Cast) -> None:
    """Nobody else is asked anything."""
    for party in db.session.scalars(select(Party)):
        settings.choose(party.id, Choice(wanted=False))


def lived(travel: Travel, since: datetime, until: datetime, away: tuple[datetime, datetime]) -> None:
    """Every moment at which the scheduler would look, except while it is away."""
    travel(since)
    tick()
    while True:
        following = db.session.scalar(select(func.min(Party.next_check_in_at)))
        db.session.rollback()
        if following is None or following > until:
            return
        travel(away[1] if away[0] <= following < away[1] else following)
        tick()


SPRING = (date(2026, 3, 2), 12, ("America/New_York", "America/Chicago"))  # 8 March
AUTUMN = (date(2026, 10, 22), 13, ("Europe/Berlin", "America/New_York"))  # 25 October, 1 November
LONG = (date(2026, 2, 27), 60, ("America/New_York", "Australia/Lord_Howe"))  # 8 March, 5 April; a day apart


@pytest.mark.parametrize(("starts_on", "days", "zones"), [SPRING, AUTUMN, pytest.param(*LONG, marks=pytest.mark.soak)])
def test_one_prompt_a_day_at_the_local_time(
    cast: Cast, mailbox: Mailbox, travel: Travel, starts_on: date, days: int, zones: tuple[str, str]
) -> None:
    other_trials_away(cast)
    at = (time(20, 30), time(2, 15))
    trial = whole_trial(cast, starts_on, days, zones, at)
    start = datetime.combine(starts_on, time(0), UTC)
    away = (start + timedelta(days=5, hours=3), start + timedelta(days=6, hours=9))
    lived(travel, start - 2 * DAY, start + (days + 3) * DAY, away)
    asked: dict[UUID, dict[date, datetime]] = defaultdict(dict)
    for one in check_ins():
        if one.trial_id == trial.id and one.kind == "evening":
            assert one.sent_at is not None
            asked[one.party_id][one.day] = one.sent_at
    people = db.session.scalars(select(Party).where(Party.case_id == trial.case_id).order_by(Party.position)).all()
    for party, zone, clock in zip(people, map(ZoneInfo, zones), at, strict=True):
        planned = {
            day: datetime.combine(day, clock, zone).astimezone(UTC)
            for day in (starts_on + n * DAY for n in range(-1, days + 1))
        }
        mine = {day: moment for day, moment in planned.items() if in_trial(day, moment, trial)}
        assert len(mine) == days
        kept = {day: moment for day, moment in mine.items() if not away[0] <= moment < away[1]}
        late = {max(set(mine) - set(kept)): away[1]} if len(kept) < len(mine) else {}  # the newest one alone
        assert asked[party.id] == kept | late, zone
    messages = mailbox.take()
    ids = [str(mail["Message-ID"]) for mail in messages]
    assert len(ids) == len(set(ids)) == sum(one.sent_at is not None for one in check_ins())


def in_trial(day: date, moment: datetime, trial: Trial) -> bool:
    """Whether what is asked on this local day is a day of the trial: one that has begun there, too."""
    about = min(day, moment.astimezone(ZoneInfo(trial.timezone)).date())
    return trial.starts_on <= about < trial.starts_on + trial.days * DAY


def whole_trial(cast: Cast, starts_on: date, days: int, zones: tuple[str, str], at: tuple[time, time]) -> Trial:
    """A trial of the two parents without a schedule, each in their own zone with their own time."""
    proposal = proposed("Weeks", "open", days, zones[0], {}, starts_on)
    names = [("A", "Parent A", zones[0]), ("B", "Parent B", zones[1])]
    people = {"Parent A": cast.parent_a, "Parent B": cast.parent_b}
    early = datetime.combine(starts_on, time(0), UTC) - 5 * DAY
    with transaction():
        trial = begin(cast.programme.id, cast.mediator.id, names, people, proposal, early)
        parties = db.session.scalars(select(Party).where(Party.case_id == trial.case_id).order_by(Party.position)).all()
    for party, clock in zip(parties, at, strict=True):
        settings.choose(party.id, Choice(at=clock))
    return trial
