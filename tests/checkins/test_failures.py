"""A mail server that is away, refuses, or comes back: tried again later and later, given up with a reason."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from tests.cast import Cast
from tests.checkins.evening import check_ins, tick
from tests.mailbox import Mailbox
from tracker.cases import settings
from tracker.cases.model import Party
from tracker.cases.settings import Choice
from tracker.checkins import claim
from tracker.checkins.channels import CHANNELS
from tracker.checkins.model import CheckIn
from tracker.db import transaction
from tracker.delivery.outcome import NotSent, Permanent, Temporary

Travel = Callable[[datetime], None]
PROMPT_A = datetime(2026, 3, 11, 0, 30, tzinfo=UTC)  # 20:30 in New York


def evening(cast: Cast) -> CheckIn:
    party = cast.here(cast.parent_a, cast.parenting).party
    assert party is not None
    return next(c for c in check_ins() if c.party_id == party.id and c.kind == "evening" and c.due_at == PROMPT_A)


def tick_at(travel: Travel, moment: datetime) -> None:
    """The scheduler looks, at this moment."""
    travel(moment)
    tick()


def check_in(id_: UUID) -> CheckIn:
    return next(c for c in check_ins() if c.id == id_)


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> dict[str, NotSent | None]:
    """What the mail server does with each message: takes it, or raises this."""
    said: dict[str, NotSent | None] = {"to": None}

    @contextmanager
    def opened(_config: Any) -> Any:
        def one(_notice: object, _address: str) -> None:
            if said["to"] is not None:
                raise said["to"]

        yield one

    monkeypatch.setitem(CHANNELS, "email", replace(CHANNELS["email"], opened=opened))
    return said


def test_a_server_that_is_away_is_asked_again_later_and_later(
    cast: Cast, travel: Travel, answer: dict[str, NotSent | None]
) -> None:
    answer["to"] = Temporary("ConnectionRefusedError")
    now = PROMPT_A
    for tries, wait in enumerate((1, 5, 15), 1):
        tick_at(travel, now)
        one = evening(cast)
        assert (one.tries, one.again_at, one.sent_at) == (tries, now + timedelta(minutes=wait), None)
        now += timedelta(minutes=wait)
    answer["to"] = None
    tick_at(travel, now)
    one = evening(cast)
    assert (one.sent_at, one.again_at, one.failed_at, one.reason) == (now, None, None, "")


def test_it_is_given_up_in_the_end(cast: Cast, travel: Travel, answer: dict[str, NotSent | None]) -> None:
    answer["to"] = Temporary("ConnectionRefusedError")
    now = PROMPT_A
    for wait in (0, 1, 5, 15, 60, 180):
        now += timedelta(minutes=wait)
        tick_at(travel, now)
    one = evening(cast)
    assert (one.failed_at, one.again_at, one.reason) == (now, None, "ConnectionRefusedError")


def test_one_that_is_put_off_to_a_later_time_waits_for_it(
    cast: Cast, travel: Travel, answer: dict[str, NotSent | None]
) -> None:
    """The mail server is away at 20:30; the party moves the evening's reminder to 21:30 and is left alone till then."""
    answer["to"] = Temporary("ConnectionRefusedError")
    tick_at(travel, PROMPT_A)
    made = evening(cast)
    settings.choose(made.party_id, Choice(at=time(21, 30)))
    answer["to"] = None
    for minutes in (1, 6, 59):
        tick_at(travel, PROMPT_A + timedelta(minutes=minutes))
        assert check_in(made.id).sent_at is None
    later = PROMPT_A + timedelta(hours=1)
    tick_at(travel, later)
    one = check_in(made.id)
    assert (one.sent_at, one.due_at, one.tries) == (later, later, 1)
    assert one.until == later + timedelta(days=1)
    assert [c.id for c in check_ins() if (c.party_id, c.kind, c.day) == (one.party_id, "evening", one.day)] == [one.id]


def test_an_address_that_is_refused_is_not_tried_again(
    cast: Cast, travel: Travel, answer: dict[str, NotSent | None]
) -> None:
    answer["to"] = Permanent("SMTPRecipientsRefused 550")
    tick_at(travel, PROMPT_A)
    one = evening(cast)
    assert (one.failed_at, one.again_at, one.tries) == (PROMPT_A, None, 1)
    assert one.results == {"email": "SMTPRecipientsRefused 550"}


def test_what_a_silent_holder_leaves_is_taken_by_another_with_the_same_id(
    cast: Cast, mailbox: Mailbox, travel: Travel
) -> None:
    travel(PROMPT_A)
    _looked, held = claim.take_new(send_sessions, "tests", PROMPT_A)  # and then it is killed
    mine = next(one for one in held if one.due_at == PROMPT_A)
    tick()
    assert evening(cast).sent_at is None  # the lease
    tick_at(travel, PROMPT_A + claim.LEASE)
    one = evening(cast)
    assert (one.id, one.tries) == (mine.id, 2)
    assert one.sent_at == PROMPT_A + claim.LEASE
    assert [m["Message-ID"] for m in mailbox.take()].count(f"<{mine.id}@localhost>") == 1
    assert not claim.settle(mine, sent_at=PROMPT_A)  # whom it was taken from can no longer mark it


def test_two_who_look_at_once_make_one(cast: Cast, mailbox: Mailbox, travel: Travel) -> None:
    """The same party looked at again, as if nobody had said when to look next."""
    tick_at(travel, PROMPT_A)
    before = len(check_ins())
    mailbox.take()
    with transaction() as session:
        session.execute(update(Party).values(next_check_in_at=PROMPT_A))
    tick()
    assert len(check_ins()) == before
    assert mailbox.take() == []


def send_sessions(_trials: object) -> dict[Any, datetime]:
    return {}
