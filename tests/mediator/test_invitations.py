"""Invitations in the room: a QR code, a code to read out, a link, and an email that gives nothing away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from tests.cast import Cast, proposed
from tests.conftest import NOW
from tests.mailbox import Mailbox, text_of
from tests.visitor import Visitor
from tracker.cases import create as cases
from tracker.cases import invite
from tracker.cases.create import NewParty
from tracker.cases.model import Invitation, Party
from tracker.db import db, transaction
from tracker.trials import propose
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]


@pytest.fixture
def trial(cast: Cast) -> Trial:
    """A proposed trial that nobody has joined."""
    people = [NewParty("A", "First neighbour", "UTC", "first@example.org"), NewParty("B", "Second neighbour", "UTC")]
    proposal = proposed("Garden wall", "open", 28, "UTC", {}, date(2026, 3, 16))
    with transaction():
        case, parties = cases.create(cast.programme.id, cast.mediator.id, "Garden wall", people, NOW)
        made = propose.propose(case, proposal, cast.mediator.id, NOW)
        for party in parties:
            invite.invite(party, NOW)
    return made


def _invitation(trial: Trial, key: str) -> Invitation:
    party = db.session.query(Party).filter_by(case_id=trial.case_id, key=key).one()
    return invite.open_invitations(trial.case_id, NOW)[party.id]


def test_each_party_has_a_qr_code_a_code_in_fours_and_a_link(cast: Cast, visit: Visit, trial: Trial) -> None:
    page = visit(cast.mediator).get(f"/caseload/{trial.id}")
    for key in ("A", "B"):
        one = _invitation(trial, key)
        assert page.has(f"{one.code[:4]} {one.code[4:]}")
        assert f"http://127.0.0.1:8000/invitations/{one.token}" in [e.get("value") for e in page.all("input")]
    boxes = [e for e in page.all("div") if (e.get("aria-label") or "").startswith("QR code of the invitation for")]
    drawings = [next(e for e in box.iter() if str(e.tag).endswith("svg")) for box in boxes]
    paths = [" ".join(e.get("d", "") for e in svg.iter() if str(e.tag).endswith("path")) for svg in drawings]
    assert len(set(paths)) == 2
    assert all(len(path) > 500 for path in paths)


def test_a_new_invitation_ends_the_one_before(cast: Cast, visit: Visit, trial: Trial) -> None:
    browser, old = visit(cast.mediator), _invitation(trial, "B")
    page = browser.get(f"/caseload/{trial.id}")
    assert "The code and the QR code that you gave out stop working." in page.asks("/invitations")
    browser.submit(page, "/invitations", button="Make a new invitation", party=str(old.party_id))
    new = _invitation(trial, "B")
    assert new.token != old.token
    assert invite.find(old.token, NOW) is None
    assert invite.find(new.code.lower(), NOW) is not None
    assert browser.get(f"/caseload/{trial.id}").has("The earlier one no longer works.")


def test_an_email_holds_the_link_and_names_nobody(app: Flask, cast: Cast, visit: Visit, trial: Trial) -> None:
    mailbox, one = Mailbox(app.extensions["config"].data), _invitation(trial, "A")
    mailbox.take()
    visit(cast.mediator).post(f"/caseload/{trial.id}/invitations", {"party": str(one.party_id), "send": "yes"})
    message = mailbox.one("first@example.org")
    assert f"/invitations/{one.token}" in text_of(message)
    assert f"{one.code[:4]} {one.code[4:]}" in text_of(message)
    for word in ("Garden", "neighbour", "Riverside", "Mediator", "mediation", "trial"):
        assert word.lower() not in (str(message["Subject"]) + str(message["From"]) + text_of(message)).lower(), word


def test_without_an_address_nothing_is_sent(app: Flask, cast: Cast, visit: Visit, trial: Trial) -> None:
    browser, one = visit(cast.mediator), _invitation(trial, "B")
    browser.post(f"/caseload/{trial.id}/invitations", {"party": str(one.party_id), "send": "yes"})
    assert browser.get(f"/caseload/{trial.id}").has("There is no email address for Second neighbour.")
    assert Mailbox(app.extensions["config"].data).take() == []


def test_whoever_has_joined_needs_no_invitation(cast: Cast, visit: Visit, trial: Trial) -> None:
    browser, one = visit(cast.mediator), _invitation(trial, "A")
    invite.join(one.token, cast.stranger, NOW)
    page = browser.get(f"/caseload/{trial.id}")
    assert page.has("First neighbour Has joined.")
    browser.post(f"/caseload/{trial.id}/invitations", {"party": str(one.party_id)})
    assert browser.get(f"/caseload/{trial.id}").has("First neighbour has joined already.")


def test_an_expired_one_can_be_renewed(cast: Cast, visit: Visit, trial: Trial, travel: Callable[..., None]) -> None:
    travel(NOW + timedelta(days=14, minutes=1))
    browser = visit(cast.mediator)
    assert browser.get(f"/caseload/{trial.id}").has("The invitation has expired.")
    party = db.session.query(Party).filter_by(case_id=trial.case_id, key="B").one()
    browser.post(f"/caseload/{trial.id}/invitations", {"party": str(party.id)})
    assert browser.get(f"/caseload/{trial.id}").has("Scan it with the phone's camera")


@pytest.mark.parametrize("party", ["", "nobody", "00000000-0000-0000-0000-000000000000"])
def test_a_party_of_another_case_is_not_found(cast: Cast, visit: Visit, trial: Trial, party: str) -> None:
    visit(cast.mediator).post(f"/caseload/{trial.id}/invitations", {"party": party}, 404)
    other = db.session.query(Party).filter_by(case_id=cast.strangers.case_id).first()
    assert other is not None
    visit(cast.mediator).post(f"/caseload/{trial.id}/invitations", {"party": str(other.id)}, 404)
