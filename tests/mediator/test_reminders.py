"""Check-ins that do not arrive: their mediator sees whom to call, and nobody else sees anything."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.cast import Cast
from tests.checkins.evening import tick
from tests.mailbox import Mailbox
from tests.visitor import Visitor
from tracker.cases import settings
from tracker.cases.model import Party
from tracker.cases.settings import Choice
from tracker.checkins.channels import CHANNELS, Address, Channel
from tracker.db import db, transaction
from tracker.delivery.notice import Send
from tracker.delivery.outcome import Gone, NotSent, Permanent, Temporary
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
    assert page.has("Parent A: no address for reminders, last on Tue 10 Mar")
    assert not page.has("Parent B: no address")


@pytest.mark.usefixtures("nowhere")
def test_the_caseload_says_so_too(cast: Cast, visit: Visit) -> None:
    rows, _left = caseload(cast.mediator.id, cast.programme.id, EVENING)
    (needs,) = [row.needs for row in rows if row.here.trial.id == cast.parenting.id]
    assert ("unreached", "Parent A", "no_address") in [(n.kind, n.party.name, n.why) for n in needs if n.party]
    assert visit(cast.mediator).get("/caseload").has("Parent A: no address for reminders, last on Tue 10 Mar")


@pytest.mark.usefixtures("nowhere")
def test_whoever_wants_none_lacks_no_address(cast: Cast, visit: Visit) -> None:
    party = cast.here(cast.parent_a, cast.parenting).party
    assert party is not None
    settings.remind_at(party.id, party.check_in_at, wanted=False)
    assert not visit(cast.mediator).get(f"/caseload/{cast.parenting.id}").has("no address for reminders")


@pytest.mark.usefixtures("nowhere")
def test_the_other_party_learns_nothing(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_b)
    for path in ("today", "calendar", "plan", "more", "reminders"):
        page = browser.get(f"/trials/{cast.parenting.id}/{path}")
        assert not page.has("no address")
        assert not page.has("did not get through")


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ({"email": Permanent("SMTPRecipientsRefused 550")}, "Parent A: the email address is refused"),
        ({"email": Permanent("SMTPDataError 554")}, "Parent A: the mail server does not take reminders"),
        ({"push": Gone("push service: 410")}, "Parent A: the device takes no reminders any more"),
        ({"email": Temporary("ConnectionRefusedError")}, "Parent A: reminders did not get through"),
        # The address that the mediator can ask for says more than the device that is gone, and counts although it came.
        ({"email": Permanent("SMTPRecipientsRefused 550"), "push": Gone("push service: 410")}, "the email address is"),
        ({"email": Permanent("SMTPRecipientsRefused 550"), "push": None}, "Parent A: the email address is refused"),
        ({"email": None, "push": Gone("push service: 410")}, ""),
    ],
)
def test_the_reason_is_said_in_words(
    cast: Cast,
    visit: Visit,
    travel: Callable[[datetime], None],
    monkeypatch: pytest.MonkeyPatch,
    results: dict[str, NotSent | None],
    said: str,
) -> None:
    for name in ("email", "push"):
        monkeypatch.setitem(CHANNELS, name, _answering(name, results.get(name), there=name in results))
    for party in db.session.scalars(select(Party)):
        settings.choose(party.id, Choice(channels=("email", "push")))
    for minutes in (0, 1, 6, 21, 81, 261):  # every try
        travel(EVENING + timedelta(minutes=minutes))
        tick()
    page, start = visit(cast.mediator).get(f"/caseload/{cast.parenting.id}"), "What may need a call"
    assert page.has(said) if said else not page.has("Parent A: the ")
    assert page.has(start) or not said


def _answering(name: str, error: NotSent | None, *, there: bool) -> Channel:
    """A way that everybody can be reached by, or nobody, and that takes every message or raises this for each."""

    @contextmanager
    def opened(_config: object) -> Iterator[Send]:
        def one(_notice: object, _address: str) -> None:
            if error is not None:
                raise error

        yield one

    def addresses(people: Collection[UUID], _now: datetime) -> list[tuple[UUID, Address]]:
        return [(person, Address(name, name, name)) for person in people] if there else []

    return Channel(addresses, opened)


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
