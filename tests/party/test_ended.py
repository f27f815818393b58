"""After the last day: the own days so far, and those that can still be written about as more than a recollection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import Cast
from tests.conftest import NOW
from tests.mediator.keeping import note
from tests.party.day import url
from tests.visitor import Visitor
from tracker.returns import session
from tracker.trials import rest

Visit = Callable[..., Visitor]
Travel = Callable[[datetime], None]


def _open(browser: Visitor, cast: Cast) -> list[str]:
    """The days that the card offers as buttons."""
    page = browser.get(url(cast.parenting))
    buttons = [a for a in page.all("a") if "button" in (a.get("class") or "").split()]
    return [(a.get("href") or "")[-5:] for a in buttons if "/days/" in (a.get("href") or "")]


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (datetime(2026, 3, 30, 13, tzinfo=UTC), ["03-27", "03-29"]),  # Thu 26 Mar ended more than 72 hours ago
        (datetime(2026, 4, 2, 4, 0, tzinfo=UTC), ["03-29"]),  # 72 hours after its end in New York, to the minute
        (datetime(2026, 4, 2, 4, 1, tzinfo=UTC), []),
    ],
)
def test_only_days_that_are_not_yet_recollections_are_offered(
    cast: Cast, visit: Visit, travel: Travel, now: datetime, days: list[str]
) -> None:
    note(cast, cast.parent_a, cast.parenting, date(2026, 3, 28))
    note(cast, cast.parent_b, cast.parenting, date(2026, 3, 29))
    travel(now)
    assert _open(visit(cast.parent_a), cast) == days


def test_the_strip_ends_with_the_last_day_that_counts(cast: Cast, visit: Visit) -> None:
    note(cast, cast.parent_a, cast.parenting, date(2026, 3, 9))
    note(cast, cast.parent_b, cast.parenting, date(2026, 3, 8))
    rest.end(cast.here(cast.parent_a, cast.parenting), cast.mediator.id, NOW)
    page = visit(cast.parent_a).get(url(cast.parenting))
    assert page.has("1 of 9 days written")
    assert "still to come" not in page.text.lower()
    assert page.has("Mon 9 Mar: as planned")
    assert page.has("Sun 8 Mar: no entry")


def test_ended_before_its_first_day_nothing_is_open(cast: Cast, visit: Visit, travel: Travel) -> None:
    before = datetime(2026, 3, 1, 18, tzinfo=UTC)
    travel(before)
    rest.end(cast.here(cast.parent_a, cast.parenting), cast.mediator.id, before)
    assert _open(visit(cast.parent_a), cast) == []


def test_after_the_return_session_nobody_is_told_to_wait_for_it(cast: Cast, visit: Visit, travel: Travel) -> None:
    begins = datetime(2026, 4, 2, 18, tzinfo=UTC)
    session.arrange(cast.here(cast.parent_a, cast.parenting), session.Arrangement(begins, "Elm House"))
    travel(begins + timedelta(minutes=89))
    assert visit(cast.parent_a).get(url(cast.parenting)).has("Elm House")
    travel(begins + timedelta(minutes=90))
    page = visit(cast.parent_a).get(url(cast.parenting))
    assert page.has("The return session has been.")
    assert not page.has("Your mediator will be in touch")
