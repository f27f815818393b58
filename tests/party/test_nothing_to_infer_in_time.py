"""The same as in `test_nothing_to_infer.py`, at each stage of a trial, and over the hours that follow.

For each deed the same world begins anew: what the other party gets in it, pages, calendar address, mail, is compared
whole. A deed that nobody may notice is compared with nothing done; resting and leaving with a pause by the mediator.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from uuid import uuid4

import pytest
from flask import Flask

from tests.cast import NIGHTS, Cast, begin, proposed
from tests.checkins.evening import tick
from tests.conftest import NOW, empty
from tests.kept import Kept
from tests.mailbox import Mailbox
from tests.party.test_nothing_to_infer import FRESH, read
from tests.visitor import Client, Visitor
from tracker import clock
from tracker.cases import consent, contact, feeds, settings
from tracker.db import db, transaction
from tracker.observations.record import record
from tracker.plans.entry import Entry
from tracker.returns import caucus, option, preparation, referral, session
from tracker.trials import find, rest, safety
from tracker.trials.here import Here
from tracker.trials.model import Trial

Travel = Callable[[datetime], None]
STAGES = {"proposed": NOW, "accepted": NOW, "running": NOW, "ended": datetime(2026, 3, 31, 18, tzinfo=UTC)}
NEW = re.compile(
    r"[\w-]{30,}|boundary=\S+|===+\d+==+|<[^>]*@[^>]*>"
)  # ids, secrets, and what divides a message's parts
HOURS = 30


@dataclass
class Stage:
    """One trial of the two parents at one moment. `first` does things, `second` must not notice."""

    cast: Cast
    trial: Trial

    @property
    def first(self) -> Here:
        return self.cast.here(self.cast.parent_a, self.trial)

    @property
    def desk(self) -> Here:
        found = find.for_mediator(self.cast.mediator.id, self.cast.programme.id, self.trial.id)
        assert found is not None
        return found


def on_stage(cast: Cast, stage: str) -> Trial:
    """The trial of this stage, with a return session planned, and Parent B's calendar address in use."""
    trial = cast.parenting
    if stage in ("proposed", "accepted"):
        people = {"Parent A": cast.parent_a, "Parent B": cast.parent_b}
        names = [("A", "Parent A", "America/New_York"), ("B", "Parent B", "America/Chicago")]
        plan = proposed("Next weeks", "parenting", 28, "America/New_York", {"nights": NIGHTS}, date(2026, 3, 12))
        with transaction():
            trial = begin(cast.programme.id, cast.mediator.id, names, people, plan, NOW, accepted=stage == "accepted")
    party = cast.here(cast.parent_b, trial).party
    assert party is not None
    feeds.renew(party, NOW, plain=True)
    session.arrange(
        cast.here(cast.parent_b, trial), session.Arrangement(datetime(2026, 4, 2, 18, tzinfo=UTC), "Elm House")
    )
    settings.look_again(trial.case_id)
    db.session.commit()
    return trial


def says_and_does_everything_quietly(at: Stage) -> None:
    """All that is between one party and the mediator, or between the mediator and themselves."""
    here, now = at.first, clock.now()
    assert here.party is not None
    contact.wish(here.party, "call", "555-0100", "mornings", now, voicemail=False)
    consent.give(here.party, consent.CURRENT, None, now)
    settings.on_device(here.party.id, own=False)
    if here.facts.all_accepted and here.facts.starts_on <= here.facts.today(now):
        for n in (3, 4, 8):
            said = {"at": f"2026-03-{n:02}T18:00:00+00:00"}
            record(here, Entry(uuid4(), "A", "moment", date(2026, 3, n), now, said, "Seen.", "summary"), now)
    for topic, audience in (("goals", "me"), ("options", "mediator"), ("phrases", "summary")):
        preparation.save(here, topic, ["Both read it once."], audience, now)
    held = option.hold(at.desk, here.party.id, "Both read it once.", now)
    option.ask(at.desk, held.id, now)
    option.answer(at.first, held.id, False, now)
    referral.add(at.desk, here.party.id, "A counsellor", "", "", None, now)
    caucus.note(at.desk, here.party.id, "Is afraid.", at.cast.mediator.id, now)
    safety.mark_seen(at.desk, safety.feels_unsafe(here, "Somebody waited at the door.", now).id, now)


