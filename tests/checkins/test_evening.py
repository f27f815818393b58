"""An evening: each party is asked once at their own local time, once more if the day stays open, and in no words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.cast import Cast
from tests.checkins.evening import check_ins, outlet, tick
from tests.mailbox import Mailbox, text_of
from tracker.cases import settings
from tracker.cases.model import Party
from tracker.cases.settings import Choice, choice
from tracker.checkins import by_hand, link
from tracker.db import db
from tracker.errors import Refused
from tracker.observations import record
from tracker.plans.entry import Entry
from tracker.trials import rest, safety
from tracker.trials.here import Here

Travel = Callable[[datetime], None]
PROMPT_A = datetime(2026, 3, 11, 0, 30, tzinfo=UTC)  # 20:30 in New York, on 10 March
PROMPT_B = datetime(2026, 3, 11, 1, 30, tzinfo=UTC)  # 20:30 in Chicago
HOUR = timedelta(hours=1)
DAILY = ("evening", "follow_up", "gentle")


@pytest.fixture
def parents(cast: Cast, mailbox: Mailbox) -> Callable[[], list[str]]:
    """Tick now; who of the two parents is asked for a day by it. What is due before is out of the way."""
    tick()
    mailbox.take()

    def asked() -> list[str]:
        before = {one.id for one in check_ins() if one.sent_at}
        tick()
        mailbox.take()
        names = {party.id: party.name for party in db.session.scalars(select(Party))}
        new = [names[one.party_id] for one in check_ins() if one.sent_at and one.id not in before and one.kind in DAILY]
        return [name.lower().replace(" ", "-") for name in new if name.startswith("Parent")]

    return asked


def log(here: Here, day: date, now: datetime) -> None:
    """The party notes a day as planned."""
    terms = {"bedtime": "kept", "homework": "kept", "call": "kept"}
    record.record(here, Entry(uuid4(), "", "day", day, now, {"terms": terms}), now)


def test_each_is_asked_at_their_own_half_past_eight(parents: Callable[[], list[str]], travel: Travel) -> None:
    travel(PROMPT_A - timedelta(seconds=1))
    assert parents() == []
    travel(PROMPT_A)
    assert parents() == ["parent-a"]
    assert parents() == []
    travel(PROMPT_B)
    assert "parent-b" in parents()


def test_an_open_day_is_asked_for_once_more(parents: Callable[[], list[str]], travel: Travel) -> None:
    travel(PROMPT_A)
    parents()
    for minutes, expected in ((59, []), (60, ["parent-a"]), (120, []), (230, [])):
        travel(PROMPT_A + timedelta(minutes=minutes))
        assert [name for name in parents() if name == "parent-a"] == expected


def test_a_day_that_is_logged_is_not_asked_for(cast: Cast, parents: Callable[[], list[str]], travel: Travel) -> None:
    log(cast.here(cast.parent_a, cast.parenting), date(2026, 3, 10), PROMPT_A - HOUR)
    travel(PROMPT_A)
    assert parents() == []
    travel(PROMPT_B)
    assert parents() == ["parent-b"]
    log(cast.here(cast.parent_b, cast.parenting), date(2026, 3, 10), PROMPT_B + HOUR / 2)
    travel(PROMPT_B + HOUR)
    assert parents() == []


def test_none_while_paused_and_none_about_the_pause(
    cast: Cast, parents: Callable[[], list[str]], travel: Travel
) -> None:
    here = cast.here(cast.parent_b, cast.parenting)
    rest.pause(here, cast.parent_b.id, PROMPT_A - HOUR)
    for moment in (PROMPT_A, PROMPT_B, PROMPT_B + HOUR):
        travel(moment)
        assert parents() == []
    rest.resume(cast.here(cast.parent_a, cast.parenting), PROMPT_B + 2 * HOUR)
    travel(PROMPT_B + 2 * HOUR)
    assert parents() == []  # that evening was paused
    travel(PROMPT_A + timedelta(days=1))
    assert parents() == ["parent-a"]


def test_who_left_or_feels_unsafe_is_not_asked(cast: Cast, parents: Callable[[], list[str]], travel: Travel) -> None:
    safety.feels_unsafe(cast.here(cast.parent_a, cast.parenting), "", PROMPT_A - HOUR)
    travel(PROMPT_A)
    assert parents() == []
    travel(PROMPT_B)
    assert parents() == ["parent-b"]
    rest.leave(cast.here(cast.parent_b, cast.parenting), PROMPT_B)
    travel(PROMPT_B + HOUR)
    assert parents() == []


def test_none_after_an_early_end(cast: Cast, parents: Callable[[], list[str]], travel: Travel) -> None:
    rest.end(cast.here(cast.parent_a, cast.parenting), cast.mediator.id, PROMPT_A - HOUR)
    for moment in (PROMPT_A, PROMPT_B, PROMPT_B + HOUR):
        travel(moment)
        assert parents() == []


def test_another_time_counts_at_once(cast: Cast, parents: Callable[[], list[str]], travel: Travel) -> None:
    """Earlier or later than what is planned already; another weekday; none at all; every third day."""
    party = cast.here(cast.parent_a, cast.parenting).party
    assert party is not None
    settings.choose(party.id, Choice(at=time(19)))
    travel(PROMPT_A - 1.5 * HOUR)
    assert parents() == ["parent-a"]
    travel(PROMPT_A + timedelta(days=1))
    settings.choose(party.id, Choice(at=time(21, 30)))
    assert "parent-a" not in parents()  # and 19:00 is yesterday's, which was asked for
    travel(PROMPT_A + timedelta(days=1) + HOUR)
    assert "parent-a" in parents()
    settings.choose(party.id, Choice(days=frozenset({5})))  # 13 March
    for day, expected in ((12, False), (13, True), (14, False)):
        travel(datetime(2026, 3, day + 1, 0, 30, tzinfo=UTC))
        assert ("parent-a" in parents()) is expected, day
    settings.choose(party.id, Choice(every=3))
    asked = []
    for day in range(15, 24):
        travel(datetime(2026, 3, day + 1, 0, 30, tzinfo=UTC))
        asked += [day] if "parent-a" in parents() else []
    assert asked == [17, 20, 23]


@pytest.mark.parametrize("wrong", [{"days": frozenset()}, {"every": 2}, {"wording": "loud"}, {"days": frozenset({8})}])
def test_a_wrong_choice_is_refused(cast: Cast, wrong: dict[str, object]) -> None:
    party = cast.here(cast.parent_a, cast.parenting).party
    assert party is not None
    with pytest.raises(Refused):
        settings.choose(party.id, Choice(**wrong))  # type: ignore[arg-type]  # on purpose
    assert choice(party) == Choice()


def test_a_handoff_is_asked_about_later_unless_it_is_noted(
    cast: Cast, parents: Callable[[], list[str]], travel: Travel
) -> None:
    """2-2-3 from Monday 2 March: the child changes homes on Wednesday 11 March at 17:30 in New York."""
    handoff = datetime(2026, 3, 11, 21, 30, tzinfo=UTC)
    travel(handoff + timedelta(minutes=44))
    parents()
    answers = {"outcome": "on_time"}
    entry = Entry(uuid4(), "", "handoff", date(2026, 3, 11), handoff, answers)
    here = cast.here(cast.parent_a, cast.parenting)
    entry_party = here.party
    assert entry_party is not None
    record.record(here, entry, handoff + timedelta(minutes=44))
    travel(handoff + timedelta(minutes=45))
    parents()
    (one,) = [one for one in check_ins() if one.kind == "handoff" and one.day == date(2026, 3, 11)]
    assert one.party_id != entry_party.id
    assert one.sent_at == handoff + timedelta(minutes=45)


def test_the_message_gives_nothing_away(cast: Cast, mailbox: Mailbox, travel: Travel) -> None:
    travel(PROMPT_A)
    tick()
    mail = next(mail for mail in mailbox.take() if mail["To"] == "parent-a@example.org")
    assert mail["Subject"] == "You have a reminder."
    assert mail["From"] == "Reminders <reminders@localhost>"
    assert text_of(mail).startswith("You have a reminder.\n\nhttp://127.0.0.1:8000/check-ins/")
    token = text_of(mail).split("/check-ins/")[1].split()[0]
    found = link.find(token)
    assert found is not None
    assert (found.kind, found.about) == ("evening", date(2026, 3, 10))
    assert mail["Message-ID"] == f"<{found.id}@localhost>"
    assert link.find("nothing") is None


def test_send_me_one_now(cast: Cast, mailbox: Mailbox, travel: Travel) -> None:
    """Also on a day that is logged; again, and it is another message."""
    tick()
    mailbox.take()
    here = cast.here(cast.parent_a, cast.parenting)
    now = PROMPT_A - 3 * HOUR
    log(here, date(2026, 3, 10), now)
    travel(now)
    tick()
    mailbox.take()
    ids = set()
    for _ in range(2):
        by_hand.ask_now(here, outlet().config, now)
        tick()
        ids |= {mail["Message-ID"] for mail in mailbox.take() if mail["To"] == "parent-a@example.org"}
    assert len(ids) == 2


def paused(cast: Cast) -> None:
    rest.pause(cast.here(cast.parent_b, cast.parenting), cast.parent_b.id, PROMPT_A - 3 * HOUR)


def left(cast: Cast) -> None:
    rest.leave(cast.here(cast.parent_a, cast.parenting), PROMPT_A - 3 * HOUR)


def unsafe(cast: Cast) -> None:
    safety.feels_unsafe(cast.here(cast.parent_a, cast.parenting), "", PROMPT_A - 3 * HOUR)


def ended(cast: Cast) -> None:
    rest.end(cast.here(cast.parent_a, cast.parenting), cast.mediator.id, PROMPT_A - 3 * HOUR)


@pytest.mark.parametrize("stops", [paused, left, unsafe, ended])
def test_what_was_asked_for_by_hand_does_not_leave_once_the_trial_rests(
    cast: Cast, mailbox: Mailbox, travel: Travel, stops: Callable[[Cast], None]
) -> None:
    now = PROMPT_A - 3 * HOUR
    travel(now)
    tick()
    mailbox.take()
    by_hand.ask_now(cast.here(cast.parent_a, cast.parenting), outlet().config, now)
    stops(cast)
    assert tick().figures == {"dropped": 1}
    assert mailbox.take() == []
    with pytest.raises(Refused, match="rests"):
        by_hand.ask_now(cast.here(cast.parent_a, cast.parenting), outlet().config, now)
