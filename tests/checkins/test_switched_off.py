"""Nothing goes by a way that is switched off: not what is new, not what was claimed, not what is tried again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.cast import Cast
from tests.checkins.evening import check_ins, outlet, tick
from tests.mailbox import Mailbox
from tests.visitor import Visitor
from tracker.cases import settings
from tracker.cases.model import Party
from tracker.cases.settings import Choice
from tracker.checkins import by_hand, channels, claim
from tracker.checkins.channels import CHANNELS, Address, Channel
from tracker.checkins.model import CheckIn
from tracker.checkins.send import NOWHERE, SWITCHED_OFF
from tracker.delivery.notice import Notice, Send
from tracker.delivery.outcome import Temporary
from tracker.people import persons, programmes
from tracker.people.model import Person

Travel = Callable[[datetime], None]
Visit = Callable[..., Visitor]
EVENING = datetime(2026, 3, 11, 0, 30, tzinfo=UTC)  # 20:30 in New York
MIDDLE = datetime(2026, 3, 16, 13, 0, tzinfo=UTC)  # 09:00 in New York, the day in the middle of the parents' trial


class Ways:
    """Every way, in the place of the real ones: what went where, and what fails for now."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, UUID]] = []
        self.away: set[str] = set()

    def channel(self, name: str) -> Channel:
        """One that reaches everybody."""

        @contextmanager
        def opened(_config: object) -> Iterator[Send]:
            yield lambda notice, address: self._take(name, notice, address)

        def addresses(people: Collection[UUID], _now: datetime) -> list[tuple[UUID, Address]]:
            return [(person, Address(name, name, str(person))) for person in people]

        return Channel(addresses, opened)

    def _take(self, name: str, _notice: Notice, address: str) -> None:
        if name in self.away:
            raise Temporary("ConnectionRefusedError")
        self.sent.append((name, UUID(address)))

    def to(self, person: Person) -> list[str]:
        """By which ways something went to this person, since the last look."""
        found = [name for name, id_ in self.sent if id_ == person.id]
        self.sent = [(name, id_) for name, id_ in self.sent if id_ != person.id]
        return found


@pytest.fixture
def ways(cast: Cast, monkeypatch: pytest.MonkeyPatch, travel: Travel) -> Ways:
    """Parent A chose every way, and has got what was due until now."""
    made = Ways()
    for name in CHANNELS:
        monkeypatch.setitem(CHANNELS, name, made.channel(name))
    settings.choose(_party(cast).id, Choice(channels=tuple(CHANNELS)))
    tick()
    made.sent.clear()
    return made


def _party(cast: Cast) -> Party:
    party = cast.here(cast.parent_a, cast.parenting).party
    assert party is not None
    return party


def _evening(cast: Cast) -> CheckIn:
    return next(c for c in check_ins() if c.party_id == _party(cast).id and c.kind == "evening" and c.due_at == EVENING)


def _tick_at(travel: Travel, moment: datetime) -> None:
    travel(moment)
    tick()


@pytest.mark.parametrize("allowed", [["email"], ["push"], ["text"], ["push", "text", "feed"]])
def test_only_what_is_allowed_is_taken(cast: Cast, ways: Ways, travel: Travel, allowed: list[str]) -> None:
    programmes.choose_channels(cast.programme.id, allowed)
    _tick_at(travel, EVENING)
    assert ways.to(cast.parent_a) == [name for name in CHANNELS if name in allowed]


def test_switched_on_again_it_is_taken_as_before(cast: Cast, ways: Ways, travel: Travel) -> None:
    programmes.choose_channels(cast.programme.id, ["text"])
    _tick_at(travel, EVENING)
    programmes.choose_channels(cast.programme.id, None)
    assert ways.to(cast.parent_a) == ["text"]
    _tick_at(travel, EVENING + timedelta(days=1))
    assert set(ways.to(cast.parent_a)) == {"email", "push", "text"}


def test_what_was_claimed_before_does_not_go(cast: Cast, ways: Ways, travel: Travel) -> None:
    """Its holder falls silent, the programme switches email off, another takes it over."""
    travel(EVENING)
    out = outlet()
    _looked, held = claim.take_new(out.sessions, out.config.secret_key, EVENING)
    assert held
    programmes.choose_channels(cast.programme.id, ["push"])
    _tick_at(travel, EVENING + claim.LEASE)
    assert ways.to(cast.parent_a) == ["push"]


