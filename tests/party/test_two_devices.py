"""Two devices wrote the same day: both are kept, the later one counts, and the author sees both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from tests.cast import Cast
from tests.party.day import stored, url
from tests.visitor import Visitor
from tracker.observations import read

Visit = Callable[..., Visitor]


def test_both_are_kept_and_the_later_recorded_counts(
    cast: Cast, visit: Visit, travel: Callable[[datetime], None]
) -> None:
    phone, tablet = visit(cast.parent_a), visit(cast.parent_a)
    on_phone, on_tablet = phone.get(url(cast.parenting)), tablet.get(url(cast.parenting))
    tablet.submit(on_tablet, "/observations", button="As planned today", recorded_at="2026-03-10T13:00:00-04:00")
    travel(datetime(2026, 3, 10, 20, 0, tzinfo=UTC))
    earlier: dict[str, Any] = {
        "term-bedtime": "not_kept",
        "note": "From the phone.",
        "recorded_at": "2026-03-10T12:00:00-04:00",
    }
    phone.submit(on_phone, "/observations", **earlier)
    assert len(stored(cast.parenting)) == 2
    (party_id,) = {o.party_id for o in stored(cast.parenting)}
    counts = read.days_logged(cast.parenting.id, party_id)
    assert set(counts[date(2026, 3, 10)]["terms"].values()) == {"kept"}
    page = phone.get(url(cast.parenting, "days/2026-03-10"))
    assert page.has("What you wrote before")
    assert page.has("From the phone.")
