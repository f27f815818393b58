"""When a day is written about: yesterday is offered; later is said plainly; the future and other days are not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.cast import Cast
from tests.party.day import stored, url
from tests.visitor import Visitor

Visit = Callable[..., Visitor]
Travel = Callable[[datetime], None]
ADDED_LATER, RECOLLECTION = "What you write now is marked “added later”", "What you write now is marked “recollection”"


def test_yesterday_is_offered_in_one_line_while_it_is_open(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    today = browser.get(url(cast.parenting))
    assert today.has("Yesterday is still open: write about Mon 9 Mar")
    day = browser.get(url(cast.parenting, "days/2026-03-09"))
    after = browser.follow(browser.submit(day, "/observations", button="As planned that day"))
    assert after.has("Saved for Mon 9 Mar.")
    assert not browser.get(url(cast.parenting)).has("Yesterday")


def test_before_the_first_day_there_is_no_yesterday(cast: Cast, visit: Visit, travel: Travel) -> None:
    travel(datetime(2026, 3, 2, 20, 0, tzinfo=UTC))
    assert not visit(cast.parent_a).get(url(cast.parenting)).has("Yesterday")


@pytest.mark.parametrize(
    ("moment", "before", "label"),
    [
        # Noon of the 10th in New York is 16:00 UTC; the day of the 9th ended on the 10th at 04:00 UTC.
        (datetime(2026, 3, 10, 15, 59, tzinfo=UTC), "", ""),
        (datetime(2026, 3, 10, 16, 0, tzinfo=UTC), ADDED_LATER, "added later: 12 hours after the day"),
        (datetime(2026, 3, 13, 4, 0, tzinfo=UTC), ADDED_LATER, "added later: 3 days after the day"),
        (datetime(2026, 3, 13, 4, 1, tzinfo=UTC), RECOLLECTION, "recollection"),
    ],
    ids=["on time", "at noon", "after 72 hours", "a minute later"],
)
def test_how_late_it_is_is_said_before_and_after(
    cast: Cast, visit: Visit, travel: Travel, moment: datetime, before: str, label: str
) -> None:
    travel(moment)
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting, "days/2026-03-09"))
    assert page.has(before)
    assert page.has("is marked") == bool(before)
    browser.submit(page, "/observations", button="As planned that day")
    after = browser.get(url(cast.parenting, "days/2026-03-09"))
    assert after.has(label)
    assert after.has("recollection") == (label == "recollection" or before == RECOLLECTION)
    assert len(stored(cast.parenting)) == 1


def test_a_form_left_open_over_night_saves_for_its_own_day(cast: Cast, visit: Visit, travel: Travel) -> None:
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting))
    travel(datetime(2026, 3, 11, 12, 0, tzinfo=UTC))
    after = browser.follow(browser.submit(page, "/observations", button="As planned today"))
    assert after.has("Saved for Tue 10 Mar.")
    assert [str(o.day) for o in stored(cast.parenting)] == ["2026-03-10"]


def test_a_day_to_come_shows_what_is_expected_and_no_form(cast: Cast, visit: Visit) -> None:
    page = visit(cast.parent_a).get(url(cast.parenting, "days/2026-03-11"))
    assert page.has("17:30 handoff at School gate")
    assert page.has("This day is still to come.")
    assert not any(form.get("action", "").endswith("/observations") for form in page.all("form"))


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-30", "2026-02-31"])
def test_a_day_outside_the_trial_is_not_there(cast: Cast, visit: Visit, day: str) -> None:
    visit(cast.parent_a).get(url(cast.parenting, f"days/{day}"), 404)


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-11"])
def test_what_cannot_be_kept_is_said_and_its_text_stays(cast: Cast, visit: Visit, day: str) -> None:
    sent = {"kind": "day", "day": day, "all": "kept", "note": "Written offline."}
    page = visit(cast.parent_a).post(url(cast.parenting, "observations"), sent, 422)
    assert page.has("Nothing can be noted for a day that is still to come or outside the trial.")
    assert page.has("Written offline.")
    assert stored(cast.parenting) == []
