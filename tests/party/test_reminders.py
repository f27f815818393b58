"""The Reminders page: when, how and in which words; what is changed counts at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import pytest

from tests.cast import Cast
from tests.checkins.evening import check_ins, tick
from tests.delivery.push_service import Device
from tests.mailbox import Mailbox, text_of
from tests.party.day import url
from tests.visitor import Visitor
from tracker.cases import settings
from tracker.cases.model import Party
from tracker.cases.settings import Choice
from tracker.db import db
from tracker.people.model import Person
from tracker.trials import rest, safety

Visit = Callable[..., Visitor]
Travel = Callable[[datetime], None]


def _choice(person: Person) -> Choice:
    db.session.rollback()
    return settings.choice(db.session.query(Party).populate_existing().filter_by(person_id=person.id).one())


def _of(mailbox: Mailbox, address: str) -> list[str]:
    return [text_of(mail) for mail in mailbox.take() if mail["To"] == address]


def test_everything_is_kept_and_shown_again(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting, "reminders"))
    weekdays: dict[str, Any] = {f"day-{n}": "yes" for n in (1, 3, 5)}
    fields = {k: v for k, v in page.form("/reminders")[1].items() if not k.startswith("day-")}
    chosen = weekdays | {"every": "3", "wording": "plain", "check_in_at": "19:00"}
    browser.post(url(cast.parenting, "reminders"), fields | chosen)
    assert _choice(cast.parent_a) == Choice(time(19), True, frozenset({1, 3, 5}), 3, "plain", ("email",))
    again = browser.get(url(cast.parenting, "reminders")).form("/reminders")[1]
    assert {name for name in again if name.startswith("day-")} == set(weekdays)
    assert (again["every"], again["wording"], again["check_in_at"]) == ("3", "plain", "19:00")


def test_each_thing_that_is_wrong_is_said_at_its_place(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    wrong = {"wanted": "yes", "check_in_at": "late", "every": "1", "offered": "email"}
    page = browser.post(url(cast.parenting, "reminders"), wrong, 422)
    assert page.has("Write a time, such as 20:30.")
    assert page.has("Choose at least one day, or switch reminders off above.")
    assert page.has("Choose at least one way, or switch reminders off above.")
    assert page.form("/reminders")[1]["check_in_at"] == "late"
    assert _choice(cast.parent_a) == Choice()


def test_a_new_time_counts_for_this_evening(cast: Cast, visit: Visit, mailbox: Mailbox, travel: Travel) -> None:
    tick()
    mailbox.take()
    browser = visit(cast.parent_a)
    browser.submit(browser.get(url(cast.parenting, "reminders")), "/reminders", check_in_at="15:00")
    travel(datetime(2026, 3, 10, 19, 0, tzinfo=UTC))  # 15:00 in New York
    tick()
    assert len(_of(mailbox, "parent-a@example.org")) == 1


def test_send_me_one_now_sends_what_the_preview_says(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting, "reminders"))
    assert page.has("“You have a reminder.”")
    browser.submit(page, "/reminders", wording="plain")
    page = browser.get(url(cast.parenting, "reminders"))
    after = browser.follow(browser.submit(page, "/check-ins"))
    assert after.has("It is on its way.")
    tick()
    (said,) = [text for text in _of(mailbox, "parent-a@example.org") if "This is how" in text]
    assert page.has(said.splitlines()[0])
    assert [one.kind for one in check_ins() if one.kind == "now"] == ["now"]


def _rests(cast: Cast, why: str) -> datetime:
    """What makes the trial, or this party's part of it, rest; the moment at which it does."""
    here, now = cast.here(cast.parent_a, cast.parenting), datetime(2026, 3, 10, 18, 0, tzinfo=UTC)
    if why == "paused":
        rest.pause(here, cast.parent_b.id, now)
    if why == "left":
        rest.leave(here, now)
    if why == "does not feel safe":
        safety.feels_unsafe(here, "", now)
    moments = {"not begun": datetime(2026, 3, 2, 4, 59, tzinfo=UTC), "over": datetime(2026, 3, 30, 4, tzinfo=UTC)}
    return moments.get(why, now)


