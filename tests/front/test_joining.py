"""Joining: as whom, by what answer, and never without the proof that an address asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import NIGHTS, Cast, proposed
from tests.conftest import NOW
from tests.front.invited import Invited, accept, accepted_by, joined, propose_to, walk
from tests.mailbox import Mailbox, path_in
from tests.page import Page
from tests.visitor import Visitor
from tracker.cases.model import Invitation
from tracker.db import db
from tracker.trials import agree, find, propose
from tracker.trials.model import ChangeRequest
from tracker.trials.state import State

Visit = Callable[..., Visitor]


def test_the_holder_of_an_invitation_does_not_learn_whether_its_address_is_known(cast: Cast, visit: Visit) -> None:
    """Neither do they become the person who has it."""
    seen = []
    for email in ("parent-b@example.org", "nobody@example.org"):
        case = propose_to(cast, [email, None])
        browser, pages = visit(), []
        page = browser.follow(accept(browser, case.first.token))
        pages.append(page.text)
        page = browser.follow(browser.submit(page, "/reminders", button="No reminders"))
        pages += [page.text, browser.get("/devices").text, browser.get("/places").text]
        seen.append([str(text).replace(email, "").replace(str(case.trial.id), "") for text in pages])
        assert joined(case.parties[0]) not in (None, cast.parent_b)
        mail = Mailbox(browser.app.extensions["config"].data).take()
        assert [message["To"] for message in mail] == [email]
    assert seen[0] == seen[1]


def test_who_was_here_already_confirms_the_address_and_has_both(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    case = propose_to(cast, ["parent-b@example.org", None])
    phone, owner = visit(), visit(cast.parent_b)
    page = phone.follow(accept(phone, case.first.token))
    phone.submit(page, "/reminders", button="Continue")
    link = path_in(mailbox.one("parent-b@example.org"))
    assert owner.submit(owner.get(link), link, 200).has("Your address is confirmed")
    assert joined(case.parties[0]) == cast.parent_b
    assert owner.follow(owner.get("/", 303)).has("Holiday weeks")
    assert phone.client.get("/places").status_code == 303, "the newcomer's sign-in is over"


def test_who_is_signed_in_joins_as_themselves(cast: Cast, invited: Invited, visit: Visit) -> None:
    browser = visit(cast.upstairs)
    page = browser.get(f"/invitations/{invited.first.token}")
    assert page.has("You are signed in here as Upstairs, and would join as this person")
    page = browser.follow(accept(browser, invited.first.token))
    assert not page.has("Your email address")  # theirs stays as it is
    browser.submit(page, "/reminders")
    person = joined(invited.parties[0])
    assert person is not None
    assert (person.id, person.email) == (cast.upstairs.id, "upstairs@example.org")
    assert browser.follow(browser.get("/", 303)).has("Holiday weeks")  # two trials: a choice


def test_that_is_not_me(cast: Cast, invited: Invited, visit: Visit) -> None:
    browser = visit(cast.upstairs)
    page = browser.get(f"/invitations/{invited.first.token}")
    page = browser.submit(page, "/sign-out")
    assert page.location == f"/invitations/{invited.first.token}"
    assert not browser.follow(page).has("You are signed in here")


def test_the_mediator_does_not_join_by_trying_the_code(cast: Cast, invited: Invited, visit: Visit) -> None:
    browser = visit(cast.mediator)
    page = browser.get(f"/invitations/{invited.first.token}")
    assert page.has("You are signed in here as the mediator")
    assert not any(link.endswith("/phone") for link in page.links())
    browser.post(f"/invitations/{invited.first.token}/phone", {"phone": "own"})
    browser.post(f"/invitations/{invited.first.token}/acceptances", {"version": "1"})
    assert joined(invited.parties[0]) is None


def test_one_person_is_not_both_parties(invited: Invited, visit: Visit) -> None:
    browser = visit()
    accept(browser, invited.first.token)
    assert browser.get(f"/invitations/{invited.second.token}").has("You have joined already")
    browser.post(f"/invitations/{invited.second.token}/phone", {"phone": "own"})
    browser.post(f"/invitations/{invited.second.token}/acceptances", {"version": "1"})
    assert joined(invited.parties[1]) is None


def test_joining_is_dated(invited: Invited, visit: Visit) -> None:
    accept(visit(), invited.first.token)
    row = db.session.get_one(Invitation, invited.first.id, populate_existing=True)
    assert row.accepted_at == NOW.astimezone(UTC)


def test_asking_for_a_change_joins_and_accepts_nothing(invited: Invited, visit: Visit) -> None:
    browser = visit()
    page = walk(browser, invited.first.token)
    again = browser.submit(page, "/change-requests", 422, text="  ")
    assert again.has("Write what should be different")
    browser.submit(page, "/change-requests", 422, text="x" * 2001)
    assert joined(invited.parties[0]) is None
    page = browser.follow(browser.submit(page, "/change-requests", text="Handoff at six, please"))
    assert page.has("Your mediator has your wish, and nobody else")
    assert [request.text for request in agree.requests(invited.trial.id)] == ["Handoff at six, please"]
    assert accepted_by(invited.trial) == 0
    assert joined(invited.parties[0]) is not None


def test_a_plan_that_changed_meanwhile_is_not_accepted(cast: Cast, invited: Invited, visit: Visit) -> None:
    browser = visit()
    page = walk(browser, invited.first.token)
    here = find.for_mediator(cast.mediator.id, cast.programme.id, invited.trial.id)
    assert here is not None
    plan = proposed("Holiday weeks", "parenting", 14, "America/New_York", {"nights": NIGHTS}, date(2026, 3, 10))
    propose.revise(here, plan, cast.mediator.id, NOW)
    page = browser.follow(browser.submit(page, "/acceptances"))
    assert page.has("The plan has been changed in the meantime")
    assert accepted_by(invited.trial) == 0


def test_a_version_that_is_no_number_is_answered(invited: Invited, visit: Visit) -> None:
    browser = visit()
    page = browser.follow(browser.submit(walk(browser, invited.first.token), "/acceptances", version="9" * 4301))
    assert page.has("The plan has been changed in the meantime")
    assert accepted_by(invited.trial) == 0


def test_it_starts_only_when_both_accepted_the_same_version(cast: Cast, invited: Invited, visit: Visit) -> None:
    """One accepts the first version, the other the second: nothing is agreed yet."""
    one, two = visit(), visit()
    accept(one, invited.first.token)
    here = find.for_mediator(cast.mediator.id, cast.programme.id, invited.trial.id)
    assert here is not None
    plan = proposed("Holiday weeks", "parenting", 14, "America/New_York", {"nights": NIGHTS}, date(2026, 3, 10))
    propose.revise(here, plan, cast.mediator.id, NOW)
    accept(two, invited.second.token)
    now_here = find.by_id(invited.trial.id)
    assert now_here is not None
    assert now_here.state(NOW) is State.PROPOSED
    person = joined(invited.parties[0])
    assert person is not None
    agree.accept(cast.here(person, invited.trial), 2, NOW)
    now_here = find.by_id(invited.trial.id)
    assert now_here is not None
    assert now_here.state(NOW) is State.RUNNING


def test_after_the_first_day_one_can_join_but_not_accept(
    invited: Invited, visit: Visit, travel: Callable[[datetime], None]
) -> None:
    travel(NOW + timedelta(days=1))
    browser = visit()
    page = walk(browser, invited.first.token)
    assert not page.has("Ask for a change")
    page = browser.follow(browser.submit(page, "/acceptances", button="Join"))
    assert page.has("The first day has passed")
    assert accepted_by(invited.trial) == 0


def test_two_at_once_join_once(invited: Invited, visit: Visit) -> None:
    """Both have the plan on the screen; the second to press finds that it is over."""
    one, two = visit(), visit()
    pages = walk(one, invited.second.token), walk(two, invited.second.token)
    one.submit(pages[0], "/acceptances")
    two.submit(pages[1], "/acceptances", 404)
    assert two.client.get("/places").status_code == 303


@pytest.mark.parametrize(("action", "told"), [("acceptances", 1), ("change-requests", 0)])
def test_an_answer_sent_again_leads_on(invited: Invited, visit: Visit, action: str, told: int) -> None:
    """Its first sending did it all, but what the server said was lost: the form is still there, with its old token."""
    browser = visit()
    url, fields = walk(browser, invited.first.token).form(f"/{action}")
    form = fields | {"text": "Not on Wednesdays.", "csrf_token": browser.token()}
    headers = {"HX-Request": "true", "HX-Request-Type": "partial", "Sec-Fetch-Site": "same-origin"}
    first, again = (browser.client.post(url, data=form, headers=headers) for _ in range(2))
    assert (again.status_code, again.headers["HX-Location"]) == (200, first.headers["HX-Location"])
    assert accepted_by(invited.trial) == told
    assert db.session.query(ChangeRequest).count() == 1 - told
    assert browser.follow(browser.get(f"/invitations/{invited.first.token}/plan", 303)).has("When shall we remind you?")
    elsewhere = browser.client.post(url, data=form, headers=headers | {"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 400
    visit().get(f"/invitations/{invited.first.token}/plan", 404)


@pytest.mark.parametrize("first", ["acceptances", "change-requests"])
def test_another_answer_from_a_second_page_is_not_lost(invited: Invited, visit: Visit, first: str) -> None:
    browser = visit()
    page = walk(browser, invited.first.token)
    (second,) = {"acceptances", "change-requests"} - {first}

    def answer(action: str, text: str) -> Page:
        url, fields = page.form(f"/{action}")  # with the token of before the sign-in
        return browser.follow(browser.post(url, fields | {"text": text}, headers={"Sec-Fetch-Site": "same-origin"}))

    for action in (first, second):
        after = answer(action, "Not on Wednesdays.")
        assert after.has("Your mediator has your wish, and nobody else") == (action == "change-requests")
    assert accepted_by(invited.trial) == 1
    assert [one.text for one in agree.requests(invited.trial.id)] == ["Not on Wednesdays."]
    after = answer("change-requests", "x" * 2001)
    assert after.has("Write what should be different, in at most 2000 characters.")
