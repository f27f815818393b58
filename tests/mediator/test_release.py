"""Releasing: a look at what the parties will see, one question, and from then on it stays as it stood."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask

from tests.cast import Cast
from tests.conftest import NOW
from tests.mediator.keeping import note, rated
from tests.visitor import Visitor
from tracker.db import db
from tracker.pages.summary_view import summary_values
from tracker.summaries import release
from tracker.summaries.model import Release

Visit = Callable[..., Visitor]
Travel = Callable[[datetime], None]
MONDAY = date(2026, 3, 9)


def _seen(app: Flask, cast: Cast) -> dict[str, Any]:
    """What a party is shown: the summary as it stood at the release."""
    found = release.current(cast.parenting.id)
    assert found is not None
    with app.test_request_context("/"):
        return summary_values(cast.here(cast.parent_a, cast.parenting), "party", until=found.at)


def test_a_release_takes_a_look_first(cast: Cast, visit: Visit) -> None:
    note(cast, cast.parent_a, cast.parenting, MONDAY)
    browser = visit(cast.mediator)
    page = browser.get(f"/caseload/{cast.parenting.id}/summary")
    assert page.has("Not released yet: only you see this.")
    assert f"/caseload/{cast.parenting.id}/releases" in page.links()
    page = browser.get(f"/caseload/{cast.parenting.id}/releases")
    assert page.has("Release this summary?")
    assert page.has("As planned, by term")
    at = [found.start() for found in re.finditer("Release to both parties Not now", page.text)]
    assert len(at) == 2  # before what they will see, and after it
    assert at[0] < page.text.index("As planned, by term") < page.text.index("In their words") < at[1]
    assert release.current(cast.parenting.id) is None
    page = browser.follow(browser.submit(page, "/releases"))
    assert page.has("Released. Both parties see the summary as it stands now.")
    assert page.has("Released on Tue 10 Mar, 14:00.")
    found = release.current(cast.parenting.id)
    assert found is not None
    assert (found.by, found.at) == (cast.mediator.id, NOW)


def test_what_comes_later_changes_nothing_in_it(
    app: Flask, cast: Cast, visit: Visit, travel: Callable[[datetime], None]
) -> None:
    note(cast, cast.parent_a, cast.parenting, MONDAY, text="As it stood.", audience="summary")
    visit(cast.mediator).post(f"/caseload/{cast.parenting.id}/releases")
    before = _seen(app, cast)
    later = NOW + timedelta(days=2)
    travel(later)
    note(
        cast, cast.parent_a, cast.parenting, MONDAY, answers=rated("not_kept"), text="Changed.", audience="summary",
        at=later,
    )  # fmt: skip  # read in rows, as it is laid out
    note(cast, cast.parent_b, cast.parenting, date(2026, 3, 11), at=later)
    assert _seen(app, cast) == before
    assert [quote["text"] for quote in before["quotes"]] == ["As it stood."]
    assert (before["elapsed"], before["as_of"]) == (9, date(2026, 3, 10))
    travel(later + timedelta(minutes=1))
    visit(cast.mediator).post(f"/caseload/{cast.parenting.id}/releases")
    after = _seen(app, cast)
    assert (after["elapsed"], [quote["text"] for quote in after["quotes"]]) == (11, ["Changed."])
    assert db.session.query(Release).count() == 2


def test_nothing_is_released_that_the_mediator_has_not_seen(cast: Cast, visit: Visit, travel: Travel) -> None:
    """A party writes a note, or a goal, while the page is open."""
    note(cast, cast.parent_a, cast.parenting, MONDAY)
    desk, url = visit(cast.mediator), f"/caseload/{cast.parenting.id}/releases"
    page, trial = desk.get(url), f"/trials/{cast.parenting.id}"
    travel(NOW + timedelta(minutes=1))
    note(
        cast, cast.parent_b, cast.parenting, MONDAY, text="Not seen yet.", audience="summary",
        at=NOW + timedelta(minutes=1),
    )  # fmt: skip  # read in rows, as it is laid out
    again = desk.follow(desk.submit(page, "/releases"))
    assert again.draws("Something in it has changed since this page was opened.") == "careful"
    assert again.has("Not seen yet.")
    assert release.current(cast.parenting.id) is None
    visit(cast.parent_a).post(f"{trial}/prepare/goals", {"text-0": "Calm handoffs", "audience": "summary"})
    again = desk.follow(desk.submit(again, "/releases"))
    assert again.has("Calm handoffs")
    desk.submit(desk.get(f"{url}?as=guest&term=homework&week=1"), "/releases")
    assert visit(cast.parent_a).get(f"{trial}/summary").has("Calm handoffs")


def test_released_from_two_pages_it_is_released_once(cast: Cast, visit: Visit, travel: Travel) -> None:
    """Else both parties would read of a second release, in which nothing is new."""
    note(cast, cast.parent_a, cast.parenting, MONDAY, text="As it stood.", audience="summary")
    desk, url = visit(cast.mediator), f"/caseload/{cast.parenting.id}/releases"
    page = desk.get(url)
    desk.submit(page, "/releases")
    travel(NOW + timedelta(minutes=5))
    assert desk.follow(desk.submit(page, "/releases")).has("Released. Both parties see the summary")
    assert db.session.query(Release).count() == 1


def test_a_withdrawn_release_shows_nothing(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.mediator)
    browser.post(f"/caseload/{cast.parenting.id}/releases")
    page = browser.get(f"/caseload/{cast.parenting.id}/summary")
    assert "Both parties and their guests can no longer read it." in page.asks("/releases/withdrawal")
    page = browser.submit(page, "/releases/withdrawal")
    assert browser.follow(page).has("Withdrawn. The parties no longer see the summary.")
    assert release.current(cast.parenting.id) is None


def test_parties_and_guests_read_the_same_figures_without_the_mediators_controls(
    app: Flask, cast: Cast, visit: Visit
) -> None:
    note(cast, cast.parent_a, cast.parenting, MONDAY, text="For the mediator.", audience="mediator")
    note(cast, cast.parent_a, cast.parenting, date(2026, 3, 8), text="For me.", audience="me")
    visit(cast.mediator).post(f"/caseload/{cast.parenting.id}/releases")
    with app.test_request_context("/"):
        here = cast.here(cast.parent_b, cast.parenting)
        values = [summary_values(here, reader, until=NOW) for reader in ("mediator", "party", "guest")]
    assert [v.pop("reader") for v in values] == ["mediator", "party", "guest"]
    assert values[0] == values[1] == values[2]
    assert values[0]["quotes"] == []


def test_the_preview_shows_each_reader_what_they_will_see(cast: Cast, visit: Visit) -> None:
    note(cast, cast.parent_a, cast.parenting, MONDAY, text="Asleep at eight.", audience="summary")
    note(cast, cast.parent_b, cast.parenting, MONDAY, text="Only for you.", audience="mediator")
    desk, url = visit(cast.mediator), f"/caseload/{cast.parenting.id}/releases"
    previews = {key: desk.get(f"{url}?as={key}") for key in ("A", "B", "guest", "nobody")}
    assert all(page.has("allow will see it, too: Guest.") for page in previews.values())
    desk.post(url)
    readers = {
        "A": (cast.parent_a, "/trials/{}/summary"),
        "B": (cast.parent_b, "/trials/{}/summary"),
        "guest": (cast.guest, "/shared/{}"),
    }
    for key, (person, place) in readers.items():
        seen = visit(person).get(place.format(cast.parenting.id)).text
        seen = seen[seen.index("Day by day") : seen.index("Prepared for mediation on")]
        assert "Asleep at eight." in seen
        assert seen in previews[key].text, f"{key} reads something else than was previewed"
        assert not previews[key].has("Only for you.")