def nothing(_at: Stage) -> None: ...


def the_mediator_pauses(at: Stage) -> None:
    rest.pause(at.desk, at.cast.mediator.id, clock.now())


def the_other_party_leaves(at: Stage) -> None:
    rest.leave(at.first, clock.now())


def the_other_party_pauses_and_leaves(at: Stage) -> None:
    rest.pause(at.first, at.cast.parent_a.id, clock.now())
    rest.leave(at.first, clock.now())


def reads(app: Flask, cast: Cast, trial: Trial, mailbox: Mailbox, travel: Travel) -> dict[str, object]:
    """What Parent B gets: mail for some hours; then every page, the calendar, and the answers to what they try."""
    begun, mail = clock.now(), list[object]()
    for hour in range(0, HOURS, 3):
        travel(begun + timedelta(hours=hour, minutes=35))
        tick()
        mail += [(hour, _plain(one)) for one in mailbox.take() if one["To"] == cast.parent_b.email]
    browser = Visitor(app, cast.parent_b)
    got: dict[str, object] = {"mail": mail, **read(app, browser, trial)}
    del got["/devices"]  # the sign-in of each reading is a new one; the other file compares it
    party = cast.here(cast.parent_b, trial).party
    assert party is not None
    feed = feeds.of_party(party.id)
    assert feed is not None
    got["feed"] = Client(app, app.response_class).get(f"/calendar-feeds/{feed.token}.ics").get_data(as_text=True)
    for path, form in _tries(trial).items():
        answer = browser.client.post(f"/trials/{trial.id}/{path}", data=form | {"csrf_token": browser.token()})
        got[path] = answer.status_code, answer.headers.get("Location"), FRESH.sub("", answer.get_data(as_text=True))
    return got


def _tries(trial: Trial) -> dict[str, dict[str, str]]:
    """What a curious party would try, to see how it is answered."""
    return {
        "changes": {"day": "2026-03-20", "with": "B"},
        "acceptances": {"version": "1"},
        "change-requests": {"version": "1", "text": "Other times."},
        "observations": {"kind": "day", "day": "2026-03-10", "all": "kept"},
    }


def _plain(message: EmailMessage) -> str:
    """A message without what is new in each: its headers, its parts."""
    text = [f"{name}: {value}" for name, value in message.items() if name not in ("Date", "Message-ID")]
    text += [str(part.get_content()) for part in message.walk() if not part.is_multipart()]
    return NEW.sub("", "\n".join(text))


QUIET = (nothing, says_and_does_everything_quietly)
RESTING = (the_mediator_pauses, the_other_party_leaves, the_other_party_pauses_and_leaves)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("deeds", [QUIET, RESTING], ids=["quiet", "resting"])
def test_whatever_was_done_the_other_party_gets_the_same(
    app: Flask,
    cast: Cast,
    mailbox: Mailbox,
    travel: Travel,
    stage: str,
    deeds: tuple[Callable[[Stage], None], ...],
) -> None:
    kind = db.engine.dialect.name
    if kind == "postgresql" and stage != "running":
        pytest.skip("what is compared comes from the same code: the stage with the most in it is enough here")
    trial_id, kept = on_stage(cast, stage).id, Kept.of(cast)
    got = {}
    for deed in deeds:
        db.session.rollback()
        db.session.expunge_all()
        empty(kind)
        kept.restore()
        again = kept.cast()
        travel(STAGES[stage] if deeds is QUIET else NOW)  # what is over can neither be paused nor left
        trial = db.session.get_one(Trial, trial_id)
        deed(Stage(again, trial))
        db.session.commit()
        travel(STAGES[stage])
        got[deed.__name__] = reads(app, again, trial, mailbox, travel)
    first = got.pop(deeds[0].__name__)
    assert len(first) > 25
    for name, answers in got.items():
        for what, answer in answers.items():
            assert answer == first[what], f"{name}: {what}"
