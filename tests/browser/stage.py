"""The stage for browser tests and pictures: the demo, a trial in every other state, and a cookie for everybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from tests.apart import apart
from tests.browser import chromium
from tests.browser.more_states import more_states
from tests.cast import NIGHTS, QUIET, begin, programme_of, proposed
from tests.server import Server, free_port, meanwhile
from tracker.cases import feeds
from tracker.cases.close import close
from tracker.cases.invite import invite
from tracker.cases.model import Party
from tracker.checkins import by_hand, link, mute
from tracker.config import load
from tracker.db import db, transaction
from tracker.demo.create import create
from tracker.pages.front.addresses import path_to_confirm
from tracker.people import devices, memberships
from tracker.people.model import Person
from tracker.trials import agree, find, rest
from tracker.trials.model import PlanVersion, Trial

STATES = (
    "proposed", "waiting", "lapsed", "accepted", "paused", "left", "last_day", "handoff", "saved", "noise", "steps",
    "closed",
)  # fmt: skip  # read in rows, as it is laid out


@dataclass
class Stage:
    """A running program on the demo's data. `trials` by the demo's titles and by state; `cookies` by person."""

    url: str
    data: Path
    trials: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    invitation: str = ""
    push_port: int = 0  # where a test may run the push service that the program knows
    links: dict[str, str] = field(default_factory=dict)  # what reminders link to, by the person they went to
    cookies: dict[str, str] = field(default_factory=dict)

    def enter(self, browser: Browser, who: str, size: dict[str, Any] | None = None, **more: Any) -> BrowserContext:
        """A browser profile of this size in which `who` is signed in; nobody for an empty name."""
        context = chromium.context(browser, self.url, size or chromium.PHONE, **more)
        if who:
            host = urlsplit(self.url).hostname or ""
            context.add_cookies([{"name": "meanwhile", "value": self.cookies[who], "domain": host, "path": "/"}])
        return context

    def enter_again(self, email: str) -> None:
        """Sign this person in anew, after a test that signed them out everywhere: others go on with their cookie."""
        with apart(load({"DATA": str(self.data), "DEMO": "1"})) as app:
            person = db.session.query(Person).filter_by(email=email).one()
            self.cookies[person.name] = _cookie(app, person)


def build(data: Path) -> tuple[Stage, Server]:
    """Make the data, start the program."""
    values = {"DATA": str(data), "DEMO": "1"}
    port = free_port()
    server = meanwhile(data, DEMO="1", PUSH_HOSTS=f"http://127.0.0.1:{port}")
    stage = Stage(server.url, data, push_port=port)
    with apart(load(values)) as app:
        create(datetime.now(UTC))
        _states(stage)
        _know_trials(stage)
        more_states(stage, datetime.now(UTC))
        _know(stage, app)
        _remind(stage, app)
    server.start()
    return stage, server


def _states(stage: Stage) -> None:
    """A parenting trial in every state that the demo has not, all between the same two neighbours of the demo."""
    now = datetime.now(UTC)
    mediator = db.session.query(Person).filter_by(email="mediator@demo.invalid").one()
    programme = find.all_of_mediator(mediator.id, _programme(mediator)).pop().case.programme_id
    with transaction() as session:
        people = {n: Person(name=n, email=None, created_at=now) for n in ("First parent", "Second parent")}
        session.add_all(people.values())
        session.flush()
        for state in STATES:
            trial = _trial(state, programme, mediator, people, now)
            stage.trials[state] = str(trial.id)
            if state == "proposed":
                party = session.query(Party).filter_by(case_id=trial.case_id, key="B").one()
                party.person_id = None
                stage.invitation = f"/invitations/{invite(party, now).token}"


def _programme(mediator: Person) -> Any:
    return programme_of(mediator).id


def _trial(state: str, programme: Any, mediator: Person, people: dict[str, Person], now: datetime) -> Trial:
    offset = {"accepted": 3, "proposed": 2, "waiting": 2, "lapsed": -2, "last_day": -27, "handoff": -9}.get(state, -8)
    starts_on = now.date() + timedelta(days=offset)
    due = (starts_on + timedelta(days=20)).isoformat()
    schedules: dict[str, dict[str, Any]] = {
        "noise": {"quiet_hours": QUIET},
        "repairs": {"milestones": [{"key": "estimates", "text": "Two estimates", "due": due}]},
        "parenting": {"nights": NIGHTS | {"anchor": starts_on.isoformat()}},
    }
    template = {"noise": "noise", "steps": "repairs"}.get(state, "parenting")
    proposal = proposed(f"Trial that is {state.replace('_', ' ')}", template, 28, "UTC", schedules[template], starts_on)
    names = [("A", "First parent", "UTC"), ("B", "Second parent", "UTC")]
    agreed = state not in ("proposed", "waiting", "lapsed")
    trial = begin(programme, mediator.id, names, people, proposal, now, accepted=agreed)
    here = find.for_party(people["First parent"].id, trial.id)
    assert here is not None
    if state == "waiting":
        plan = db.session.query(PlanVersion).filter_by(trial_id=trial.id).one()
        assert here.party is not None
        agree.record_acceptance(plan, here.party.id, now)
    if state == "paused":
        rest.pause(here, people["First parent"].id, now)
    if state == "left":
        rest.leave(here, now)
    if state == "closed":
        close(here.case.id, now)
    return trial


def _invite_mediator() -> None:
    """Somebody who works for the demo's programme from today, and has no second step yet."""
    now = datetime.now(UTC)
    mediator = db.session.query(Person).filter_by(email="mediator@demo.invalid").one()
    programme = programme_of(mediator)
    memberships.invite(programme, "new@demo.invalid", "mediator", now, "New mediator")


