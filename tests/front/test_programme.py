"""The administrator's page: people, and counts without content."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import NOW
from tests.mailbox import Mailbox, path_in, text_of
from tests.visitor import Visitor
from tracker.db import db
from tracker.delivery import email
from tracker.errors import Refused
from tracker.people import memberships, persons, second_step
from tracker.people.model import Membership

Visit = Callable[..., Visitor]


def test_it_shows_people_and_counts_and_nothing_of_the_trials(cast: Cast, visit: Visit) -> None:
    page = visit(cast.administrator).get("/programme")
    for words in ("Riverside Mediation", "Mediator", "Other mediator", "Administrator", "3 in all"):
        assert page.has(words), words
    for words in (
        "School weeks",
        "Maple Street",
        "Shared garden",
        "Parent A",
        "Upstairs",
        "Stranger",
        "Hillside",
        "Outsider",
    ):
        assert not page.has(words), words
    counts = {row.findtext("dt"): row.findtext("dd") for row in page.all("div") if row.find("dt") is not None}
    assert counts["Running"] == "3"
    assert counts["Ended"] == "0"


def test_a_mediator_is_added_and_told_how_to_sign_in(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit(cast.administrator)
    page = browser.submit(
        browser.get("/programme"), "/programme/memberships", email="New.One@example.org", name="New mediator"
    )
    assert browser.follow(page).has("We wrote to new.one@example.org")
    message = mailbox.one("new.one@example.org")
    assert path_in(message) == "/sign-in"
    assert cast.programme.name not in text_of(message)
    person = persons.by_email("new.one@example.org")
    assert person is not None
    assert (person.name, memberships.roles_of(person.id)) == ("New mediator", ["mediator"])
    visit(person).get("/caseload")


def test_twice_is_the_same_as_once(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit(cast.administrator)
    for _ in range(2):
        browser.post("/programme/memberships", {"email": "mediator@example.org", "role": "mediator", "name": "Other"})
    assert len(mailbox.take()) == 2
    found = [person.name for _m, person in memberships.people_of(cast.programme.id) if person.id == cast.mediator.id]
    assert found == ["Mediator"]  # a known person keeps the name


def test_an_invitation_whose_answer_was_lost_is_one_mail(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit(cast.administrator)
    old = browser.get("/programme")
    for _ in range(2):
        done = browser.submit(old, "/programme/memberships", email="new@example.org")
    assert browser.follow(done).has("new@example.org has that task already. If no email came, add them once more.")
    assert len(mailbox.take()) == 1
    browser.submit(browser.get("/programme"), "/programme/memberships", email="new@example.org")
    assert len(mailbox.take()) == 1, "who is added once more later is written to once more"
    browser.submit(old, "/programme/memberships", email="other@example.org")
    assert len(mailbox.take()) == 1, "typed into an old page, but somebody else"


def test_two_administrators_who_end_each_others_task_at_once_leave_one(cast: Cast, app: Flask) -> None:
    memberships.add(cast.programme, cast.mediator, "administrator", NOW)
    both = [one.id for one, _p in memberships.people_of(cast.programme.id) if one.role == "administrator"]
    programme, turn = cast.programme.id, Barrier(2)
    db.session.remove()

    def end(membership: UUID) -> None:
        with app.app_context():
            memberships.people_of(programme)  # each has its connection
            turn.wait()
            with suppress(Refused):
                memberships.end(programme, membership, NOW)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(end, both))
    left = [one for one, _p in memberships.people_of(programme) if one.role == "administrator"]
    assert len(left) == 1


@pytest.mark.parametrize(("email_", "role"), [("nobody", "mediator"), ("", "mediator"), ("a@example.org", "owner")])
def test_what_is_wrong_is_said_and_kept(cast: Cast, visit: Visit, email_: str, role: str) -> None:
    browser = visit(cast.administrator)
    form = {"email": email_, "role": role, "name": "Typed name"}
    page = browser.post("/programme/memberships", form, 422)
    assert page.html.index('id="errors"') < page.html.index("Mediators")
    assert page.form("/programme/memberships")[1]["name"] == "Typed name"
    assert page.form("/programme/memberships")[1]["email"] == email_


def test_a_mail_server_that_fails_loses_nothing(cast: Cast, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise email.Temporary("ConnectionRefusedError")

    monkeypatch.setattr(email, "send", fail)
    browser = visit(cast.administrator)
    page = browser.post("/programme/memberships", {"email": "new@example.org", "role": "mediator"})
    assert browser.follow(page).has("could not be sent: please tell them")
    assert persons.by_email("new@example.org") is not None


def membership_of(cast: Cast, person_id: object) -> Membership:
    return db.session.query(Membership).filter_by(person_id=person_id, ended_at=None).one()


def test_a_membership_ends_and_the_pages_close(cast: Cast, visit: Visit) -> None:
    browser, mediator = visit(cast.administrator), visit(cast.mediator)
    mediator.get("/caseload")
    page = browser.get("/programme")
    path = f"/programme/memberships/{membership_of(cast, cast.mediator.id).id}/endings"
    assert browser.follow(browser.submit(page, path)).has("no longer has that task")
    mediator.get("/caseload", 404)
    mediator.get(f"/caseload/{cast.parenting.id}", 404)
    visit(cast.other_mediator).get("/caseload")
    assert browser.follow(browser.post(path, {})).has("This had ended already")


def test_the_last_administrator_stays(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.administrator)
    path = f"/programme/memberships/{membership_of(cast, cast.administrator.id).id}/endings"
    assert browser.follow(browser.post(path, {})).has("Somebody must stay")
    memberships.add(cast.programme, cast.mediator, "administrator", cast.programme.created_at)
    browser.post(path, {})
    browser.get("/programme", 404)


def test_another_programmes_memberships_are_out_of_reach(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.administrator)
    theirs = membership_of(cast, cast.outsider.id).id
    for unknown in (theirs, uuid4()):
        browser.follow(browser.post(f"/programme/memberships/{unknown}/endings", {}))
    visit(cast.outsider).get("/caseload")


def test_adding_an_address_tells_nothing_of_whose_it_is(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    """An administrator types a party's address, and that of nobody: the page says the same of both."""
    office, shown = visit(cast.administrator), {}
    for address in ("parent-a@example.org", "nobody@example.org"):
        office.post("/programme/memberships", {"email": address, "role": "mediator"})
        page = office.get("/programme")
        assert not page.has("Parent A")
        (item,) = [one for one in page.all("li") if address in "".join(one.itertext())]
        shown[address] = " ".join("".join(item.itertext()).split()).replace(address.split("@", maxsplit=1)[0], "X")
    assert len(set(shown.values())) == 1, shown
    assert len(mailbox.take()) == 2


def test_who_was_added_without_knowing_it_keeps_their_proofs(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    """Another programme's mediator: adding their address here must not open a way to take their second step away."""
    second_step.new_codes(cast.outsider.id, NOW)
    assert second_step.keep_codes(cast.outsider.id, second_step.shown(cast.outsider.id))
    office = visit(cast.administrator)
    office.post("/programme/memberships", {"email": "outsider@example.org", "role": "administrator"})
    (theirs,) = db.session.query(Membership).filter_by(person_id=cast.outsider.id, programme_id=cast.programme.id)
    path = f"/programme/memberships/{theirs.id}/second-step-resets"
    office.post(path, {}, 404)
    assert second_step.ways(cast.outsider.id).codes
    visit(cast.outsider).get("/programme")  # now they have come in, by themselves
    assert office.get("/programme").has("Outsider")
    office.post(path, {})
    assert not second_step.ways(cast.outsider.id).codes
    assert len(mailbox.take()) == 2