@pytest.mark.parametrize("why", ["paused", "left", "does not feel safe", "not begun", "over"])
def test_while_the_trial_rests_none_is_offered_and_none_is_sent(
    cast: Cast, visit: Visit, travel: Travel, why: str
) -> None:
    travel(_rests(cast, why))
    browser = visit(cast.parent_a)
    assert not browser.get(url(cast.parenting, "reminders")).has("Send me one now")
    refused = browser.follow(browser.post(url(cast.parenting, "check-ins")))
    assert refused.has("Nothing was sent: one comes only while the trial runs and your reminders are on.")
    assert [one.kind for one in check_ins() if one.kind == "now"] == []


def test_every_plain_sentence_is_shown_before_it_is_chosen(cast: Cast, visit: Visit) -> None:
    from tracker.checkins.model import KINDS
    from tracker.pages.check_in_words import words

    page = visit(cast.parent_a).get(url(cast.parenting, "reminders"))
    for kind in KINDS:
        if kind != "half_way":
            assert page.has(words(kind, "plain").text), kind
            assert page.has(words(kind, "plain").subject), kind


def test_devices_are_a_way_once_one_has_asked(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    assert "channel-push" not in browser.get(url(cast.parenting, "reminders")).html
    keys = Device("https://fcm.googleapis.com/fcm/send/one").subscription
    browser.post("/push-subscriptions", {"endpoint": keys.endpoint, "p256dh": keys.p256dh, "auth": keys.auth}, 201)
    page = browser.get(url(cast.parenting, "reminders"))
    assert page.has("One device shows them.")
    assert page.has("This device shows your reminders.")
    assert _choice(cast.parent_a).channels == ("email", "push")
    fields = page.form("/reminders")[1]
    fields.pop("channel-email")
    browser.post(url(cast.parenting, "reminders"), fields)
    assert _choice(cast.parent_a).channels == ("push",)


def test_a_way_that_the_form_did_not_offer_stays(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting, "reminders"))  # open since before the device asked
    keys = Device("https://fcm.googleapis.com/fcm/send/one").subscription
    browser.post("/push-subscriptions", {"endpoint": keys.endpoint, "p256dh": keys.p256dh, "auth": keys.auth}, 201)
    browser.submit(page, "/reminders")
    assert _choice(cast.parent_a).channels == ("email", "push")


def test_texts_go_to_the_partys_own_number(cast: Cast, visit: Visit, with_texts: None) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting, "reminders"))
    missing: dict[str, Any] = {"channel-text": "yes"}
    assert browser.submit(page, "/reminders", 422, **missing).has("Write the number that texts go to.")
    assert browser.submit(page, "/reminders", 422, phone="555 010").has("Write the number with its country code")
    browser.submit(page, "/reminders", phone="+1 (555) 010-0123", **missing)
    assert browser.get(url(cast.parenting, "reminders")).form("/reminders")[1]["phone"] == "+15550100123"
    assert _choice(cast.parent_a).channels == ("email", "text")


def test_without_a_service_no_number_is_asked_for(cast: Cast, visit: Visit) -> None:
    assert "phone" not in visit(cast.parent_a).get(url(cast.parenting, "reminders")).form("/reminders")[1]


def test_off_and_on_again_keeps_what_was_chosen(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting, "reminders"))
    fields = page.form("/reminders")[1]
    browser.post(url(cast.parenting, "reminders"), {k: v for k, v in fields.items() if k == "check_in_at"})
    assert _choice(cast.parent_a) == Choice(wanted=False)
    browser.submit(browser.get(url(cast.parenting, "reminders")), "/reminders", wanted="yes")
    assert _choice(cast.parent_a) == Choice()
