"""The agenda: suggested in numbers, then put into the mediator's order and words, and shown so to everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from tests.cast import Cast
from tests.conftest import NOW
from tests.mediator.keeping import note, rated
from tests.page import Page
from tests.visitor import Visitor
from tracker.db import db
from tracker.errors import Refused
from tracker.returns import agenda
from tracker.returns.agenda import Topic
from tracker.returns.model import Agenda
from tracker.trials import find

Visit = Callable[..., Visitor]


@pytest.fixture
def told(cast: Cast) -> Cast:
    """Eight days: bedtime goes as planned, of homework the accounts differ, of the call both say partly."""
    for n in range(2, 10):
        note(cast, cast.parent_a, cast.parenting, date(2026, 3, n), answers=rated("kept", "kept", "partly"))
        note(cast, cast.parent_b, cast.parenting, date(2026, 3, n), answers=rated("kept", "not_kept", "partly"))
    return cast


def _topics(page: Page) -> list[str | None]:
    return [field.get("value") for field in page.all("input") if (field.get("name") or "").startswith("text-")]


def test_it_begins_with_what_the_numbers_suggest(told: Cast, visit: Visit) -> None:
    page = visit(told.mediator).get(f"/caseload/{told.parenting.id}/agenda")
    assert _topics(page) == ["Homework done before the handoff", "A call with the other parent at 19:00"]
    assert page.has("Accounts differ on 8 of 8 days that both rated.")


def test_reorder_add_word_and_remove_without_scripts(told: Cast, visit: Visit) -> None:
    browser, url = visit(told.mediator), f"/caseload/{told.parenting.id}/agenda"
    page = browser.submit(browser.get(url), "/agenda", 200, do="down-0")
    assert _topics(page) == ["A call with the other parent at 19:00", "Homework done before the handoff"]
    assert page.has("Not saved yet.")
    page = browser.submit(page, "/agenda", 200, do="add")
    page = browser.submit(
        page, "/agenda", 303, do="save", **{"text-1": "How homework gets done", "first-0": "", "text-2": "Holidays"}
    )
    assert browser.follow(page).has("Saved. It stands in the summary, and on paper.")
    summary = browser.get(f"/caseload/{told.parenting.id}/summary")
    assert summary.has("To talk about first How homework gets done Accounts differ on 8 of 8 days that both rated.")
    assert summary.has("Holidays")
    page = browser.submit(browser.get(url), "/agenda", 200, do="remove-0")
    browser.submit(page, "/agenda", 303, do="save")
    assert not browser.get(f"/caseload/{told.parenting.id}/summary").has("How homework gets done")
    browser.submit(browser.get(url), "/agenda", 303, do="suggested")
    assert _topics(browser.get(url))[0] == "Homework done before the handoff"


def test_the_focus_stays_with_the_topic_that_moved(told: Cast, visit: Visit) -> None:
    browser, url = visit(told.mediator), f"/caseload/{told.parenting.id}/agenda"
    rows = {f"text-{n}": f"Topic {n}" for n in range(4)}
    for do, focus in {
        "up-2": "up-1", "up-1": "down-0", "down-0": "down-1", "down-2": "up-3", "down-3": "up-3", "remove-0": "text-0",
        "remove-3": "text-2", "add": "text-4", "up-9": None,
    }.items():  # fmt: skip  # read in rows, as it is laid out
        page = browser.post(url, rows | {"do": do}, 200, htmx=True)
        assert page.focus() == ([focus] if focus else []), do
        assert page.fragment
    assert browser.post(url, {"text-0": "Alone", "do": "remove-0"}, 200).focus() == ["add"]
    assert browser.post(url, rows | {"do": "up-2"}, 200).focus() == ["up-1"]
    assert browser.get(url).focus() == []
    assert "hx-post" in browser.get(url).html


def test_going_back_to_the_suggested_one_says_what_will_be_gone(told: Cast, visit: Visit) -> None:
    browser, url = visit(told.mediator), f"/caseload/{told.parenting.id}/agenda"
    assert not browser.get(url).asks("/agenda")
    browser.post(url, {"text-0": "Mornings"})
    assert "Your own order and words will be gone." in browser.get(url).asks("/agenda")
    page = browser.submit(browser.get(url), "/agenda", button="Take the suggested agenda")
    assert browser.follow(page).has("The agenda is the suggested one again.")


def test_at_most_two_are_first_and_each_says_something(told: Cast, visit: Visit) -> None:
    browser, url = visit(told.mediator), f"/caseload/{told.parenting.id}/agenda"
    rows = {f"text-{n}": f"Topic {n}" for n in range(3)} | {f"first-{n}": "yes" for n in range(3)}
    assert browser.post(url, rows, 422).has("Mark at most two topics to talk about first.")
    assert browser.post(url, {"text-0": "x" * 201}, 422).has("Use at most 200 characters.")
    assert browser.post(url, {"text-0": " "}, 422).has("Write at least one topic")
    assert db.session.query(Agenda).count() == 0
    here = find.for_mediator(told.mediator.id, told.programme.id, told.parenting.id)
    assert here is not None
    with pytest.raises(Refused):
        agenda.write(here, [Topic("x")] * 11, told.mediator.id, NOW)


def test_a_release_keeps_the_agenda_of_its_moment(told: Cast, visit: Visit, travel: Callable[[datetime], None]) -> None:
    browser, base = visit(told.mediator), f"/caseload/{told.parenting.id}"
    browser.post(f"{base}/agenda", {"text-0": "Mornings", "first-0": "yes"})
    browser.post(f"{base}/releases")
    travel(NOW + timedelta(hours=1))
    visit(told.mediator).post(f"{base}/agenda", {"text-0": "Evenings", "first-0": "yes"})
    for reader, place in ((told.parent_a, "/trials/{}/summary"), (told.guest, "/shared/{}")):
        page = visit(reader).get(place.format(told.parenting.id))
        assert page.has("Mornings")
        assert not page.has("Evenings")
    assert visit(told.mediator).get(f"{base}/summary").has("Evenings")
