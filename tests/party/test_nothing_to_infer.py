"""What the other party gets is the same byte for byte, whatever a party does in their own right before the release.

Every page that a party can fetch is compared, whole: status, headers and text. Only what is new in each answer by
itself is taken out: the nonce, the CSRF token, and the ids that forms bring along for what is not saved yet.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.access_table import TABLE
from tests.cast import Cast
from tests.conftest import NOW
from tests.mailbox import Mailbox
from tests.observations.writing import entry
from tests.party.day import url
from tests.visitor import Visitor
from tracker.cases import consent, contact, settings
from tracker.db import db
from tracker.observations.record import record
from tracker.trials import rest, safety
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]
FRESH = re.compile(
    r'nonce=\\?"[^"]*"|\x27nonce-[^\x27]*\x27|data-token="[^"]*"'
    r'|name=\\?"(csrf_token|id|handoff_id)\\?" value=\\?"[^"]*"'
)
ALWAYS_NEW = {"Set-Cookie", "Date", "ETag"}  # the session, the moment, and a name for a drawing of the moment


def paths(app: Flask, trial: Trial) -> list[str]:
    """Every page of the trial that the other party may fetch, three days of it among them."""
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or "other_party" not in TABLE[rule.endpoint] or "trial" not in rule.rule:
            continue
        address = rule.rule.replace("<uuid:trial>", str(trial.id))
        days = ("2026-03-08", "2026-03-09", "2026-03-10") if "<day:day>" in address else ("",)
        found += [address.replace("<day:day>", day) for day in days]
    return [path for path in sorted(found) if "<" not in path and not path.endswith(".pdf")]


def read(app: Flask, browser: Visitor, trial: Trial) -> dict[str, tuple[int, list[tuple[str, str]], str]]:
    """What the browser gets: for each page its status, its headers, its text."""
    got = {}
    for path in paths(app, trial):
        answer = browser.client.get(path)
        headers = [(name, FRESH.sub("", value)) for name, value in answer.headers if name not in ALWAYS_NEW]
        got[path] = (answer.status_code, sorted(headers), FRESH.sub("", answer.get_data(as_text=True)))
    got["/places"] = (0, [], FRESH.sub("", browser.client.get("/places").text))
    got["/devices"] = (0, [], FRESH.sub("", browser.client.get("/devices").text))
    return got


def sends_a_safety_message(cast: Cast) -> None:
    safety.feels_unsafe(cast.here(cast.parent_a, cast.parenting), "Somebody waited at the door.", NOW)


def mutes(cast: Cast) -> None:
    party = cast.here(cast.parent_a, cast.parenting).party
    assert party is not None
    settings.remind_at(party.id, party.check_in_at, wanted=False)


def says_how_to_be_reached(cast: Cast) -> None:
    party = cast.here(cast.parent_a, cast.parenting).party
    assert party is not None
    contact.wish(party, "call", "555-0100", "mornings", NOW, voicemail=False)


def agrees_and_takes_it_to_another_phone(cast: Cast) -> None:
    party = cast.here(cast.parent_a, cast.parenting).party
    assert party is not None
    consent.give(party, consent.CURRENT, None, NOW)
    settings.on_device(party.id, own=False)


def tells_of_one_day_and_misses_the_others(cast: Cast) -> None:
    record(cast.here(cast.parent_a, cast.parenting), entry(audience="summary", note="Went well."), NOW)


DEEDS: list[Callable[[Cast], None]] = [
    sends_a_safety_message,
    mutes,
    says_how_to_be_reached,
    agrees_and_takes_it_to_another_phone,
    tells_of_one_day_and_misses_the_others,
]


@pytest.mark.parametrize("deed", DEEDS)
def test_the_other_party_gets_the_same(
    app: Flask, cast: Cast, visit: Visit, mailbox: Mailbox, deed: Callable[[Cast], None]
) -> None:
    other = visit(cast.parent_b)
    before = read(app, other, cast.parenting)
    assert len(before) > 20
    assert sum(status == 200 for status, _headers, _text in before.values()) > 15
    deed(cast)
    db.session.expire_all()
    after = read(app, other, cast.parenting)
    for path, answer in before.items():
        assert after[path] == answer, path
    mailbox.take()


def test_whoever_pauses_or_leaves_it_is_the_same(app: Flask, cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    """The other pauses, the mediator, the reader; the other one leaves, or takes consent back."""
    from tracker.trials.model import Pause, Withdrawal

    a, b = cast.here(cast.parent_a, cast.parenting), cast.here(cast.parent_b, cast.parenting)
    other, read_so_far = visit(cast.parent_b), {}
    deeds: dict[str, Callable[[], object]] = {
        "the other": lambda: rest.pause(a, cast.parent_a.id, NOW),
        "the mediator": lambda: rest.pause(a, cast.mediator.id, NOW - timedelta(hours=5)),
        "the reader": lambda: rest.pause(b, cast.parent_b.id, NOW - timedelta(days=1)),
        "the other leaves": lambda: rest.leave(a, NOW),
        "the other takes consent back": lambda: visit(cast.parent_a).post(
            url(cast.parenting, "consents/withdrawals"), {"sure": "yes"}
        ),
    }
    for who, act in deeds.items():
        act()
        db.session.expire_all()
        read_so_far[who] = read(app, other, cast.parenting)
        db.session.query(Pause).delete()
        db.session.query(Withdrawal).delete()
        db.session.commit()
    first = read_so_far.pop("the mediator")
    for who, pages in read_so_far.items():
        for path, answer in pages.items():
            assert answer == first[path], f"{who}: {path}"
    mailbox.take()
