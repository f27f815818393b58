"""More of the stage: what only appears once somebody has done something."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from tests.cast import begin, programme_of, proposed
from tracker.cases import guests, invite
from tracker.db import db, transaction
from tracker.observations import noise
from tracker.observations.record import record
from tracker.pages.mediator.setup import defaults
from tracker.people import plan_templates
from tracker.people.model import Person, Programme
from tracker.plans.entry import Entry
from tracker.returns import caucus, memorandum, option, preparation
from tracker.trials import draft, find
from tracker.trials.here import Here

if TYPE_CHECKING:
    from tests.browser.stage import Stage


OFFERED = "Calls at 19:00 on school nights, at any time on weekends"


def more_states(stage: Stage, now: datetime) -> None:
    """A saved day, a noise that goes on, a draft, a guest, and what stands between two parties and their mediator."""
    saved = _here(stage, "First parent", "saved")
    record(saved, _as_planned(stage, now), now)
    assert saved.party is not None
    stage.links["again"] = f"/invitations/{invite.invite(saved.party, now, again=True).token}"
    noise.start(_here(stage, "First parent", "noise"), uuid4(), now)
    mediator = db.session.query(Person).filter_by(email="mediator@demo.invalid").one()
    programme = programme_of(mediator)
    content = defaults.content_of(_here(stage, "First parent", "proposed"))
    stage.links["draft"] = f"/caseload/new/{draft.begin(mediator.id, programme.id, content, now).id}"
    _plan_of_its_own(stage, mediator, programme.id, now)
    _way_back(stage, mediator, now)
    _other_ways(stage, mediator, now)


def _other_ways(stage: Stage, mediator: Person, now: datetime) -> None:
    """A trial of a programme whose parties' reminders come to devices alone."""
    people = {
        one.name: one for one in db.session.query(Person).filter(Person.name.in_(("First parent", "Second parent")))
    }
    names = [("A", "First parent", "UTC"), ("B", "Second parent", "UTC")]
    proposal = proposed("Other ways", "open", 28, "UTC", {}, now.date() - timedelta(days=3))
    with transaction() as session:
        programme = Programme(name="Other ways", channels=["push"], created_at=now)
        session.add(programme)
        session.flush()
        stage.trials["Other ways"] = str(begin(programme.id, mediator.id, names, people, proposal, now).id)


def _plan_of_its_own(stage: Stage, by: Person, programme_id: UUID, now: datetime) -> None:
    content: dict[str, Any] = {
        "name": "Weekends first",
        "days": 42,
        "description": "For parents who live far apart.",
        "terms": [{"key": "supper", "text": "Supper at six on handoff days", "sign": "Everybody had eaten by seven"}],
        "nights": {"pattern": "every-other-weekend", "handoff_at": "18:00", "place": "Station, main entrance"},
    }
    own = plan_templates.add(programme_id, "parenting", content, by.id, now)
    stage.links["plan template"] = f"/programme/templates/{own.id}"


def _way_back(stage: Stage, mediator: Person, now: datetime) -> None:
    here = _here(stage, "Parent A", "First four weeks")
    other = _here(stage, "Parent B", "First four weeks")
    assert here.party is not None
    assert other.party is not None
    guest = guests.propose(here.case, "Support person", "guest@demo.invalid", now)
    for one in (here, other):
        assert one.party is not None
        guests.allow(here.case, guest.id, one.party.id, True, now)
    preparation.save(here, "goals", ["Calls that happen", "A calm handoff"], "summary", now)
    caucus.note(here, here.party.id, "Would try shorter calls. Ask about the time zone.", mediator.id, now)
    preparation.save(other, "options", [OFFERED], "mediator", now)
    option.hold(here, other.party.id, OFFERED, now)
    memorandum.write(here, "Lights out by 20:30 on school nights\nA call at 19:00, ten minutes", mediator.id, now)


def _as_planned(stage: Stage, now: datetime) -> Entry:
    here = _here(stage, "First parent", "saved")
    answers = {"terms": {term.key: "kept" for term in here.outline.terms}}
    return Entry(uuid4(), "A", "day", here.facts.today(now), now, answers)


def _here(stage: Stage, who: str, trial: str) -> Here:
    person = db.session.query(Person).filter_by(name=who).one()
    found = find.for_party(person.id, UUID(stage.trials[trial]))
    assert found is not None
    return found
