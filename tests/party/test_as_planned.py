"""As planned today: one tap from Today, and nothing to do afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from tests.cast import Cast
from tests.conftest import NOW
from tests.party.day import KEPT, stored, url
from tests.visitor import Visitor

Visit = Callable[..., Visitor]


def test_one_tap_keeps_every_term_and_says_so(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting))
    assert page.has("Tuesday 10 Mar")
    assert page.has("Day 9 of 28")
    assert page.has("Tonight is a night with Parent B")
    after = browser.follow(browser.submit(page, "/observations", button="As planned today"))
    (one,) = stored(cast.parenting)
    assert (one.kind, one.day, one.answers, one.audience) == ("day", date(2026, 3, 10), {"terms": KEPT}, "mediator")
    assert after.has("Saved. See you tomorrow evening.")
    assert after.has("1 of 9 days written")
    assert after.has("Change what you wrote")
    assert "As planned today" not in after.text


def test_the_next_look_still_has_nothing_to_do(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    browser.submit(browser.get(url(cast.parenting)), "/observations", button="As planned today")
    browser.get(url(cast.parenting))
    again = browser.get(url(cast.parenting))
    assert again.has("Today is saved. See you tomorrow evening.")
    assert not any(form.get("action", "").endswith("/observations") for form in again.all("form"))


def test_it_answers_every_term_whatever_was_tapped_before(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting))
    typed: dict[str, Any] = {
        "term-bedtime": "not_kept",
        "note": "Asleep at eight.",
        "audience": "summary",
        "child": "4",
        "night": "B",
    }
    browser.submit(page, "/observations", button="As planned today", **typed)
    (one,) = stored(cast.parenting)
    assert one.answers == {"terms": KEPT, "night": "B", "child": 4}
    assert (one.note, one.audience) == ("Asleep at eight.", "summary")


def test_enter_in_a_field_is_never_as_planned(cast: Cast, visit: Visit) -> None:
    """The first button of a form is the one that Enter presses."""
    page = visit(cast.parent_a).get(url(cast.parenting))
    form = next(form for form in page.all("form") if form.get("action", "").endswith("/observations"))
    first = next(element for element in form.iter() if element.tag == "button")
    assert first.get("name") is None


def test_the_last_day_is_thanked_for(cast: Cast, visit: Visit, travel: Callable[[datetime], None]) -> None:
    travel(datetime(2026, 3, 29, 20, 0, tzinfo=UTC))
    browser = visit(cast.parent_a)
    after = browser.submit(browser.get(url(cast.parenting)), "/observations", button="As planned today")
    assert browser.follow(after).has("Saved. This was the last day. Thank you.")


def test_a_device_that_was_offline_says_when_it_was_recorded(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting))
    browser.submit(page, "/observations", button="As planned today", recorded_at="2026-03-10T12:30:00-05:00")
    (one,) = stored(cast.parenting)
    assert one.recorded_at == datetime(2026, 3, 10, 17, 30, tzinfo=UTC)
    assert (one.recorded_offset, one.received_at) == (-5 * 3600, datetime(2026, 3, 10, 18, 0, tzinfo=UTC))


def test_a_device_whose_clock_is_behind_its_day_is_not_believed(cast: Cast, visit: Visit) -> None:
    """What is written must not be refused for that, nor count as earlier than what was written before it."""
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting))
    browser.submit(page, "/observations", button="As planned today", recorded_at="2026-03-09T18:00:00Z")
    (one,) = stored(cast.parenting)
    assert (str(one.day), one.recorded_at, one.recorded_offset) == ("2026-03-10", NOW, -4 * 3600)
    far = page.form("/observations")[1] | {"all": "kept", "day": "0001-01-01", "recorded_at": "0002-01-01T00:00:00Z"}
    assert browser.client.post(url(cast.parenting, "observations"), data=far).status_code == 422


def test_each_look_brings_a_fresh_id(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    ids = {str(browser.get(url(cast.parenting)).form("/observations")[1]["id"]) for _ in range(2)}
    assert len({UUID(id_) for id_ in ids}) == 2


def test_saving_asks_the_database_twice(cast: Cast, visit: Visit) -> None:
    from tests.visitor import counted

    browser = visit(cast.parent_a)
    target, fields = browser.get(url(cast.parenting)).form("/observations", "As planned today")
    with counted() as statements:
        browser.client.post(target, data=fields)
    assert len(statements) == 2, statements  # who is it and may they; keep it
