"""A handoff: asked right where it is expected, saved with the day or alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.cast import Cast
from tests.party.day import KEPT, stored, url
from tests.visitor import Visitor

Visit = Callable[..., Visitor]
WEDNESDAY = datetime(2026, 3, 11, 22, 0, tzinfo=UTC)  # 18:00 in New York: the handoff was at 17:30


@pytest.fixture(autouse=True)
def _wednesday(cast: Cast, travel: Callable[[datetime], None]) -> None:
    travel(WEDNESDAY)


def test_time_place_and_whose_night_are_said(cast: Cast, visit: Visit) -> None:
    page = visit(cast.parent_a).get(url(cast.parenting))
    assert page.has("17:30 handoff at School gate, then the night with you")


def test_a_party_in_another_zone_reads_their_own_clock_too(cast: Cast, visit: Visit) -> None:
    page = visit(cast.parent_b).get(url(cast.parenting))
    assert page.has("17:30 handoff at School gate, then the night with Parent A (16:30 on your clock)")


def test_one_tap_saves_the_chosen_outcome_too(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting))
    browser.submit(page, "/observations", button="As planned today", outcome="late", minutes_late="25")
    (handoff,), (day,) = stored(cast.parenting, "handoff"), stored(cast.parenting, "day")
    assert handoff.answers == {"outcome": "late", "minutes_late": 25}
    assert day.answers == {"terms": KEPT}
    assert handoff.id != day.id
    assert (handoff.day, day.day) == (date(2026, 3, 11), date(2026, 3, 11))


def test_the_handoff_alone_leaves_the_day_open(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting))
    after = browser.follow(browser.submit(page, "/observations", outcome="on_time", note="Waved goodbye."))
    (handoff,) = stored(cast.parenting)
    assert (handoff.kind, handoff.note) == ("handoff", "Waved goodbye.")
    assert after.has("Saved.")
    assert after.has("As planned today")
    assert not after.has("Save the handoff")


def test_the_day_alone_leaves_the_handoff_to_be_said(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    saved = browser.follow(browser.submit(browser.get(url(cast.parenting)), "/observations", button="As planned today"))
    after = browser.follow(browser.submit(saved, "/observations", button="Save the handoff", outcome="changed"))
    assert [o.answers for o in stored(cast.parenting, "handoff")] == [{"outcome": "changed"}]
    assert not after.has("Save the handoff")


def test_minutes_left_in_the_field_count_with_late_only(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    browser.submit(browser.get(url(cast.parenting)), "/observations", outcome="on_time", minutes_late="20")
    assert [o.answers for o in stored(cast.parenting)] == [{"outcome": "on_time"}]


@pytest.mark.parametrize("minutes", ["0", "1441", "a few", "-3", "٣"])
def test_minutes_that_are_none_come_back_as_typed(cast: Cast, visit: Visit, minutes: str) -> None:
    browser = visit(cast.parent_a)
    typed = {"outcome": "late", "minutes_late": minutes, "term-bedtime": "kept"}
    page = browser.submit(browser.get(url(cast.parenting)), "/observations", 422, **typed)
    assert page.has("Write the minutes as a whole number from 1 to 1440.")
    assert page.form("/observations")[1]["minutes_late"] == minutes
    assert stored(cast.parenting) == []


def test_a_mistake_is_said_where_the_days_page_begins_and_leads_to_its_field(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    browser.submit(browser.get(url(cast.parenting)), "/observations", button="As planned today")
    day = browser.get(url(cast.parenting, "days/2026-03-11"))
    page = browser.submit(day, "/observations", 422, button="Save the handoff", outcome="on_time", note="x" * 281)
    assert page.html.index('id="errors"') < page.html.index("What you wrote")
    assert "#handoff-note" in page.links()
    page = browser.submit(day, "/observations", 422, button="As planned that day", note="x" * 281)
    assert page.html.index('id="errors"') < page.html.index("What you wrote")
    assert "#note" in page.links()


def test_without_a_choice_the_handoffs_own_form_asks_for_one(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting, "days/2026-03-11"))
    wrong = browser.submit(page, "/observations", 422, button="Save the handoff", note="At the gate.")
    assert wrong.has("Choose what happened.")
    assert wrong.has("At the gate.")


def test_a_day_without_a_handoff_does_not_ask(cast: Cast, visit: Visit, travel: Callable[[datetime], None]) -> None:
    travel(datetime(2026, 3, 10, 22, 0, tzinfo=UTC))
    page = visit(cast.parent_a).get(url(cast.parenting))
    assert not page.has("School gate")
    assert not page.has("Save the handoff")


def test_save_the_handoff_without_a_choice_asks_for_it_there(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting))
    wrong = browser.submit(page, "/observations", 422, button="Save the handoff", note="At the gate.")
    assert "#outcome" in wrong.links()
    assert wrong.has("Choose what happened.")
    assert wrong.has("At the gate.")
    assert not wrong.has("Choose at least one answer")
    assert stored(cast.parenting) == []


def test_save_the_handoff_keeps_what_was_said_of_the_day(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting))
    rated: dict[str, Any] = {"term-bedtime": "kept"}
    after = browser.submit(page, "/observations", button="Save the handoff", **rated)
    assert [o.kind for o in stored(cast.parenting)] == ["day"]
    again = browser.follow(after)
    assert again.has("Save the handoff")
    assert browser.get(url(cast.parenting)).has("Today is saved. You can still say how the handoff went.")
