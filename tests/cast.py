"""The fixed cast of the tests: who may see what, with people who may see nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tracker.cases import create as cases
from tracker.cases.create import NewParty
from tracker.cases.model import Case, Guest, GuestConsent, Party
from tracker.db import db, transaction
from tracker.people import memberships
from tracker.people.model import Membership, Person, Programme
from tracker.trials import agree, find, propose
from tracker.trials.here import Here
from tracker.trials.model import PlanVersion, Trial
from tracker.trials.propose import Proposal

TERMS = [
    {"key": "bedtime", "text": "Lights out by 20:30 on school nights", "sign": "In bed with the light off"},
    {"key": "homework", "text": "Homework done before the handoff"},
    {"key": "call", "text": "A call with the other parent at 19:00"},
]
NIGHTS = {
    "pattern": "2-2-3", "anchor": "2026-03-02", "A": "A", "B": "B", "handoff_at": "17:30", "place": "School gate",
    "tolerance_minutes": 10, "first_day": False, "changes": [],
}  # fmt: skip  # read in rows, as it is laid out
QUIET = {day: ["22:00", "07:00"] for day in ("mon", "tue", "wed", "thu", "sun")} | {
    "fri": ["23:00", "08:00"],
    "sat": ["23:00", "08:00"],
}


@dataclass
class Cast:
    """Everybody, and the two trials: `parenting` is on day 9 of 28, `noise` on day 17 of 30."""

    programme: Programme
    other_programme: Programme
    mediator: Person
    other_mediator: Person  # same programme, other cases
    outsider: Person  # a mediator of another programme
    administrator: Person
    parent_a: Person
    parent_b: Person
    upstairs: Person
    downstairs: Person
    stranger: Person  # a party of the other mediator's case
    guest: Person  # a guest to the parenting case, with both parties' yes
    parenting: Trial
    noise: Trial
    strangers: Trial

    def here(self, person: Person, trial: Trial) -> Here:
        """The trial as the gate finds it for a party."""
        found = find.for_party(person.id, trial.id)
        assert found is not None
        return found


def programme_of(person: Person, role: str = "mediator") -> Programme:
    """The programme that somebody works for."""
    found = memberships.current_of(person.id, role)
    assert found is not None
    return found[1]


def assemble(now: datetime) -> Cast:
    """Store the cast; `now` is the moment of the tests."""
    start = now - timedelta(days=30)
    people = {
        name: Person(name=name, email=f"{name.lower().replace(' ', '-')}@example.org", timezone="UTC", created_at=start)
        for name in (
            "Mediator", "Other mediator", "Outsider", "Administrator", "Parent A", "Parent B",
            "Upstairs", "Downstairs", "Stranger", "Other stranger", "Guest",
        )
    }  # fmt: skip  # read in rows, as it is laid out
    programme = Programme(name="Riverside Mediation", country="US", timezone="America/New_York", created_at=start)
    other = Programme(name="Hillside Mediation", country="GB", timezone="Europe/London", created_at=start)
    with transaction() as session:
        session.add_all([programme, other, *people.values()])
        session.flush()
        memberships.add(programme, people["Mediator"], "mediator", start)
        memberships.add(programme, people["Other mediator"], "mediator", start)
        memberships.add(other, people["Outsider"], "mediator", start)
        memberships.add(programme, people["Administrator"], "administrator", start)
        for membership in session.query(Membership):
            membership.used_at = start
        parenting = _parenting(programme, people, now)
        noise = _noise(programme, people, now)
        strangers = _strangers(programme, people, now)
        _welcome_guest(parenting, people["Guest"], start)
    return Cast(
        programme=programme,
        other_programme=other,
        parenting=parenting,
        noise=noise,
        strangers=strangers,
        **{name.lower().replace(" ", "_"): person for name, person in people.items() if name != "Other stranger"},
    )


def _parenting(programme: Programme, people: dict[str, Person], now: datetime) -> Trial:
    names = [("A", "Parent A", "America/New_York"), ("B", "Parent B", "America/Chicago")]
    proposal = proposed("School weeks", "parenting", 28, "America/New_York", {"nights": NIGHTS}, date(2026, 3, 2))
    return begin(programme.id, people["Mediator"].id, names, people, proposal, now)


def _noise(programme: Programme, people: dict[str, Person], now: datetime) -> Trial:
    names = [("U", "Upstairs", "Europe/Berlin"), ("D", "Downstairs", "Europe/Berlin")]
    proposal = proposed("Maple Street", "noise", 30, "Europe/Berlin", {"quiet_hours": QUIET}, date(2026, 2, 22))
    return begin(programme.id, people["Mediator"].id, names, people, proposal, now)


def _strangers(programme: Programme, people: dict[str, Person], now: datetime) -> Trial:
    names = [("A", "Stranger", "UTC"), ("B", "Other stranger", "UTC")]
    proposal = proposed("Shared garden", "open", 28, "UTC", {}, date(2026, 3, 2))
    return begin(programme.id, people["Other mediator"].id, names, people, proposal, now)


def proposed(
    title: str, template: str, days: int, timezone: str, schedule: dict[str, Any], starts_on: date
) -> Proposal:
    """A proposal with the usual three terms."""
    return Proposal(title, template, starts_on, days, timezone, "private", TERMS, schedule)


def begin(
    programme_id: UUID,
    mediator_id: UUID,
    names: list[tuple[str, str, str]],
    people: dict[str, Person],
    proposal: Proposal,
    now: datetime,
    *,
    accepted: bool = True,
) -> Trial:
    """A case and its trial, joined by both parties, accepted the day before it began."""
    new = [NewParty(key, name, zone, people[name].email) for key, name, zone in names]
    early = min(now, datetime.combine(proposal.starts_on, datetime.min.time(), now.tzinfo) - timedelta(days=1))
    case, parties = cases.create(programme_id, mediator_id, proposal.title, new, early)
    trial = propose.propose(case, proposal, mediator_id, early)
    db.session.flush()
    plan = db.session.query(PlanVersion).filter_by(trial_id=trial.id).one()
    for party in parties:
        party.person_id = people[party.name].id
        if accepted:
            agree.record_acceptance(plan, party.id, early)
    return trial


def _welcome_guest(trial: Trial, person: Person, at: datetime) -> None:
    case = db.session.get_one(Case, trial.case_id)
    guest = Guest(case_id=case.id, person_id=person.id, name=person.name, created_at=at)
    db.session.add(guest)
    db.session.flush()
    for party in db.session.query(Party).filter_by(case_id=case.id):
        db.session.add(GuestConsent(case_id=case.id, guest_id=guest.id, party_id=party.id, at=at))