def test_what_is_tried_again_leaves_it_out(cast: Cast, ways: Ways, travel: Travel) -> None:
    ways.away = {"email"}
    _tick_at(travel, EVENING)
    assert ways.to(cast.parent_a) == ["push", "text"]
    programmes.choose_channels(cast.programme.id, ["push", "text"])
    ways.away = set()
    _tick_at(travel, EVENING + timedelta(minutes=1))
    assert ways.to(cast.parent_a) == []
    one = _evening(cast)
    assert (one.sent_at, one.again_at, one.failed_at) == (EVENING, None, None)


def test_where_none_is_left_nothing_goes_and_it_is_written_down_why(cast: Cast, ways: Ways, travel: Travel) -> None:
    settings.choose(_party(cast).id, Choice(channels=("email",)))
    programmes.choose_channels(cast.programme.id, ["push"])
    _tick_at(travel, EVENING)
    one = _evening(cast)
    assert (one.failed_at, one.sent_at, one.again_at, one.reason) == (EVENING, None, None, SWITCHED_OFF)
    assert ways.to(cast.parent_a) == []


def test_an_open_way_without_an_address_is_told_apart(cast: Cast, travel: Travel, mailbox: Mailbox) -> None:
    persons.drop_email(cast.parent_a.id)
    programmes.choose_channels(cast.programme.id, ["email"])
    _tick_at(travel, EVENING)
    assert _evening(cast).reason == NOWHERE
    assert mailbox.take()


def test_one_that_was_asked_for_by_hand_does_not_go_either(cast: Cast, ways: Ways, travel: Travel) -> None:
    settings.choose(_party(cast).id, Choice(channels=("email",)))
    now = EVENING - timedelta(hours=2)
    travel(now)
    by_hand.ask_now(cast.here(cast.parent_a, cast.parenting), outlet().config, now)
    programmes.choose_channels(cast.programme.id, ["push"])
    tick()
    assert ways.to(cast.parent_a) == []
    assert [one.dropped_at for one in check_ins() if one.kind == "now"] == [now]


def test_what_the_installation_lacks_is_no_way(cast: Cast, travel: Travel, mailbox: Mailbox) -> None:
    """Texts alone are chosen, and it sends none any more: that is written down as what it is, and nothing is tried."""
    persons.keep_phone(cast.parent_a.id, "+15550100123")
    settings.choose(_party(cast).id, Choice(channels=("text",)))
    now = EVENING - timedelta(hours=2)
    here = cast.here(cast.parent_a, cast.parenting)
    assert not by_hand.possible(here, outlet().config, now)
    assert channels.chosen(here, replace(outlet().config, sms_url="json://127.0.0.1:1/{number}")) == ["text"]
    _tick_at(travel, EVENING)
    assert (_evening(cast).reason, _evening(cast).results) == (SWITCHED_OFF, {})
    assert "parent-a@example.org" not in [mail["To"] for mail in mailbox.take()]


def test_the_mediators_own_message_still_comes_by_email(cast: Cast, ways: Ways, travel: Travel) -> None:
    programmes.choose_channels(cast.programme.id, ["push"])
    _tick_at(travel, MIDDLE)
    assert ways.to(cast.mediator) == ["email"]


def test_the_mediator_reads_why_a_party_gets_none(cast: Cast, ways: Ways, visit: Visit, travel: Travel) -> None:
    programmes.choose_channels(cast.programme.id, ["push"])
    _tick_at(travel, EVENING + timedelta(hours=1))
    page = visit(cast.mediator).get(f"/caseload/{cast.parenting.id}")
    assert page.has("your programme does not send the way they chose")
    assert not page.has("Parent A gets no reminders")
    assert not page.has("no address for reminders")
    for path in ("today", "calendar", "plan", "more", "reminders"):
        assert not visit(cast.parent_a).get(f"/trials/{cast.parenting.id}/{path}").has("gets no reminders")


def test_a_failure_for_now_is_given_up_once_its_way_is_off(cast: Cast, ways: Ways, travel: Travel) -> None:
    settings.choose(_party(cast).id, Choice(channels=("email",)))
    ways.away = {"email"}
    _tick_at(travel, EVENING)
    programmes.choose_channels(cast.programme.id, ["push"])
    ways.away = set()
    _tick_at(travel, EVENING + timedelta(minutes=1))
    one = _evening(cast)
    assert (one.sent_at, one.again_at, one.failed_at) == (None, None, EVENING + timedelta(minutes=1))
    assert ways.to(cast.parent_a) == []


def test_another_programme_sends_as_before(cast: Cast, ways: Ways, travel: Travel) -> None:
    programmes.choose_channels(cast.other_programme.id, ["push"])
    _tick_at(travel, EVENING)
    assert ways.to(cast.parent_a) == list(CHANNELS)
