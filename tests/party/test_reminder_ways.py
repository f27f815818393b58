"""The Reminders page offers the ways that the programme allows; what it has switched off is neither lost nor usable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.cast import Cast
from tests.checkins.evening import check_ins
from tests.delivery.push_service import Device
from tests.front.invited import accept, propose_to
from tests.mailbox import Mailbox
from tests.page import Page
from tests.party.day import url
from tests.visitor import Visitor
from tracker import clock
from tracker.cases import settings
from tracker.cases.model import Party
from tracker.cases.settings import Choice
from tracker.db import db
from tracker.people import persons, programmes, subscriptions
from tracker.people.model import Person

Visit = Callable[..., Visitor]
NUMBER = "+15550100123"
NO_EMAIL = "Your programme does not send reminders by email."


def _party(person: Person) -> Party:
    db.session.rollback()
    return db.session.query(Party).populate_existing().filter_by(person_id=person.id).one()


def _channels(person: Person) -> tuple[str, ...]:
    return settings.choice(_party(person)).channels


def _number(person: Person) -> str | None:
    db.session.rollback()
    return db.session.get_one(Person, person.id, populate_existing=True).phone


def _subscribe(browser: Visitor) -> None:
    keys = Device("https://fcm.googleapis.com/fcm/send/one").subscription
    browser.post("/push-subscriptions", {"endpoint": keys.endpoint, "p256dh": keys.p256dh, "auth": keys.auth}, 201)


def _page(browser: Visitor, cast: Cast) -> Page:
    return browser.get(url(cast.parenting, "reminders"))


def _save(
    browser: Visitor,
    page: Page,
    expect: int = 303,
    without: tuple[str, ...] = (),
    typed: dict[str, Any] | None = None,
) -> Page:
    """Send the page's form without some of its ticks, and with what was typed."""
    fields = {name: value for name, value in page.form("/reminders")[1].items() if name not in without}
    return browser.post(page.url, fields | (typed or {}), expect)


@pytest.mark.usefixtures("with_texts")
@pytest.mark.parametrize("allowed", [["email"], ["push"], ["text"], ["email", "feed"], ["push", "text", "feed"]])
def test_only_what_is_allowed_is_offered(cast: Cast, visit: Visit, allowed: list[str]) -> None:
    browser = visit(cast.parent_a)
    _subscribe(browser)
    programmes.choose_channels(cast.programme.id, allowed)
    page = _page(browser, cast)
    html, offered = page.html, str(page.form("/reminders")[1].get("offered", "")).split()
    assert offered == [name for name in ("email", "push", "text") if name in allowed]
    marks = {"push": ["data-push="], "text": ['name="phone"'], "feed": ["/calendar-feeds"]}
    for name, there in marks.items():
        assert [mark in html for mark in there] == [name in allowed] * len(there), name


