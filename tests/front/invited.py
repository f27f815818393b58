"""A proposed trial with its two invitations, and the walk from the QR code to the plan's answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from tests.cast import NIGHTS, Cast, proposed
from tests.conftest import NOW
from tests.page import Page
from tests.visitor import Visitor
from tracker.cases import create as cases
from tracker.cases import invite
from tracker.cases.create import NewParty
from tracker.cases.model import Invitation, Party
from tracker.db import db, transaction
from tracker.people.model import Person
from tracker.trials import propose
from tracker.trials.model import Acceptance, Trial

Visit = Callable[..., Visitor]
NEW = "new@example.org"


class Invited(NamedTuple):
    """A proposed trial, and the invitations of its two parties."""

    trial: Trial
    parties: list[Party]
    first: Invitation
    second: Invitation


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
