"""Changing what one wrote: another observation for the same day; the earlier text stays visible to its author."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.cast import Cast
from tests.page import Page
from tests.party.day import KEPT, stored, url
from tests.visitor import Visitor

Visit = Callable[..., Visitor]


def _written(cast: Cast, visit: Visit) -> tuple[Visitor, Page]:
    """Today is saved, and the link to change it has been followed."""
    browser = visit(cast.parent_a)
    typed: dict[str, Any] = {"term-bedtime": "partly", "note": "Asleep at nine.", "audience": "summary"}
    saved = browser.follow(browser.submit(browser.get(url(cast.parenting)), "/observations", **typed))
    link = next(link for link in saved.links() if "change=yes" in link)
    return browser, browser.get(link.split("#", maxsplit=1)[0])


def test_the_form_shows_what_was_written(cast: Cast, visit: Visit) -> None:
    _browser, page = _written(cast, visit)
    _target, fields = page.form("/observations", "As planned that day")
    assert fields["term-bedtime"] == "partly"
    assert (fields["note"], fields["audience"]) == ("Asleep at nine.", "summary")
    assert any(details.get("id") == "change" and details.get("open") is not None for details in page.all("details"))


def test_the_later_one_counts_and_the_first_stays_readable(
    cast: Cast, visit: Visit, travel: Callable[[datetime], None]
) -> None:
    browser, page = _written(cast, visit)
    travel(datetime(2026, 3, 10, 19, 0, tzinfo=UTC))
    changed = browser.submit(page, "/observations", button="As planned that day", note="Asleep at eight.")
    assert browser.follow(changed).has("Saved. See you tomorrow evening.")
    day = browser.get(url(cast.parenting, "days/2026-03-10"))
    assert [o.answers.get("terms") for o in stored(cast.parenting)] == [{"bedtime": "partly"}, KEPT]
    assert day.has("Asleep at eight.")
    before = day.text.index("What you wrote before")
    assert day.text.index("Asleep at eight.") < before < day.text.index("Asleep at nine.")


def test_what_is_wrong_comes_back_on_the_days_own_page(cast: Cast, visit: Visit) -> None:
    browser, page = _written(cast, visit)
    wrong = browser.submit(page, "/observations", 422, child="7", note="Written anew.")
    assert wrong.has("What you wrote")
    assert wrong.has("Choose one of these.")
    assert wrong.form("/observations", "As planned that day")[1]["note"] == "Written anew."


def test_nobody_else_reads_any_of_it(cast: Cast, visit: Visit) -> None:
    _written(cast, visit)
    other = visit(cast.parent_b).get(url(cast.parenting, "days/2026-03-10"))
    assert "Asleep at nine." not in other.html
    assert not other.has("What you wrote")
