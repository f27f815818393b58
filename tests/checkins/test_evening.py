"""An evening: each party is asked once at their own local time, once more if the day stays open, and in no words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.cast import Cast
from tests.checkins.evening import tick
from tests.mailbox import Mailbox, text_of

Travel = Callable[[datetime], None]
PROMPT_A = datetime(2026, 3, 11, 0, 30, tzinfo=UTC)  # 20:30 in New York, on 10 March
PROMPT_B = datetime(2026, 3, 11, 1, 30, tzinfo=UTC)  # 20:30 in Chicago


def of_parents(mailbox: Mailbox) -> list[str]:
    """Who of the two parents got mail since the last time."""
    return [str(mail["To"]) for mail in mailbox.take() if str(mail["To"]).startswith("parent")]


def test_each_parent_is_asked_at_their_own_half_past_eight(cast: Cast, mailbox: Mailbox, travel: Travel) -> None:
    tick()
    mailbox.take()  # what was due before, this afternoon
    travel(PROMPT_A - timedelta(seconds=1))
    tick()
    assert of_parents(mailbox) == []
    travel(PROMPT_A)
    tick()
    tick()
    assert of_parents(mailbox) == ["parent-a@example.org"]
    travel(PROMPT_B)
    tick()
    assert "parent-b@example.org" in of_parents(mailbox)


def test_the_message_gives_nothing_away(cast: Cast, mailbox: Mailbox, travel: Travel) -> None:
    travel(PROMPT_A)
    tick()
    mail = next(mail for mail in mailbox.take() if mail["To"] == "parent-a@example.org")
    assert mail["Subject"] == "You have a reminder."
    assert text_of(mail).startswith("You have a reminder.\n\nhttp://127.0.0.1:8000/check-ins/")
