"""The same form again is the same; its id with other answers is shown, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from tests.cast import Cast
from tests.party.day import KEPT, stored, url
from tests.visitor import Visitor

Visit = Callable[..., Visitor]


def test_a_form_sent_twice_is_stored_once_and_saved_twice(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    target, fields = browser.get(url(cast.parenting)).form("/observations", "As planned today")
    for _ in range(3):
        assert browser.follow(browser.post(target, fields)).has("Saved. See you tomorrow evening.")
    assert len(stored(cast.parenting)) == 1


def test_the_same_id_with_other_answers_is_refused_and_shown(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    target, fields = browser.get(url(cast.parenting)).form("/observations", "As planned today")
    browser.post(target, fields)
    other = {k: v for k, v in fields.items() if k != "all"} | {"term-bedtime": "partly", "note": "It was late."}
    page = browser.post(target, other, 409)
    assert page.has("This form was saved before with other answers.")
    assert page.has("It was late.")
    assert [o.answers for o in stored(cast.parenting)] == [{"terms": KEPT}]
    again, shown = page.form("/observations")
    assert (shown["term-bedtime"], shown["note"]) == ("partly", "It was late.")
    assert shown["id"] != fields["id"]
    browser.post(again, shown)
    assert {o.note for o in stored(cast.parenting)} == {"", "It was late."}


def test_a_conflict_about_the_day_keeps_the_handoff_from_being_half_a_form(cast: Cast, visit: Visit) -> None:
    browser, id_ = visit(cast.parent_a), str(uuid4())
    day = {"kind": "day", "id": id_, "day": "2026-03-09", "handoff_id": str(uuid4())}
    browser.post(url(cast.parenting, "observations"), day | {"all": "kept"})
    other = day | {"note": "Other.", "outcome": "on_time", "child": "2"}
    page = browser.post(url(cast.parenting, "observations"), other, 409)
    assert page.has("Other.")
    assert [o.kind for o in stored(cast.parenting)] == ["day"]


def test_an_id_that_is_none_still_saves_once(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    browser.post(url(cast.parenting, "observations"), {"kind": "day", "id": "x", "day": "2026-03-10", "all": "kept"})
    assert len(stored(cast.parenting)) == 1


def test_a_form_without_a_readable_day_is_no_form_of_ours(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    browser.post(url(cast.parenting, "observations"), {"kind": "day", "day": "today", "all": "kept"}, 400)
    assert stored(cast.parenting) == []
