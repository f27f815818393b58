"""Prepare: how long until the return session, what will be shown to whom; after the release, the summary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.party.day import url
from tests.visitor import Visitor
from tracker.returns import session
from tracker.summaries import release

Visit = Callable[..., Visitor]
NOW = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 3, 31, 14, 0, tzinfo=UTC), "in 21 days"),
        (datetime(2026, 3, 11, 14, 0, tzinfo=UTC), "tomorrow"),
        (datetime(2026, 3, 10, 22, 0, tzinfo=UTC), "today"),
    ],
)
def test_the_countdown(cast: Cast, visit: Visit, at: datetime, words: str) -> None:
    browser = visit(cast.parent_a)
    assert browser.get(url(cast.parenting, "prepare")).has("No return session yet")
    session.arrange(cast.here(cast.parent_a, cast.parenting), session.Arrangement(at, "Room 2"))
    page = browser.get(url(cast.parenting, "prepare"))
    assert page.has(words)
    assert page.has("Room 2")


def test_what_will_be_shown_and_to_whom(cast: Cast, visit: Visit) -> None:
    page = visit(cast.parent_a).get(url(cast.parenting, "prepare"))
    assert page.has("Notes marked “only me” are never shown to anybody.")


def test_the_summary_is_there_after_the_release_and_says_what_had_arrived_by_then(cast: Cast, visit: Visit) -> None:
    reader, writer = visit(cast.parent_a), visit(cast.parent_b)
    _note(cast, writer, "Before the release.", "summary", "2026-03-08")
    _note(cast, writer, "Only for B.", "me", "2026-03-07")
    assert reader.get(url(cast.parenting, "summary")).has("Not released yet")
    assert not reader.get(url(cast.parenting, "prepare")).has("Read the summary")
    release.release(cast.here(cast.parent_a, cast.parenting), cast.mediator.id, NOW)
    assert reader.get(url(cast.parenting, "prepare")).has("Released by your mediator on Tue 10 Mar.")
    page = reader.get(url(cast.parenting, "summary"))
    assert page.has("What both accounts say")
    assert page.has("Before the release.")
    assert "Only for B." not in page.html


def test_a_release_that_was_withdrawn_shows_nothing(cast: Cast, visit: Visit) -> None:
    here = cast.here(cast.parent_a, cast.parenting)
    release.release(here, cast.mediator.id, NOW)
    release.withdraw(here, NOW)
    assert visit(cast.parent_a).get(url(cast.parenting, "summary")).has("Not released yet")


def _note(cast: Cast, browser: Visitor, note: str, audience: str, day: str) -> None:
    fields = {"kind": "day", "id": str(uuid4()), "day": day, "note": note, "audience": audience}
    browser.post(url(cast.parenting, "observations"), fields)


def test_a_session_that_has_been_is_not_announced(cast: Cast, visit: Visit, travel: Callable[[datetime], None]) -> None:
    session.arrange(
        cast.here(cast.parent_a, cast.parenting),
        session.Arrangement(datetime(2026, 3, 10, 19, 0, tzinfo=UTC), "Room 2"),
    )
    file = url(cast.parenting, "return-session.ics")
    travel(datetime(2026, 3, 10, 20, 29, tzinfo=UTC))  # it takes an hour and a half
    assert file in visit(cast.parent_a).get(url(cast.parenting, "prepare")).links()
    travel(datetime(2026, 3, 10, 20, 30, tzinfo=UTC))
    page = visit(cast.parent_a).get(url(cast.parenting, "prepare"))
    assert page.has("Tue 10 Mar, 15:00")
    assert page.has("This session has been.")
    assert not page.has("You look at what happened")
    assert file not in page.links()
