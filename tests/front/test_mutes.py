"""No more reminders by one tap in a mail program: it ends one party's, tells nobody, and does nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.checkins.evening import tick
from tests.mailbox import Mailbox
from tests.visitor import Visitor
from tracker import clock
from tracker.cases.model import Party
from tracker.checkins import mute
from tracker.db import db
from tracker.people.model import Person
from tracker.trials import safety

Visit = Callable[..., Visitor]
Travel = Callable[[datetime], None]
EVENING = datetime(2026, 3, 11, 0, 30, tzinfo=UTC)


def _party(person: Person) -> Party:
    db.session.rollback()
    return db.session.query(Party).populate_existing().filter_by(person_id=person.id).one()


def _address(mailbox: Mailbox) -> str:
    mail = next(mail for mail in mailbox.take() if mail["To"] == "parent-a@example.org")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return str(mail["List-Unsubscribe"]).strip("<>").removeprefix("http://127.0.0.1:8000")


@pytest.fixture
def address(cast: Cast, mailbox: Mailbox, travel: Travel) -> str:
    travel(EVENING)
    tick()
    return _address(mailbox)


def test_the_mail_programs_own_button(cast: Cast, visit: Visit, address: str, mailbox: Mailbox, travel: Travel) -> None:
    answer = visit().client.post(address, data={"List-Unsubscribe": "One-Click"})  # no cookie, no token
    assert answer.status_code == 200
    assert not _party(cast.parent_a).check_ins
    assert _party(cast.parent_b).check_ins
    travel(datetime(2026, 3, 12, 3, 0, tzinfo=UTC))
    tick()
    assert "parent-a@example.org" not in [mail["To"] for mail in mailbox.take()]


def test_opening_it_asks_first(cast: Cast, visit: Visit, address: str) -> None:
    anybody = visit()
    page = anybody.get(address)
    assert page.has("Nothing else changes, and the other party does not see it. You can switch them on again")
    assert page.has("Keep my reminders")
    assert _party(cast.parent_a).check_ins
    assert "Parent" not in page.html
    assert anybody.submit(page, address, 200).has("None will come.")
    assert not _party(cast.parent_a).check_ins


def test_who_holds_anothers_message_cannot_see_what_they_chose(cast: Cast, visit: Visit, address: str) -> None:
    before = visit().get(address).text
    safety.feels_unsafe(cast.here(cast.parent_a, cast.parenting), "", clock.now())
    assert not _party(cast.parent_a).check_ins
    assert visit().get(address).text == before


def test_what_else_was_chosen_stays(cast: Cast, visit: Visit, address: str) -> None:
    visit().client.post(address)
    assert _party(cast.parent_a).check_in_channels == ["email"]
    assert visit(cast.parent_a).get(f"/trials/{cast.parenting.id}/more").has("off")


def test_a_changed_address_is_nobodys(cast: Cast, visit: Visit, address: str) -> None:
    token = address.rpartition("/")[2]
    other = mute.token(Party(id=uuid4()), "tests")
    changed = ("A" if token[0] != "A" else "B") + token[1:]
    for wrong in (changed, token[:-4], other, "x", mute.token(_party(cast.parent_a), "another secret")):
        assert visit().client.post(f"/mutes/{wrong}").status_code == 404
    assert _party(cast.parent_a).check_ins
