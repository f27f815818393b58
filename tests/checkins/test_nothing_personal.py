"""By default no message says anything about anybody: every kind, by every way, in every part of it.

What is looked for: names, the title, the kind of plan, its terms, places and milestones, the programme, the product.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from urllib.parse import unquote
from uuid import uuid4

import pytest
from flask import Flask, current_app

from tests.cast import NIGHTS, TERMS, Cast
from tests.checkins.evening import check_ins, tick
from tests.delivery.push_service import Device, PushService, push_service
from tests.mailbox import Mailbox
from tracker import clock
from tracker.cases import settings
from tracker.cases.model import Party
from tracker.checkins import facts
from tracker.checkins.channels import CHANNELS
from tracker.checkins.claim import Held
from tracker.checkins.model import KINDS
from tracker.db import db
from tracker.delivery import push
from tracker.pages.check_in_words import compose
from tracker.people import devices, persons, subscriptions
from tracker.people.model import Person
from tracker.returns import session
from tracker.trials.model import Trial

PERSONAL = [
    "Parent A", "Parent B", "parent-a", "parent-b", "Upstairs", "Downstairs", "Mediator", "Riverside", "School weeks",
    "Maple Street", "parenting", "parent", "noise", "neighbour", "neighbor", "child", "mediation", "trial", "plan",
    "handoff", "quiet hours", "Meanwhile", "caseload", str(NIGHTS["place"]),
    *(term["text"] for term in TERMS), *(term["sign"] for term in TERMS if "sign" in term),
]  # fmt: skip  # read in rows, as it is laid out
SECRET = re.compile(r"[\w-]{30,}")  # ids and secrets: by chance they may spell anything
Travel = Callable[[datetime], None]
EVENING = datetime(2026, 3, 11, 0, 30, tzinfo=UTC)
TRIALS = [("parenting", "parent_a"), ("noise", "downstairs")]


@dataclass
class Ways:
    """Both services of a programme that offers everything, and a device that has asked."""

    service: PushService
    device: Device


@pytest.fixture
def ways(app: Flask) -> Iterator[Ways]:
    config = app.extensions["config"]
    with push_service() as service:
        kept = {"push_hosts": config.push_hosts, "sms_url": config.sms_url}
        changed = {"push_hosts": (service.url,), "sms_url": service.url.replace("http:", "json:") + "/texts/{number}"}
        for name, value in changed.items():
            object.__setattr__(config, name, value)
        yield Ways(service, Device(f"{service.url}/push"))
        for name, value in kept.items():
            object.__setattr__(config, name, value)


def _reminded(cast: Cast, trial: Trial, person: Person) -> facts.Reminded:
    party = cast.here(person, trial).party
    assert party is not None
    (whom,) = [c for c in facts.load([party.id], session.times_of, clock.now()) if c.here.trial.id == trial.id]
    return whom


@pytest.mark.parametrize(("trial", "who"), TRIALS)
def test_nothing_personal_in_any_part_of_any_kind(
    app: Flask, cast: Cast, mailbox: Mailbox, ways: Ways, trial: str, who: str
) -> None:
    whom = _reminded(cast, getattr(cast, trial), getattr(cast, who))
    addresses = {"email": "somebody@example.org", "push": push.text(ways.device.subscription), "text": "+15550100123"}
    assert set(addresses) == set(CHANNELS)
    for kind in KINDS:
        notice = compose(_held(whom, kind), whom)
        ways.service.requests.clear()
        for channel, address in addresses.items():
            with CHANNELS[channel].opened(app.extensions["config"]) as line:
                line(notice, address)
        (mail,) = mailbox.take()
        pushed, texted = ways.service.requests
        shown = ways.device.read(pushed[2])
        assert "You have a reminder." in (shown["title"], texted[2].decode(), mail["Subject"])
        parts = {
            **_parts_of(mail),
            "push headers": json.dumps({k: v for k, v in pushed[1].items() if k != "authorization"}),
            "push payload": json.dumps(shown),
            "text headers": json.dumps(texted[1]),
            "text": texted[2].decode() + unquote(texted[0]),
        }
        _nothing_in(parts)


def _held(whom: facts.Reminded, kind: str) -> Held:
    """A check-in of this kind, as a process holds it."""
    day, now = date(2026, 3, 10), clock.now()
    ids = (uuid4(), whom.here.case.id, whom.here.trial.id, whom.here.me.id)
    return Held(*ids, kind, day, day, now, now + timedelta(hours=3), now, 1, {})


def _parts_of(mail: EmailMessage) -> dict[str, str]:
    """Each header and each body of a message; the address that it goes to is its reader's own."""
    parts = {f"header {name}": str(value) for name, value in mail.items() if name != "To"}
    for part in mail.walk():
        if not part.is_multipart():
            assert isinstance(part, EmailMessage)
            parts[f"body {part.get_content_type()}"] = part.get_content()
    assert {"header From", "header Subject", "body text/plain", "body text/html"} <= set(parts)
    return parts


