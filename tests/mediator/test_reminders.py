"""Check-ins that do not arrive: their mediator sees whom to call, and nobody else sees anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import Cast
from tests.checkins.evening import tick
from tests.mailbox import Mailbox
from tests.visitor import Visitor
from tracker.db import transaction
from tracker.people import persons
from tracker.people.model import Person
from tracker.returns.caseload import caseload

Visit = Callable[..., Visitor]
EVENING = datetime(2026, 3, 11, 0, 30, tzinfo=UTC)  # 20:30 in New York


@pytest.fixture
def nowhere(cast: Cast, mailbox: Mailbox, travel: Callable[[datetime], None]) -> None:
    """Parent A has no address, and has been asked; everybody has noted enough for no other need."""
    persons.drop_email(cast.parent_a.id)
    travel(EVENING)
    tick()
    mailbox.take()


@pytest.mark.usefixtures("nowhere")
def test_the_trial_page_says_who_cannot_be_reached(cast: Cast, visit: Visit) -> None:
    page = visit(cast.mediator).get(f"/caseload/{cast.parenting.id}")
    assert page.has("Parent A has no address for reminders")
    assert not page.has("Parent B has no address for reminders")


@pytest.mark.usefixtures("nowhere")
def test_the_caseload_says_so_too(cast: Cast, visit: Visit) -> None:
    rows, _left = caseload(cast.mediator.id, cast.programme.id, EVENING)
    (needs,) = [row.needs for row in rows if row.here.trial.id == cast.parenting.id]
    assert ("unreached", "Parent A", "no_address") in [(n.kind, n.party.name, n.why) for n in needs if n.party]
    assert visit(cast.mediator).get("/caseload").has("Parent A has no address for reminders")


@pytest.mark.usefixtures("nowhere")
def test_the_other_party_learns_nothing(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_b)
    for path in ("today", "calendar", "plan", "more", "reminders"):
        page = browser.get(f"/trials/{cast.parenting.id}/{path}")
        assert not page.has("no address")
        assert not page.has("do not arrive")


@pytest.mark.usefixtures("nowhere")
def test_it_is_gone_once_one_arrives(
    cast: Cast, visit: Visit, mailbox: Mailbox, travel: Callable[[datetime], None]
) -> None:
    with transaction() as session:
        session.get_one(Person, cast.parent_a.id).email = "new@example.org"
    travel(EVENING + timedelta(days=1))
    tick()
    assert "new@example.org" in [mail["To"] for mail in mailbox.take()]
    assert not visit(cast.mediator).get(f"/caseload/{cast.parenting.id}").has("no address for reminders")
