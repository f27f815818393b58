"""Noise now: two taps, over midnight too; it runs on while the app is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.page import Page
from tests.party.day import stored, url
from tests.visitor import Visitor

Visit = Callable[..., Visitor]
Travel = Callable[[datetime], None]
NIGHT = datetime(2026, 3, 10, 22, 50, tzinfo=UTC)  # 23:50 in Berlin


@pytest.fixture
def browser(cast: Cast, visit: Visit, travel: Travel) -> Visitor:
    travel(NIGHT)
    return visit(cast.downstairs)


def _start(cast: Cast, browser: Visitor) -> Page:
    page = browser.get(url(cast.noise))
    assert page.has("Noise now")
    assert page.has("22:00 to 07:00 quiet hours tonight")
    return browser.follow(browser.submit(page, "/noise"))


def test_the_second_big_button_is_noise_now(cast: Cast, browser: Visitor) -> None:
    big = [" ".join(button.itertext()) for button in browser.get(url(cast.noise)).all("button")]
    big = [text for text in big if "As planned today" in text or "Noise now" in text]
    assert ["As planned" in big[0], "Noise now" in big[1]] == [True, True]


def test_over_midnight_while_the_app_is_closed(cast: Cast, visit: Visit, browser: Visitor, travel: Travel) -> None:
    _start(cast, browser)
    travel(NIGHT + timedelta(minutes=30))
    browser = visit(cast.downstairs)  # another device
    again = browser.get(url(cast.noise))
    assert again.has("30:00")
    assert all("js-only" in b.get("class", "") for b in again.all("b") if b.get("role") == "timer")  # nothing counts on
    assert again.has("since 23:50")
    details = browser.follow(browser.submit(again, "/end"))
    (noise,) = stored(cast.noise)
    assert noise.day == date(2026, 3, 10)
    assert noise.answers == {"start": "2026-03-10T23:50:00+01:00", "end": "2026-03-11T00:20:00+01:00"}
    assert details.has("Saved. You can add what it was, or leave it like this.")


def test_while_it_runs_the_screen_has_that_one_thing(cast: Cast, browser: Visitor) -> None:
    running = _start(cast, browser)
    assert running.has("It stopped")
    assert not running.has("As planned today")
    assert not running.has("Noise now")


def test_details_take_the_place_of_the_bare_noise(cast: Cast, browser: Visitor, travel: Travel) -> None:
    """Within one minute: the fields have no seconds, the stored times keep theirs."""
    running = _start(cast, browser)
    travel(NIGHT + timedelta(seconds=40))
    details = browser.follow(browser.submit(running, "/end"))
    typed: dict[str, Any] = {
        "type": "music",
        "room": "bedroom",
        "effect": "woke_me",
        "level": "5",
        "note": "Bass.",
        "audience": "summary",
    }
    after = browser.follow(browser.submit(details, "/observations", **typed))
    assert after.has("Saved.")
    bare, full = sorted(stored(cast.noise), key=lambda o: len(o.answers))
    assert full.corrects == bare.id
    assert full.answers == bare.answers | {"type": "music", "room": "bedroom", "effect": "woke_me", "level": 5}
    assert full.answers["end"] == "2026-03-10T23:50:40+01:00"
    day = browser.get(url(cast.noise, "days/2026-03-10"))
    assert day.has("How loud was it? 5 of 10 (clearly above the background)")
    assert day.text.count("Noise, 23:50 to 23:50") == 2  # what counts, and what was written before


def test_it_stopped_earlier_asks_when(cast: Cast, browser: Visitor, travel: Travel) -> None:
    running = _start(cast, browser)
    travel(NIGHT + timedelta(hours=7))
    ask = browser.get(next(link for link in running.links() if link.endswith("/end")))
    assert ask.has("It started on Tue 10 Mar at 23:50.")
    wrong = browser.submit(ask, "/end", 422, end="09:00")
    assert wrong.has("Write a time after it started that has passed")
    assert wrong.form("/end")[1]["end"] == "09:00"
    browser.submit(wrong, "/end", end="01:15")
    assert stored(cast.noise)[0].answers["end"] == "2026-03-11T01:15:00+01:00"


def test_forgotten_for_more_than_a_day_it_asks_too(cast: Cast, browser: Visitor, travel: Travel) -> None:
    running = _start(cast, browser)
    travel(NIGHT + timedelta(hours=24, minutes=1))
    page = browser.submit(running, "/end", 422)
    assert page.has("This noise has been running for more than a day. Write when it stopped.")
    browser.submit(page, "/end", end="02:00")
    assert stored(cast.noise)[0].answers["end"] == "2026-03-11T02:00:00+01:00"


def test_started_by_mistake_leaves_nothing(cast: Cast, browser: Visitor) -> None:
    after = browser.follow(browser.submit(_start(cast, browser), "/withdrawal"))
    assert after.has("Nothing was noted.")
    assert after.has("As planned today")
    assert stored(cast.noise) == []


def test_a_second_tap_on_either_button_changes_nothing(cast: Cast, browser: Visitor) -> None:
    page = browser.get(url(cast.noise))
    running = browser.follow(browser.submit(page, "/noise"))
    browser.submit(page, "/noise")
    browser.submit(running, "/end")
    browser.submit(running, "/end")
    assert not browser.follow(browser.submit(page, "/noise")).has("It stopped")
    assert len(stored(cast.noise)) == 1


def test_it_can_still_be_noted_after_the_day_is_saved(cast: Cast, browser: Visitor) -> None:
    saved = browser.submit(browser.get(url(cast.noise)), "/observations", button="As planned today")
    assert browser.follow(browser.submit(browser.follow(saved), "/noise")).has("It stopped")


def test_the_other_neighbour_sees_nothing_of_it(cast: Cast, visit: Visit, browser: Visitor) -> None:
    there = visit(cast.upstairs)
    before = there.get(url(cast.noise)).text
    running = _start(cast, browser)
    assert there.get(url(cast.noise)).text == before
    there.post(str(running.form("/end")[0]))
    assert stored(cast.noise) == []
    assert browser.get(url(cast.noise)).has("It stopped")


def test_a_plan_without_a_form_for_noise_has_none(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    browser.get(url(cast.parenting, "noise"), 404)
    browser.post(url(cast.parenting, "noise"), {}, 404)
