"""Forms in which people write are sent by htmx, too: what is wrong comes back as the block, what is done says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.cast import Cast
from tests.conftest import NOW
from tests.mailbox import Mailbox
from tests.visitor import Visitor
from tracker.cases.model import Guest
from tracker.db import db
from tracker.people.model import Membership
from tracker.returns.model import CaucusNote, Referral, ReturnSession
from tracker.trials import rest
from tracker.trials.model import ChangeRequest, SafetyMessage

Visit = Callable[..., Visitor]
Fields = dict[str, str]

PARTY = (
    ("contact", "contact", {"way": ""}, {"way": "call"}, "Saved. Only your mediator sees it."),
    ("reminders", "reminders", {"wanted": "yes", "check_in_at": "x"}, {"check_in_at": "20:30"}, "Saved."),
    ("prepare/goals", "prepare/goals", {"text-0": "x" * 501}, {"text-0": "Calm handoffs"}, "Saved."),
    ("safety", "safety", {"text": "x" * 2001}, {"text": "At the door."}, "Your mediator has your message, and nobody"),
    ("calendar", "changes", {"day": ""}, {"day": "2026-03-18", "with": "A"}, "Proposed. Nothing changes until"),
)
DESK = (
    ("memorandum", "memorandum", {"text": ""}, {"text": "Handoffs at the library."}, "Version 1 is put to both"),
    ("caucus-notes", "caucus-notes", {"text": ""}, {"party": "A", "text": "Tired."}, "Kept. Only you can read it."),
    ("return-session", "referrals", {"who": ""}, {"party": "A", "who": "A lawyer"}, "It stands on their Prepare page."),
    ("return-session", "guests", {"name": ""}, {"name": "Aunt", "email": "aunt@example.org"}, "Proposed: aunt@"),
    ("return-session", "return-session", {"day": ""}, {"day": "2026-03-20", "time": "14:00"}, "The return session is"),
    ("", "extensions", {"last_day": ""}, {"last_day": "2026-04-20"}, "Proposed: until"),
    ("parties", "handovers", {"to": ""}, None, ""),
)
OFFICE = (
    ("settings", "settings", {"country": ""}, {"country": "GB", "text": "Ask us."}, "Saved. It counts for every party"),
    ("keeping", "keeping", {"days": "x"}, {"days": "100"}, "Saved: 100 days."),
    ("keeping", "holds", {"reference": "x"}, None, ""),
    ("", "memberships", {"email": "x"}, {"email": "new@example.org"}, "We wrote to new@example.org"),
)
ONE = {"caucus-notes": CaucusNote, "referrals": Referral, "guests": Guest, "return-session": ReturnSession}
Case = tuple[str, str, Fields, Fields | None, str]


@pytest.mark.parametrize("case", PARTY, ids=lambda case: case[1])
def test_a_partys_form(cast: Cast, visit: Visit, mailbox: Mailbox, case: Case) -> None:
    _answers(visit(cast.parent_a), f"/trials/{cast.parenting.id}", case)
    mailbox.take()


@pytest.mark.parametrize("case", DESK, ids=lambda case: case[1])
def test_a_mediators_form(cast: Cast, visit: Visit, mailbox: Mailbox, case: Case) -> None:
    _answers(visit(cast.mediator), f"/caseload/{cast.parenting.id}", case)
    mailbox.take()


@pytest.mark.parametrize("case", OFFICE, ids=lambda case: case[1])
def test_an_administrators_form(cast: Cast, visit: Visit, mailbox: Mailbox, case: Case) -> None:
    _answers(visit(cast.administrator), "/programme", case)
    mailbox.take()


def _answers(browser: Visitor, base: str, case: Case) -> None:
    """Wrong: the block, with its mistakes to begin at. Done: the sentence, once, there or on the page that follows."""
    place, action, wrong, right, said = case
    page = browser.get(f"{base}/{place}" if place else base)
    sent = [form.get("hx-post") for form in page.all("form") if (form.get("action") or "").endswith(f"/{action}")]
    assert sent
    assert not [e for e in page.elements if e.get("name") == "form"], "it would hide from htmx which form it is in"
    assert all(sent), "without a network the browser's own page would take the place of what was typed"
    url, fields = page.form(f"/{action}")
    back = browser.post(url, fields | wrong, 422, htmx=True)
    assert back.fragment
    assert [e.get("id") for e in back.all("div") if e.get("data-focus") is not None] == ["errors"]
    if right is None:
        return
    done = browser.post(url, fields | right, 200, htmx=True)
    if done.location:
        done = browser.get(done.location, headers={"HX-Request": "true", "HX-Request-Type": "full"})
    assert done.draws(said) == "done"
    assert not browser.get(page.url).has(said)


def test_a_safety_message_that_is_sent_again_is_one_message(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser, address = visit(cast.parent_a), f"/trials/{cast.parenting.id}/safety"
    _url, fields = browser.get(address).form("/safety")
    for _ in range(2):  # the answer to the first was lost
        page = browser.post(address, fields | {"text": "At the door."}, 200, htmx=True)
        assert page.has("Your mediator has your message, and nobody else.")
    mailbox.one("mediator@example.org")
    assert db.session.query(SafetyMessage).count() == 1
    browser.post(address, fields | {"text": "At the gate, too."})
    browser.post(address, page.form("/safety")[1] | {"text": "At the door."})
    assert db.session.query(SafetyMessage).count() == 3
    visit(cast.parent_b).post(address, {"id": str(fields["id"]), "text": "At the door."})
    assert db.session.query(SafetyMessage).count() == 4
    mailbox.take()


def test_a_wish_that_is_sent_again_is_one_wish(cast: Cast, visit: Visit) -> None:
    rest.extend(cast.here(cast.parent_a, cast.parenting), date(2026, 4, 12), cast.mediator.id, NOW)
    browser, address = visit(cast.parent_a), f"/trials/{cast.parenting.id}/plan"
    page = browser.get(address)
    for _ in range(2):
        browser.submit(page, "/change-requests", text="Not on Fridays")
    assert db.session.query(ChangeRequest).count() == 1
    browser.submit(page, "/change-requests", text="Not on Fridays, nor on Mondays")
    assert db.session.query(ChangeRequest).count() == 2
    wrong = browser.post(page.form("/change-requests")[0], {"text": ""}, 422, htmx=True)
    assert wrong.fragment


@pytest.mark.parametrize("case", [one for one in DESK if one[1] in ONE], ids=lambda case: case[1])
def test_what_was_sent_again_because_its_answer_was_lost_is_one(
    cast: Cast, visit: Visit, mailbox: Mailbox, case: Case
) -> None:
    place, action, _wrong, right, said = case
    desk, address = visit(cast.mediator), f"/caseload/{cast.parenting.id}"
    page = desk.get(f"{address}/{place}")
    url, fields = page.form(f"/{action}")
    assert right is not None
    before = db.session.query(ONE[action]).count()
    seen = [desk.post(url, fields | right, 200, htmx=True) for _ in range(2)]
    assert all(answer.has(said) for answer in seen), "what is true is said, both times"
    assert db.session.query(ONE[action]).count() == before + 1
    mailbox.take()


def test_a_note_is_kept_while_another_one_is_removed(cast: Cast, visit: Visit) -> None:
    browser, address = visit(cast.mediator), f"/caseload/{cast.parenting.id}/caucus-notes"
    browser.post(address, {"party": "A", "text": "Tired."})
    page = browser.get(address)
    assert all(form.get("hx-post") for form in page.all("form") if "caucus" in (form.get("action") or ""))
    gone = browser.post(page.form("/removals")[0], {}, 200, htmx=True)
    assert gone.draws("Removed.") == "done"
    assert not gone.location, "a hop would renew the note that is being typed"
    assert db.session.query(CaucusNote).count() == 0


def test_an_invitation_is_typed_on_while_somebodys_task_ends(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    office = visit(cast.administrator)
    tasks = {one.person_id: f"/{one.id}/endings" for one in db.session.query(Membership)}
    page = office.get("/programme")
    others = office.post(page.form(tasks[cast.mediator.id])[0], {}, 200, htmx=True)
    assert others.draws("Done. This person no longer has that task here.") == "done"
    assert not others.location, "a hop would empty the invitation that is being typed"
    office.post("/programme/memberships", {"email": "second@example.org", "role": "administrator"})
    own = office.post(page.form(tasks[cast.administrator.id])[0], {}, 200, htmx=True)
    assert own.location
    assert not own.has("Add somebody"), "it is no page of theirs any more"
    mailbox.take()
