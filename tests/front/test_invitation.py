"""From the invitation to the first answer: the steps, who may join, and as whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import pytest
from sqlalchemy import select

from tests.cast import NIGHTS, QUIET, Cast, proposed
from tests.conftest import NOW
from tests.mailbox import Mailbox, code_in, path_in
from tests.page import Page
from tests.visitor import Visitor
from tracker.cases import create as cases
from tracker.cases import invite
from tracker.cases.create import NewParty
from tracker.cases.model import Invitation, Party
from tracker.db import db, transaction
from tracker.people.model import Person
from tracker.trials import agree, find, propose
from tracker.trials.model import Acceptance, PlanVersion, Trial
from tracker.trials.state import State

Visit = Callable[..., Visitor]
NEW = "new@example.org"


class Invited(NamedTuple):
    """A proposed trial, and the invitations of its two parties."""

    trial: Trial
    parties: list[Party]
    first: Invitation
    second: Invitation


@pytest.fixture
def invited(cast: Cast) -> Invited:
    """A parenting trial that was proposed today and starts today."""
    return propose_to(cast, [NEW, None])


def propose_to(cast: Cast, emails: list[str | None], schedule: dict[str, object] | None = None) -> Invited:
    people = [
        NewParty(key, f"Parent {key}", "America/New_York", email) for key, email in zip("AB", emails, strict=True)
    ]
    with transaction():
        case, parties = cases.create(cast.programme.id, cast.mediator.id, "Holiday weeks", people, NOW)
        plan = proposed(
            "Holiday weeks", "parenting", 28, "America/New_York", schedule or {"nights": NIGHTS}, date(2026, 3, 10)
        )
        trial = propose.propose(case, plan, cast.mediator.id, NOW)
        first, second = (invite.invite(party, NOW) for party in parties)
    return Invited(trial, parties, first, second)


def walk(browser: Visitor, token: str, phone: str = "own") -> Page:
    """From the QR code to the plan."""
    page = browser.get(f"/invitations/{token}")
    page = browser.get(next(link for link in page.links() if link.endswith("/phone")))
    return browser.follow(browser.post(page.url, {"phone": phone}))


def accept(browser: Visitor, token: str, phone: str = "own") -> Page:
    return browser.submit(walk(browser, token, phone), "/acceptances")


def accepted_by(trial: Trial) -> int:
    return len(db.session.scalars(select(Acceptance).where(Acceptance.trial_id == trial.id)).all())


def joined(party: Party) -> Person | None:
    db.session.expire_all()
    row = db.session.get_one(Party, party.id)
    return db.session.get(Person, row.person_id) if row.person_id else None


def test_from_the_code_to_today(invited: Invited, visit: Visit) -> None:
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
    assert (person.name, person.email, person.timezone) == ("Parent A", NEW, "America/New_York")
    assert accepted_by(invited.trial) == 1
    assert db.session.get_one(Party, invited.parties[0].id).own_device is True


def test_it_takes_five_taps_to_today(invited: Invited, visit: Visit) -> None:
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


@pytest.mark.parametrize(
    "spelling", ["{0}", "{0[0]}{0[1]}{0[2]}{0[3]}-{0[4]}{0[5]}{0[6]}{0[7]}", " {0} ", "lower", "link"]
)
def test_the_code_opens_the_same_invitation(invited: Invited, visit: Visit, spelling: str) -> None:
    browser, code = visit(), invited.first.code
    typed = {"lower": code.lower(), "link": f"https://example.org/invitations/{invited.first.token}"}.get(
        spelling, spelling.format(code)
    )
    page = browser.submit(browser.get("/invitations"), "/invitations", code=typed)
    assert browser.follow(page).has("An invitation for Parent A")


@pytest.mark.parametrize("typed", ["", "ABCDEFGH", "x" * 1000, "ÄÖÜ"])
def test_a_wrong_code_is_said_at_the_field(invited: Invited, visit: Visit, typed: str) -> None:
    browser = visit()
    page = browser.submit(browser.get("/invitations"), "/invitations", 422, code=typed)
    assert page.has("No invitation has this code now")


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


def test_two_at_once_join_once(invited: Invited, visit: Visit) -> None:
    """Both have the plan on the screen; the second to press finds that it is over."""
    one, two = visit(), visit()
    pages = walk(one, invited.second.token), walk(two, invited.second.token)
    one.submit(pages[0], "/acceptances")
    two.submit(pages[1], "/acceptances", 404)
    assert two.client.get("/places").status_code == 303


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


def test_a_known_address_must_be_proved(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    """Whoever holds the invitation, but not the mailbox, does not become the person who has the address."""
    case = propose_to(cast, ["parent-b@example.org", None])
    browser, holder = visit(), visit()
    page = accept(browser, case.first.token, "shared")
    assert page.location == "/sign-in/code"
    assert joined(case.parties[0]) is None
    assert browser.client.get("/places").status_code == 303
    page = browser.follow(page)
    assert page.has("The address that your mediator gave is known here")
    code = code_in(mailbox.one("parent-b@example.org"))
    page = browser.submit(page, "/sign-in/code", code=code)
    page = browser.follow(page)
    assert page.has("Because others can use this phone")  # the answer about the phone is still known
    browser.submit(page, "/acceptances")
    person = joined(case.parties[0])
    assert person is not None
    assert person.id == cast.parent_b.id
    assert holder.client.get("/places").status_code == 303


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


def test_another_time_and_no_reminders(invited: Invited, visit: Visit) -> None:
    browser = visit()
    page = browser.follow(accept(browser, invited.first.token))
    assert browser.submit(page, "/reminders", 422, check_in_at="25:00").has("Write a time, such as 20:30")
    assert browser.submit(page, "/reminders", 422, email="nobody").has("Write an email address")
    browser.submit(page, "/reminders", check_in_at="07:15")
    party = db.session.get_one(Party, invited.parties[0].id, populate_existing=True)
    assert (party.check_in_at, party.check_ins) == (time(7, 15), True)
    browser.submit(page, "/reminders", button="No reminders", check_in_at="")
    assert db.session.get_one(Party, party.id, populate_existing=True).check_ins is False


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
    assert joined(invited.parties[0]).email is None  # type: ignore[union-attr]  # checked above
    assert phone.submit(page, path, 200).has("Your address is confirmed")
    assert joined(invited.parties[0]).email == "better@example.org"  # type: ignore[union-attr]  # checked above
    phone.submit(page, path, 410)
    assert phone.client.get("/places").status_code == 303  # confirming signs nobody in


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


def test_joining_is_dated(invited: Invited, visit: Visit) -> None:
    accept(visit(), invited.first.token)
    row = db.session.get_one(Invitation, invited.first.id, populate_existing=True)
    assert row.accepted_at == NOW.astimezone(UTC)
