"""Whoever paused or left: everybody else reads the same page, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import Cast
from tests.party.day import url
from tests.visitor import Visitor
from tracker.db import db, transaction
from tracker.trials import rest
from tracker.trials.model import Pause, Withdrawal

Visit = Callable[..., Visitor]
NOW = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)
SENTENCE = "The trial has been paused by the programme. Your mediator will be in touch."
PAGES = ("today", "calendar", "days/2026-03-09", "more", "plan", "prepare", "reminders", "confidentiality")


def _read(browser: Visitor, cast: Cast) -> list[str]:
    """What Parent A gets, without what is new on every answer: the nonce, the CSRF token and the forms' own ids."""
    fresh = r'nonce="[^"]*"|name="(csrf_token|id|handoff_id)" value="[^"]*"'
    return [re.sub(fresh, "", browser.get(url(cast.parenting, page)).html) for page in PAGES]


def _rest(cast: Cast, how: str) -> None:
    b = cast.here(cast.parent_b, cast.parenting)
    a = cast.here(cast.parent_a, cast.parenting)
    actions: dict[str, Callable[[], None]] = {
        "the reader pauses": lambda: rest.pause(a, cast.parent_a.id, NOW),
        "the other pauses": lambda: rest.pause(b, cast.parent_b.id, NOW - timedelta(hours=3)),
        "the mediator pauses": lambda: rest.pause(a, cast.mediator.id, NOW - timedelta(days=2)),
        "the other leaves": lambda: rest.leave(b, NOW - timedelta(days=1)),
    }
    actions[how]()


def _resume() -> None:
    with transaction() as session:
        session.query(Pause).delete()
        session.query(Withdrawal).delete()
    db.session.expire_all()


def test_nobody_can_tell_who_it_was(cast: Cast, visit: Visit) -> None:
    read = {}
    browser = visit(cast.parent_a)
    for how in ("the mediator pauses", "the other pauses", "the other leaves", "the reader pauses"):
        _rest(cast, how)
        read[how] = _read(browser, cast)
        _resume()
    first = read.pop("the mediator pauses")
    assert SENTENCE in first[0]
    for how, pages in read.items():
        assert pages == first, how


def test_the_screen_says_that_sentence_and_nothing_else(cast: Cast, visit: Visit) -> None:
    _rest(cast, "the other pauses")
    page = visit(cast.parent_a).get(url(cast.parenting))
    (content,) = [e for e in page.all("div") if e.get("id") == "content"]
    assert " ".join("".join(content.itertext()).split()) == f"Paused {SENTENCE}"


def test_pausing_asks_once_and_says_what_happens(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting, "pauses"))
    assert page.has("You do not have to give a reason.")
    assert page.has(SENTENCE)
    after = browser.follow(browser.submit(page, "/pauses"))
    assert after.has(SENTENCE)
    assert db.session.query(Pause).count() == 1
    assert not browser.get(url(cast.parenting, "more")).has("Pause this trial")


def test_leaving_asks_once_and_has_its_own_screen_for_who_left(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_b)
    browser.post(url(cast.parenting, "withdrawals"))
    assert db.session.query(Withdrawal).count() == 0
    page = browser.get(url(cast.parenting, "withdrawals"))
    assert page.has("This cannot be undone")
    after = browser.follow(browser.submit(page, "/withdrawals"))
    assert after.has("You have left this trial")
    assert db.session.query(Withdrawal).count() == 1
    assert visit(cast.parent_a).get(url(cast.parenting)).has(SENTENCE)


@pytest.mark.parametrize("how", ["the other pauses", "the other leaves"])
def test_a_day_from_before_can_still_be_written_about(cast: Cast, visit: Visit, how: str) -> None:
    _rest(cast, how)
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting, "days/2026-03-09"))
    assert browser.follow(browser.submit(page, "/observations", button="As planned that day")).has(
        "Saved for Mon 9 Mar."
    )
