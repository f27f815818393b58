"""Making the demo: four trials around today, in one transaction, through the same doors as the pages.

Two run (a parenting plan on day 9 of 28, a noise plan on day 17 of 30), two are over. The same seed and the same moment
make the same accounts.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.cases import consent, contact, settings
from tracker.cases import create as cases
from tracker.cases.create import NewParty
from tracker.cases.invite import invite, join
from tracker.cases.model import Case, Party
from tracker.db import db, transaction
from tracker.demo import noise, parenting, people, plans, repairs, way_back
from tracker.demo.diary import Diary, Habit
from tracker.demo.people import OTHER_ZONE, ZONE, People
from tracker.errors import Refused
from tracker.plans.nights import who_has
from tracker.plans.zones import to_utc
from tracker.returns import session as return_session
from tracker.summaries.release import release
from tracker.trials import agree, changes, find, propose
from tracker.trials.here import Here
from tracker.trials.model import Trial
from tracker.trials.propose import Proposal

SEED = "a quiet kitchen table"
PARENTS = [NewParty("A", "Parent A", ZONE, role="parent"), NewParty("B", "Parent B", OTHER_ZONE, role="parent")]
NEIGHBOURS = [NewParty("D", "Downstairs", ZONE, role="hears"), NewParty("U", "Upstairs", ZONE, role="makes")]
OWNERS = [NewParty("D", "Downstairs", ZONE, role="lives_there"), NewParty("U", "Upstairs", ZONE, role="sees_to_it")]
WHO = {"A": "parent-a", "B": "parent-b", "D": "downstairs", "U": "upstairs"}


def create(now: datetime, seed: str = SEED) -> None:
    """Make the demo as of `now`. Raises `Refused("exists")` if it is there already."""
    today = now.astimezone(ZoneInfo(ZONE)).date()
    with transaction():
        if people.exist():
            raise Refused("exists")
        everybody = people.add(now - timedelta(days=60))
        Stage(everybody, today, now, seed).perform()


class Stage:
    """The four trials, each begun some days before `today`."""

    def __init__(self, everybody: People, today: date, now: datetime, seed: str) -> None:
        self.people = everybody
        self.today = today
        self.now = now
        self.seed = seed

    def perform(self) -> None:
        """Make all four, the oldest first."""
        parents = self.case("School weeks", PARENTS, self.today - timedelta(days=46))
        self.first_weeks(*parents)
        self.roof_and_gutter()
        self.maple_street()
        self.school_weeks(*parents)

    def first_weeks(self, case: Case, parties: list[Party]) -> None:
        """Over; its summary was released, and the parents agreed to try another pattern."""
        starts_on = self.today - timedelta(days=43)
        proposal = plans.parenting(
            "First four weeks", starts_on, "alternating-weeks", ("bedtime", "call", "belongings"), ZONE
        )
        trial = self.begin(case, parties, proposal)
        parenting.write(self.diaries(trial, parties, parenting.FIRST_WEEKS), f"{self.seed} first")
        here = _by_id(trial)
        return_session.arrange(
            here, return_session.Arrangement(self.at(plans.last_day(proposal) + timedelta(days=4), 16), "Room 2")
        )
        release(here, self.people["mediator"].id, self.at(plans.last_day(proposal) + timedelta(days=2), 10))

    def roof_and_gutter(self) -> None:
        """Over since last week; the return session is to come."""
        starts_on = self.today - timedelta(days=36)
        case, parties = self.case("Roof and gutter", OWNERS, starts_on - timedelta(days=3))
        proposal = plans.repairs("Roof and gutter", starts_on, ("answer", "appointments", "access", "costs"), ZONE)
        trial = self.begin(case, parties, proposal)
        repairs.write(self.diaries(trial, parties, repairs.ROOF_AND_GUTTER), f"{self.seed} roof")
        way_back.online(_by_id(trial), self.at(self.today + timedelta(days=2), 10))
        own = {party.key: self.here(trial, WHO[party.key]) for party in parties}
        way_back.prepare(own, _by_id(trial), self.today + timedelta(days=1), self.now)

    def maple_street(self) -> None:
        """On day 17 of 30."""
        starts_on = self.today - timedelta(days=16)
        case, parties = self.case("Maple Street", NEIGHBOURS, starts_on - timedelta(days=3))
        proposal = plans.noise("Maple Street", starts_on, ("quiet_hours", "shoes", "notice", "ask_first"), ZONE)
        trial = self.begin(case, parties, proposal)
        noise.write(self.diaries(trial, parties, noise.MAPLE_STREET), f"{self.seed} maple")
        way_back.apart(_by_id(trial), self.at(plans.last_day(proposal) + timedelta(days=2), 17))

    def school_weeks(self, case: Case, parties: list[Party]) -> None:
        """On day 9 of 28, with one day swapped and one swap that waits for an answer."""
        starts_on = self.today - timedelta(days=8)
        terms = ("bedtime", "call", "schoolwork", "belongings")
        trial = self.begin(case, parties, plans.parenting("School weeks", starts_on, "2-2-3", terms, ZONE))
        self.swap(trial, "A", self.today - timedelta(days=2), starts_on + timedelta(days=1), answered=True)
        parenting.write(self.diaries(trial, parties, parenting.SCHOOL_WEEKS), f"{self.seed} school")
        self.swap(trial, "B", self.today + timedelta(days=4), self.today - timedelta(days=1), answered=False)
        return_session.arrange(
            _by_id(trial), return_session.Arrangement(self.at(starts_on + timedelta(days=30), 16), "Room 2")
        )

    def case(self, title: str, of: list[NewParty], day: date) -> tuple[Case, list[Party]]:
        """A case whose parties have joined on the day it was opened."""
        opened = self.at(day, 11)
        case, parties = cases.create(self.people.programme.id, self.people["mediator"].id, title, of, opened)
        for party in parties:
            join(invite(party, opened).token, self.people[WHO[party.key]], opened + timedelta(minutes=20))
            consent.give(party, consent.CURRENT, None, opened + timedelta(minutes=20))
            settings.on_device(party.id, own=party.key != "U")
        first = parties[0]
        contact.wish(first, "text", "+1 555 0100", "Weekdays from nine to noon", opened, voicemail=False)
        return case, parties

    def begin(self, case: Case, parties: list[Party], proposal: Proposal) -> Trial:
        """A trial, proposed two days before its first day and accepted by each party since."""
        proposed = self.at(proposal.starts_on - timedelta(days=2), 11, 40)
        trial = propose.propose(case, proposal, self.people["mediator"].id, proposed)
        db.session.flush()
        for number, party in enumerate(parties):
            agree.accept(self.here(trial, WHO[party.key]), 1, proposed + timedelta(hours=1 + 7 * number))
        return trial

    def diaries(self, trial: Trial, parties: list[Party], habits: dict[str, Habit]) -> list[Diary]:
        """Each party's diary, in the plan's order."""
        return [
            Diary(self.here(trial, WHO[party.key]), habits[party.key], f"{self.seed} {trial.title}", self.now)
            for party in parties
        ]

    def swap(self, trial: Trial, by: str, day: date, on: date, *, answered: bool) -> None:
        """One party proposes on one day to take the night of another; the other party may have accepted."""
        mine, other = (self.here(trial, WHO[key]) for key in (by, "B" if by == "A" else "A"))
        nights = mine.outline.schedule.nights
        assert nights is not None
        owner = who_has(nights, day)
        proposed = self.at(on, 19)
        change = changes.propose(mine, day, "B" if owner == "A" else "A", proposed)
        if answered:
            db.session.flush()
            changes.answer(other, change.id, "accepted", proposed + timedelta(hours=2))

    def here(self, trial: Trial, name: str) -> Here:
        """The trial as the gate finds it for one of the people."""
        found = find.for_party(self.people[name].id, trial.id)
        assert found is not None
        return found

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A local time of the demo's zone."""
        return to_utc(day, time(hour, minute), ZoneInfo(ZONE))


def _by_id(trial: Trial) -> Here:
    found = find.by_id(trial.id)
    assert found is not None
    return found