def _nothing_in(parts: dict[str, str]) -> None:
    for name, whole in parts.items():
        text = SECRET.sub("…", whole)
        found = [word for word in PERSONAL if word.lower() in text.lower()]
        assert not found, f"{name}: {found} in {text}"


@pytest.mark.parametrize("text", ["How was the handoff?", "for Parent B", "http://x/trials/1/today", "Riverside"])
def test_the_search_finds_what_is_personal(text: str) -> None:
    with pytest.raises(AssertionError, match="header Subject"):
        _nothing_in({"header Subject": text})


def test_plain_words_name_nobody_either(cast: Cast) -> None:
    whom = _reminded(cast, cast.parenting, cast.parent_a)
    whom.here.me.check_in_wording = "plain"
    names = [word for word in PERSONAL if word[0].isupper()]
    for kind in KINDS:
        notice = compose(_held(whom, kind), whom)
        said = f"{notice.subject} {notice.text} {notice.html} {notice.short}"
        assert not [name for name in names if name in said], kind
    db.session.rollback()


def _by_every_way(person: Person, ways: Ways) -> None:
    """This person has asked for reminders on their device, and by text, beside email."""
    _token, device = devices.begin(person, clock.now())
    subscriptions.add(device, ways.device.subscription, current_app.extensions["config"], clock.now())
    persons.keep_phone(person.id, "+15550100123")
    for channel in ("push", "text"):
        settings.add_channel(person.id, channel)


def test_one_evening_by_every_way(cast: Cast, mailbox: Mailbox, ways: Ways, travel: Travel) -> None:
    _by_every_way(cast.parent_a, ways)
    travel(EVENING)
    tick()
    assert "parent-a@example.org" in [mail["To"] for mail in mailbox.take()]
    pushed = [request for request in ways.service.requests if request[0] == "/push"]
    texted = [request for request in ways.service.requests if request[0].startswith("/texts/")]
    assert len(pushed) == len(texted) == 1
    shown = ways.device.read(pushed[0][2])
    assert shown["title"] == "You have a reminder."
    assert shown["url"].startswith("http://127.0.0.1:8000/check-ins/")
    assert json.loads(texted[0][2])["message"] == f"You have a reminder. {shown['url']}"


def test_a_device_that_is_gone_is_forgotten_and_the_rest_still_goes(
    cast: Cast, mailbox: Mailbox, ways: Ways, travel: Travel
) -> None:
    _by_every_way(cast.parent_a, ways)
    ways.service.status = 410
    travel(EVENING)
    tick()
    assert "parent-a@example.org" in [mail["To"] for mail in mailbox.take()]
    assert subscriptions.of_person(cast.parent_a.id, clock.now()) == []
    (one,) = [one for one in check_ins() if one.party_id == _party(cast).id and one.day == date(2026, 3, 10)]
    assert one.results["email"] == "sent"
    assert "push service: 410" in one.results.values()


def _party(cast: Cast) -> Party:
    party = cast.here(cast.parent_a, cast.parenting).party
    assert party is not None
    return party
