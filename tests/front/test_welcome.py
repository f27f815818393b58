"""After joining: the reminder's time, and an address that its owner has confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

from tests.cast import Cast
from tests.conftest import NOW
from tests.front.invited import Invited, accept, joined
from tests.mailbox import Mailbox, path_in
from tests.visitor import Visitor
from tracker.cases.model import Party
from tracker.db import db
from tracker.pages.front.addresses import path_to_confirm
from tracker.people.model import Person

Visit = Callable[..., Visitor]


def test_another_time_and_no_reminders(invited: Invited, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit()
    page = browser.follow(accept(browser, invited.first.token))
    assert browser.submit(page, "/reminders", 422, check_in_at="25:00").has("Write a time, such as 20:30.")
    assert browser.submit(page, "/reminders", 422, email="nobody").has("Write an email address")
    browser.submit(page, "/reminders", check_in_at="07:15")
    party = db.session.get_one(Party, invited.parties[0].id, populate_existing=True)
    assert (party.check_in_at, party.check_ins) == (time(7, 15), True)
    browser.submit(page, "/reminders", button="No reminders", check_in_at="")
    assert db.session.get_one(Party, party.id, populate_existing=True).check_ins is False
    assert len(mailbox.take()) == 2, "the address that the mediator gave is asked each time"


def test_another_address_counts_when_its_owner_agrees(
    invited: Invited, visit: Visit, mailbox: Mailbox, travel: Callable[[datetime], None]
) -> None:
    browser, phone = visit(), visit()
    page = browser.follow(accept(browser, invited.first.token))
    page = browser.submit(page, "/reminders", email="Better@example.org")
    assert browser.follow(page).has("We wrote to better@example.org")
    path = path_in(mailbox.one("better@example.org"))
    person = joined(invited.parties[0])
    assert person is not None
    assert person.email is None  # the mediator's address was not wanted: it opens nothing any more
    page = phone.get(path)
    assert page.has("If it is not, do nothing.")
    assert "/" in page.links()
    assert joined(invited.parties[0]).email is None  # type: ignore[union-attr]  # checked above
    assert phone.submit(page, path, 200).has("Your address is confirmed")
    assert joined(invited.parties[0]).email == "better@example.org"  # type: ignore[union-attr]  # checked above
    assert phone.submit(page, path, 200).has("Your address is confirmed"), "sent again after a lost answer"
    other = path_to_confirm(joined(invited.parties[0]), "other@example.org", NOW)  # type: ignore[arg-type]  # checked above
    phone.post(other, {}, 410)
    assert phone.client.get("/places").status_code == 303  # confirming signs nobody in


def test_an_address_that_was_mistyped_is_put_right_from_the_next_page(
    invited: Invited, visit: Visit, mailbox: Mailbox
) -> None:
    browser = visit()
    page = browser.follow(accept(browser, invited.second.token))
    page = browser.follow(browser.submit(page, "/reminders", email="bteter@example.org"))
    assert page.has("Write it under Devices and sign-in")
    assert "/devices" in page.links()
    browser.submit(browser.get("/devices"), "/addresses", email="better@example.org")
    assert {message["To"] for message in mailbox.take()} == {"bteter@example.org", "better@example.org"}


def test_a_confirming_link_ends_after_a_day(
    invited: Invited, visit: Visit, mailbox: Mailbox, travel: Callable[[datetime], None]
) -> None:
    browser = visit()
    browser.submit(browser.follow(accept(browser, invited.second.token)), "/reminders", email="better@example.org")
    path = path_in(mailbox.one("better@example.org"))
    travel(NOW + timedelta(days=1))
    browser.get(path, 410)
    browser.post(path, {}, 410)
    browser.get(path[:-3] + "abc", 410)


def test_an_address_of_somebody_else_is_not_taken_over(
    cast: Cast, invited: Invited, visit: Visit, mailbox: Mailbox
) -> None:
    """Neither does the page tell that it is somebody's: that is learnt only in that mailbox."""
    browser = visit()
    page = browser.submit(
        browser.follow(accept(browser, invited.second.token)), "/reminders", email="mediator@example.org"
    )
    assert browser.follow(page).has("We wrote to mediator@example.org")
    path = path_in(mailbox.one("mediator@example.org"))
    browser.post(path, {}, 410)
    assert db.session.get_one(Person, cast.mediator.id, populate_existing=True).email == "mediator@example.org"


def test_no_address_at_all(invited: Invited, visit: Visit) -> None:
    browser = visit()
    browser.submit(browser.follow(accept(browser, invited.first.token)), "/reminders", email="")
    assert joined(invited.parties[0]).email is None  # type: ignore[union-attr]  # they joined above


def test_without_an_address_nobody_is_sent_for_a_code(invited: Invited, visit: Visit) -> None:
    browser = visit()
    page = accept(browser, invited.first.token, phone="shared")
    page = browser.follow(browser.submit(browser.follow(page), "/reminders", email=""))
    assert page.has("sign in with a recovery code")
    assert not page.has("ask for a code")