def _cookie(app: Flask, person: Person) -> str:
    """What a browser holds in which this person is signed in; who works for a programme has proved it twice."""
    staff = bool(memberships.roles_of(person.id))
    proved = staff and person.name != "New mediator"
    token, _device = devices.begin(person, datetime.now(UTC), staff=staff, proved=proved)
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # the cookie session's
    return str(serializer.dumps({"_user_id": token, "_fresh": True}))


def _know(stage: Stage, app: Flask) -> None:
    """Sign everybody in, and remember which trial is which."""
    _invite_mediator()
    names = {
        "New mediator",
        "Parent A",
        "Parent B",
        "Upstairs",
        "Downstairs",
        "Mediator",
        "Administrator",
        "First parent",
        "Support person",
    }
    for person in db.session.query(Person).filter(Person.name.in_(names)):
        stage.cookies[person.name] = _cookie(app, person)


def _know_trials(stage: Stage) -> None:
    for trial in db.session.query(Trial):
        stage.trials.setdefault(trial.title, str(trial.id))


def _remind(stage: Stage, app: Flask) -> None:
    """A reminder for a parent and one for a neighbour, a calendar address, the way out of reminders, an address."""
    secret, now = str(app.secret_key), datetime.now(UTC)
    for name, title in (("Parent A", "School weeks"), ("Downstairs", "Maple Street")):
        person = db.session.query(Person).filter_by(name=name).one()
        here = find.for_party(person.id, UUID(stage.trials[title]))
        assert here is not None
        assert here.party is not None
        one = by_hand.ask_now(here, app.extensions["config"], now)
        stage.links[name] = f"/check-ins/{link.token(one.id, secret)}"
        stage.links[f"mute {name}"] = f"/mutes/{mute.token(here.party, secret)}"
        if name == "Downstairs":
            feeds.renew(here.party, now)
    unknown = db.session.query(Person).filter_by(name="First parent").one()
    stage.links["address"] = path_to_confirm(unknown, "nobody@demo.invalid", now)
