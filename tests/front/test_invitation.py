"""An invitation: its pages in their order, its code, how long it lives, and the plan in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.cast import QUIET, Cast
from tests.conftest import NOW
from tests.front.invited import NEW, Invited, accept, accepted_by, joined, propose_to, walk
from tests.mailbox import Mailbox, path_in
from tests.visitor import Visitor
from tracker.cases import invite
from tracker.cases.model import Party
from tracker.db import db
from tracker.trials.model import PlanVersion

Visit = Callable[..., Visitor]


def test_from_the_code_to_today(invited: Invited, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit()
    page = browser.get(f"/invitations/{invited.first.token}")
    for words in ("An invitation for Parent A", "Holiday weeks", "No messenger", "No court record", "28 days"):
        assert page.has(words), words
    page = browser.get(f"/invitations/{invited.first.token}/phone")
    page = browser.follow(browser.submit(page, "/phone", button="Yes, only I use it"))
    assert page.has("This trial ends on Mon 6 Apr. Trying it does not mean that you agree to keep it.")
    page = browser.submit(page, "/acceptances")
    page = browser.follow(page)
    assert page.form("/reminders")[1]["check_in_at"] == "20:30"
    assert page.form("/reminders")[1]["email"] == NEW
    page = browser.follow(browser.submit(page, "/reminders", button="Continue"))
    assert f"/trials/{invited.trial.id}/today" in page.links()
    person = joined(invited.parties[0])
    assert person is not None
    assert (person.name, person.email, person.timezone) == ("Parent A", None, "America/New_York")
    link, owner = path_in(mailbox.one(NEW)), visit()
    owner.submit(owner.get(link), link, 200)
    assert joined(invited.parties[0]).email == NEW  # type: ignore[union-attr]  # they joined above
    assert accepted_by(invited.trial) == 1
    assert db.session.get_one(Party, invited.parties[0].id).own_device is True


def test_it_takes_five_taps_to_today(invited: Invited, visit: Visit, mailbox: Mailbox) -> None:
    """With "As planned today" the first answer is saved with the sixth; at most eight are allowed."""
    browser, taps = visit(), 0
    page = browser.get(f"/invitations/{invited.first.token}")
    for pressed in ("phone", "/phone", "/acceptances", "/reminders", "today"):
        taps += 1
        if pressed == "/phone":
            page = browser.follow(browser.submit(page, pressed, button="Yes, only I use it"))
        elif pressed.startswith("/"):
            page = browser.follow(browser.submit(page, pressed))
        elif pressed == "today":
            assert any(link.endswith("/today") for link in page.links())
        else:
            page = browser.get(next(link for link in page.links() if link.endswith(pressed)))
    assert taps == 5
    mailbox.one(NEW)


@pytest.mark.parametrize(
    "spelling", ["{0}", "{0[0]}{0[1]}{0[2]}{0[3]}-{0[4]}{0[5]}{0[6]}{0[7]}", " {0} ", "lower", "link", "page"]
)
def test_the_code_opens_the_same_invitation(invited: Invited, visit: Visit, spelling: str) -> None:
    browser, code = visit(), invited.first.code
    link = f"https://example.org/invitations/{invited.first.token}"
    typed = {"lower": code.lower(), "link": link, "page": f"{link}/phone?from=mail"}.get(
        spelling, spelling.format(code)
    )
    page = browser.submit(browser.get("/invitations"), "/invitations", code=typed)
    assert browser.follow(page).has("An invitation for Parent A")


@pytest.mark.parametrize("typed", ["", "ABCDEFGH", "x" * 1000, "ÄÖÜ"])
def test_a_wrong_code_is_said_at_the_field(invited: Invited, visit: Visit, typed: str) -> None:
    browser = visit()
    page = browser.submit(browser.get("/invitations"), "/invitations", 422, code=typed)
    assert page.has("No invitation has this code now")


def test_the_code_typed_again_leads_on_who_joined_with_it(invited: Invited, visit: Visit) -> None:
    browser = visit()
    accept(browser, invited.first.token)
    for typed in (invited.first.code, f"https://example.org/invitations/{invited.first.token}"):
        page = browser.submit(browser.get("/invitations"), "/invitations", code=typed)
        assert page.location == f"/trials/{invited.trial.id}/welcome/reminders"
    other = visit()
    page = other.submit(other.get("/invitations"), "/invitations", 422, code=invited.first.code)
    assert page.has("Have you joined already? Then sign in.")
    assert "/sign-in" in page.links()


def test_fetching_pages_joins_nobody(invited: Invited, visit: Visit) -> None:
    browser = visit()
    for path in ("", "/phone", "/plan"):
        browser.client.get(f"/invitations/{invited.first.token}{path}", follow_redirects=True)
    browser.get(f"/invitations/{invited.first.token}/acceptances", 405)
    assert joined(invited.parties[0]) is None
    assert browser.client.get("/places").status_code == 303


def test_the_question_about_the_phone_comes_before_the_plan(invited: Invited, visit: Visit) -> None:
    browser = visit()
    token = invited.first.token
    assert browser.get(f"/invitations/{token}/plan", 303).location.endswith("/phone")
    assert browser.post(f"/invitations/{token}/acceptances", {"version": "1"}).location.endswith("/phone")
    assert browser.post(f"/invitations/{token}/phone", {"phone": "mine"}, 422).has("Please choose one")
    assert joined(invited.parties[0]) is None


@pytest.mark.parametrize("phone", ["shared", "other"])
def test_on_a_phone_that_others_use_the_sign_in_is_short(
    invited: Invited, visit: Visit, phone: str, travel: Callable[[datetime], None]
) -> None:
    browser = visit()
    page = walk(browser, invited.second.token, phone)
    assert page.has("Because others can use this phone")
    page = browser.follow(browser.submit(page, "/acceptances"))
    assert page.has("Without it you cannot come back after two hours")
    assert browser.follow(browser.submit(page, "/reminders")).has("no confirmed email address")
    assert db.session.get_one(Party, invited.parties[1].id).own_device is False
    travel(NOW + timedelta(hours=2, seconds=1))
    assert browser.get(f"/trials/{invited.trial.id}/welcome/return", 303).location.startswith("/sign-in")


def test_an_invitation_works_once(invited: Invited, visit: Visit) -> None:
    accept(visit(), invited.first.token)
    late = visit()
    assert late.get(f"/invitations/{invited.first.token}", 404).has("This invitation is over")
    late.post("/invitations", {"code": invited.first.code}, 422)
    late.post(f"/invitations/{invited.first.token}/acceptances", {"version": "1"}, 404)
    assert accepted_by(invited.trial) == 1


def test_an_invitation_ends_after_two_weeks(invited: Invited, visit: Visit, travel: Callable[[datetime], None]) -> None:
    browser = visit()
    travel(NOW + timedelta(days=14) - timedelta(seconds=1))
    browser.get(f"/invitations/{invited.first.token}")
    travel(NOW + timedelta(days=14))
    browser.get(f"/invitations/{invited.first.token}", 404)


def test_a_newer_invitation_replaces_the_older(invited: Invited, visit: Visit) -> None:
    newer = invite.invite(invited.parties[0], NOW)
    visit().get(f"/invitations/{invited.first.token}", 404)
    visit().get(f"/invitations/{newer.token}")


def test_the_noise_plan_in_words(cast: Cast, visit: Visit) -> None:
    quiet = propose_to(
        cast,
        [None, None],
        {"quiet_hours": QUIET, "milestones": [{"key": "pads", "text": "Felt pads", "due": "2026-03-20"}]},
    )
    page = walk(visit(), quiet.first.token)
    assert page.has("Sunday to Thursday, 22:00 to 07:00")
    assert page.has("Friday and Saturday, 23:00 to 08:00")
    assert page.has("Fri 20 Mar: Felt pads")


def test_the_parenting_plan_in_words(invited: Invited, visit: Visit) -> None:
    page = walk(visit(), invited.first.token)
    assert page.has("14 nights with Parent A, 14 nights with Parent B")
    assert page.has("Wed 11 Mar, 17:30: handoff to Parent A")  # BB on 9 and 10 March
    assert page.has("Place: School gate")
    assert page.has("You notice it by: In bed with the light off")
    plan = db.session.scalars(select(PlanVersion).where(PlanVersion.trial_id == invited.trial.id)).one()
    assert plan.starts_on == date(2026, 3, 10)
