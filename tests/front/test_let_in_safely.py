"""What stays shut when a party is let in again: earlier links and addresses, notes, and what the others can tell."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from tests.cast import Cast
from tests.checkins.evening import check_ins
from tests.conftest import NOW
from tests.front.invited import joined
from tests.front.test_check_in_link import link_for
from tests.front.test_let_in import ask, come_back, party
from tests.mailbox import Mailbox
from tests.mediator.keeping import note
from tests.party.day import stored
from tests.visitor import Visitor
from tracker.cases import close, invite, settings
from tracker.checkins import mute
from tracker.db import db
from tracker.keeping.let_in import let_in
from tracker.observations.model import Observation
from tracker.pages.front.addresses import path_to_confirm
from tracker.people.model import Person
from tracker.returns import preparation
from tracker.summaries import release
from tracker.trials import rest
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]
AT_TEN = {"at": "2026-03-04T10:00:00-05:00"}
CHANGES = re.compile(r'(nonce|value|content|data-token)="[^"]*"|[0-9a-f-]{36}')  # with each look, whoever looks


def test_links_of_earlier_reminders_open_nothing(cast: Cast, visit: Visit) -> None:
    """They may lie in the mailbox of whoever took the phone; a note by such a link would be for another to read."""
    mine, theirs = (link_for(cast, person, cast.parenting) for person in (cast.parent_a, cast.parent_b))
    anybody = visit()
    page = anybody.get(mine)
    come_back(visit(), ask(cast, visit, cast.parent_a, cast.parenting).token)
    anybody.get(mine, 404)
    anybody.submit(page, "/observations", 404, button="As planned today")
    assert not stored(cast.parenting)
    assert anybody.get(theirs).has("As planned today")
    other = party(cast, cast.parent_b, cast.parenting).id
    waits = {row.party_id == other: row.again_at for row in check_ins()}
    assert waits == {True: NOW, False: None}, "none goes out that would bring a link that is dead"


def test_earlier_reminders_silence_nobody(cast: Cast, visit: Visit) -> None:
    mine, secret = party(cast, cast.parent_a, cast.parenting), "tests"
    before = mute.token(mine, secret)
    assert visit().get(f"/mutes/{before}").has("No more reminders?")
    come_back(visit(), ask(cast, visit, cast.parent_a, cast.parenting).token)
    assert visit().client.post(f"/mutes/{before}").status_code == 404
    db.session.expire_all()
    assert settings.choice(mine).wanted
    assert visit().get(f"/mutes/{mute.token(mine, secret)}").has("No more reminders?")


def test_an_address_that_the_former_one_asked_for_is_not_kept(app: Flask, cast: Cast, visit: Visit) -> None:
    mine = party(cast, cast.parent_a, cast.parenting)
    cast.parent_a.email = None
    db.session.commit()
    with app.test_request_context():
        path = path_to_confirm(cast.parent_a, "new@example.org", NOW)
    let_in(invite.invite(mine, NOW, again=True).token, None, NOW)
    visit().post(path, expect=410)
    assert db.session.query(Person).filter_by(email="new@example.org").count() == 0, "nobody's, for ever"


def test_the_address_that_the_mediator_once_had_is_not_proposed(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit()
    page = browser.get(come_back(browser, ask(cast, visit, cast.parent_a, cast.parenting).token))
    assert "parent-a@example.org" not in page.html
    browser.submit(page, "/welcome/reminders")
    assert mailbox.take() == []


def test_the_code_is_never_sent(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    """By a page that was opened before the party joined, for one."""
    ask(cast, visit, cast.parent_a, cast.parenting)
    desk, mine = visit(cast.mediator), party(cast, cast.parent_a, cast.parenting)
    desk.post(f"/caseload/{cast.parenting.id}/invitations", {"party": str(mine.id), "send": "yes"})
    assert desk.get(f"/caseload/{cast.parenting.id}/parties").has("Parent A has joined already.")
    assert mailbox.take() == []


def test_a_guest_of_the_case_does_not_come_in_by_it(cast: Cast, visit: Visit) -> None:
    made, browser = ask(cast, visit, cast.parent_a, cast.parenting), visit(cast.guest)
    assert browser.get(f"/invitations/{made.token}").has("You are signed in here as a guest.")
    browser.post(f"/invitations/{made.token}/phone", {"phone": "own"})
    browser.post(f"/invitations/{made.token}/acceptances", {"version": "1"})
    assert joined(party(cast, cast.parent_a, cast.parenting)) == cast.parent_a


def test_taking_it_back_too_late_says_so(cast: Cast, visit: Visit) -> None:
    desk, mine = visit(cast.mediator), party(cast, cast.parent_a, cast.parenting)
    made = ask(cast, visit, cast.parent_a, cast.parenting)
    page = desk.get(f"/caseload/{cast.parenting.id}/parties")
    come_back(visit(), made.token)
    page = desk.follow(desk.submit(page, "/ways-in", button="Take it back"))
    assert page.has("Too late: the code for Parent A has been used.")
    assert joined(mine) not in (None, cast.parent_a)


def test_nothing_for_its_author_alone_is_on_any_page_or_in_any_file(cast: Cast, visit: Visit) -> None:
    trial, day, last = cast.parenting, date(2026, 3, 4), None
    for text, audience in (("Hidden 1", "me"), ("Hidden 2", "me"), ("Shown", "summary"), ("Hidden 3", "me")):
        at = NOW - timedelta(hours=9)
        of = (cast, cast.parent_a, trial, day)
        last = note(*of, kind="moment", answers=AT_TEN, text=text, audience=audience, at=at, corrects=last)
    note(cast, cast.parent_a, trial, day, text="Hidden 4", audience="me", at=datetime(2026, 3, 5, 3, tzinfo=UTC))
    here = cast.here(cast.parent_a, trial)
    preparation.save(here, "goals", ["Hidden 5"], "summary", NOW - timedelta(hours=2))
    release.release(here, cast.mediator.id, NOW - timedelta(hours=1))
    preparation.save(here, "goals", ["Hidden 6"], "me", NOW)
    browser = visit()
    come_back(browser, ask(cast, visit, cast.parent_a, trial).token)
    looked = 0
    for rule in browser.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.rule.startswith("/trials/"):
            address = rule.rule.replace("<uuid:trial>", str(trial.id))
            for pattern, value in (("<[^>]*day[^>]*>", day), ("<[^>]*topic[^>]*>", "goals"), ("<[^>]*>", last)):
                address = re.sub(pattern, str(value), address)
            answers = [browser.client.get(address + query) for query in ("", "?change=yes")]
            assert not any("Hidden" in answer.text for answer in answers if answer.mimetype != "application/pdf"), (
                address
            )
            looked += answers[0].status_code == 200
    assert looked > 20
    rows = db.session.query(Observation).filter_by(trial_id=trial.id).populate_existing()
    assert sorted(row.note for row in rows) == ["", "", "", "", "Shown"]


def pages(browser: Visitor, trial: Trial) -> dict[str, str]:
    names = ("today", "calendar", "more", "plan", "prepare", "reminders", "contact", "safety", "my-data", "consents")
    return {name: CHANGES.sub("", browser.client.get(f"/trials/{trial.id}/{name}").text) for name in names}


@pytest.mark.parametrize("state", ["running", "paused", "left", "ended", "closed"])
def test_the_other_party_and_a_guest_see_no_difference(cast: Cast, visit: Visit, state: str) -> None:
    trial, here = cast.parenting, cast.here(cast.parent_a, cast.parenting)
    if state == "paused":
        rest.pause(here, cast.parent_a.id, NOW)
    if state == "left":
        rest.leave(here, NOW)
    if state in ("ended", "closed"):
        rest.end(here, cast.mediator.id, NOW)
        release.release(here, cast.mediator.id, NOW)
    if state == "closed":
        close.close(trial.case_id, NOW)
    shared, other, guest = f"/shared/{trial.id}", visit(cast.parent_b), visit(cast.guest)
    before = pages(other, trial), CHANGES.sub("", guest.client.get(shared).text)
    browser, made = visit(), invite.invite(party(cast, cast.parent_a, trial), NOW, again=True)
    come_back(browser, made.token)
    assert (pages(other, trial), CHANGES.sub("", guest.client.get(shared).text)) == before
    assert all(pages(browser, trial).values())