def test_the_page_says_that_no_chosen_way_is_left_and_no_other_page_does(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    assert not _page(browser, cast).has("Your programme does not send")
    _subscribe(browser)
    settings.choose(_party(cast.parent_a).id, Choice(channels=("email",)))
    programmes.choose_channels(cast.programme.id, ["push", "feed"])
    assert _page(browser, cast).has(f"{NO_EMAIL} Choose another way.")
    for path in ("today", "calendar", "prepare", "more", "plan"):
        assert not browser.get(url(cast.parenting, path)).has("Your programme does not send")
    _save(browser, _page(browser, cast), typed={"channel-push": "yes"})
    assert not _page(browser, cast).has("Your programme does not send")


@pytest.mark.usefixtures("with_texts")
def test_several_ways_are_named_in_one_sentence(cast: Cast, visit: Visit) -> None:
    settings.choose(_party(cast.parent_a).id, Choice(channels=("email", "push")))
    programmes.choose_channels(cast.programme.id, ["text"])
    assert _page(visit(cast.parent_a), cast).has("Your programme does not send reminders by email or to devices.")
    programmes.choose_channels(cast.programme.id, ["text", "push"])
    assert not _page(visit(cast.parent_a), cast).has("Your programme does not send")


def test_where_only_devices_are_left_it_says_what_to_do(cast: Cast, visit: Visit) -> None:
    programmes.choose_channels(cast.programme.id, ["push"])
    browser = visit(cast.parent_a)
    page = _page(browser, cast)
    assert page.has(f"{NO_EMAIL} It sends them to devices: switch that on below, on a device of your own.")
    assert not page.has("How?")
    _save(browser, page, typed={"check_in_at": "19:00"})
    assert _channels(cast.parent_a) == ("email",)
    _subscribe(browser)
    assert _channels(cast.parent_a) == ("email", "push")


def test_saving_loses_nothing_that_the_page_could_not_show(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    _subscribe(browser)
    programmes.choose_channels(cast.programme.id, ["email"])
    _save(browser, _page(browser, cast))
    assert _channels(cast.parent_a) == ("email", "push")
    assert [row.person_id for row in subscriptions.of_person(cast.parent_a.id, clock.now())] == [cast.parent_a.id]
    programmes.choose_channels(cast.programme.id, None)
    assert {"channel-email", "channel-push"} <= _page(browser, cast).form("/reminders")[1].keys()


def test_a_way_that_is_switched_off_is_not_enough(cast: Cast, visit: Visit) -> None:
    """Opened while both were allowed, sent with the one that no longer is."""
    browser = visit(cast.parent_a)
    _subscribe(browser)
    page = _page(browser, cast)
    programmes.choose_channels(cast.programme.id, ["email"])
    after = _save(browser, page, 422, without=("channel-email",))
    assert after.has("Choose at least one way, or switch reminders off above.")
    assert "#channel-email" in after.links()
    assert _channels(cast.parent_a) == ("email", "push")


@pytest.mark.usefixtures("with_texts")
def test_a_forged_form_brings_nothing_back(cast: Cast, visit: Visit) -> None:
    persons.keep_phone(cast.parent_a.id, "+15550100123")
    programmes.choose_channels(cast.programme.id, ["email"])
    browser = visit(cast.parent_a)
    forged = {"offered": "email push text feed", "channel-push": "yes", "channel-text": "yes", "phone": "+15550100999"}
    _save(browser, _page(browser, cast), typed=forged)
    assert _channels(cast.parent_a) == ("email",)
    db.session.rollback()
    assert db.session.get_one(Person, cast.parent_a.id, populate_existing=True).phone == "+15550100123"


@pytest.mark.usefixtures("with_texts")
def test_the_first_way_that_is_there_carries_the_error(cast: Cast, visit: Visit) -> None:
    programmes.choose_channels(cast.programme.id, ["text"])
    browser = visit(cast.parent_a)
    page = _save(browser, _page(browser, cast), 422)
    assert page.has("Choose at least one way")
    assert "#channel-text" in page.links()


@pytest.fixture
def closed(cast: Cast, with_texts: None) -> None:
    """Parent A chose texts to a number, and then their programme allowed email alone."""
    persons.keep_phone(cast.parent_a.id, NUMBER)
    settings.choose(_party(cast.parent_a).id, Choice(channels=("email", "text")))
    programmes.choose_channels(cast.programme.id, ["email"])


@pytest.mark.usefixtures("closed")
def test_a_closed_way_can_be_taken_back_and_never_set(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = _page(browser, cast)
    assert page.has("What your programme does not send now")
    _save(browser, page)
    assert _channels(cast.parent_a) == ("email", "text")
    _save(browser, page, without=("channel-text",))
    assert _channels(cast.parent_a) == ("email",)
    _save(browser, page)  # an old page, with its tick
    assert _channels(cast.parent_a) == ("email",)
    assert not _page(browser, cast).has("What your programme does not send now")
    programmes.choose_channels(cast.programme.id, None)
    assert "channel-text" not in _page(browser, cast).form("/reminders")[1]


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("typed", [{"forget-phone": "yes"}, {"phone": ""}])
def test_a_kept_number_can_be_seen_and_deleted_while_no_texts_are_sent(
    cast: Cast, visit: Visit, typed: dict[str, Any]
) -> None:
    """Also by a page that was opened while they were: its number is emptied. The way that needs it goes along."""
    browser = visit(cast.parent_a)
    page = _page(browser, cast)
    assert page.has(f"{NUMBER} is kept here.")
    _save(browser, page, typed=typed)
    assert _number(cast.parent_a) == ""
    assert _channels(cast.parent_a) == ("email",)
    assert not _page(browser, cast).has("Delete my phone number")


@pytest.mark.usefixtures("closed")
def test_a_page_from_before_it_was_closed_takes_it_back_too(cast: Cast, visit: Visit) -> None:
    programmes.choose_channels(cast.programme.id, None)
    browser = visit(cast.parent_a)
    page = _page(browser, cast)
    programmes.choose_channels(cast.programme.id, ["email"])
    _save(browser, page, without=("channel-text",), typed={"phone": "+15550100999"})
    assert (_channels(cast.parent_a), _number(cast.parent_a)) == (("email",), NUMBER)


def test_the_last_way_can_be_taken_back_where_none_is_open(cast: Cast, visit: Visit) -> None:
    programmes.choose_channels(cast.programme.id, ["push"])
    browser = visit(cast.parent_a)
    _save(browser, _page(browser, cast), without=("channel-email",))
    assert _channels(cast.parent_a) == ()
    page = _page(browser, cast)
    assert page.has("Your programme cannot remind you: you have chosen no way. It sends them to devices")
    assert not page.has("Send me one now")
    _subscribe(browser)
    assert _channels(cast.parent_a) == ("push",)


def test_what_the_installation_no_longer_has_is_closed_too(cast: Cast, visit: Visit, closed: None, app: Flask) -> None:
    programmes.choose_channels(cast.programme.id, ["text"])
    settings.choose(_party(cast.parent_a).id, Choice(channels=("text",)))
    browser = visit(cast.parent_a)
    assert _page(browser, cast).has("Send me one now")
    object.__setattr__(app.extensions["config"], "sms_url", "")
    page = _page(browser, cast)
    assert page.has("Your programme does not send reminders by text message.")
    assert not page.has("Send me one now")
    assert page.has(f"{NUMBER} is kept here.")
    assert browser.follow(browser.post(url(cast.parenting, "check-ins"))).has("Nothing was sent.")
    assert check_ins() == []


def test_off_while_no_way_is_left_keeps_what_was_chosen(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    _subscribe(browser)
    programmes.choose_channels(cast.programme.id, ["push"])
    _save(browser, _page(browser, cast), without=("wanted", "channel-push"))
    assert (_party(cast.parent_a).check_ins, _channels(cast.parent_a)) == (False, ("email", "push"))


def test_none_is_sent_by_hand_where_no_way_is_left(cast: Cast, visit: Visit) -> None:
    programmes.choose_channels(cast.programme.id, ["push"])
    browser = visit(cast.parent_a)
    assert not _page(browser, cast).has("Send me one now")
    refused = browser.follow(browser.post(url(cast.parenting, "check-ins")))
    assert refused.has("Nothing was sent.")
    assert refused.text.count(NO_EMAIL) == 1
    assert check_ins() == []


def test_who_joins_reads_it_at_once(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    programmes.choose_channels(cast.programme.id, ["push"])
    browser = visit()
    invited = propose_to(cast, ["new@example.org", None])
    page = browser.follow(accept(browser, invited.first.token))
    assert page.has(f"{NO_EMAIL} Choose another way after this: under More, Reminders.")
    assert page.has("For the code when you come back.")
    assert not page.has("For reminders, and")
