"""Term by term: each takes one tap; what is wrong comes back at its field with everything that was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import Cast
from tests.page import Page
from tests.party.day import stored, url
from tests.visitor import Visitor

Visit = Callable[..., Visitor]


def _save(browser: Visitor, cast: Cast, expect: int = 303, **typed: str) -> Page:
    page = browser.get(url(cast.parenting))
    return browser.submit(page, "/observations", expect, **typed)


def _checked(page: Page, name: str) -> list[str | None]:
    boxes = (box for box in page.all("input") if box.get("name") == name)
    return [box.get("value") for box in boxes if box.get("checked") is not None]


def test_what_was_tapped_and_no_more_is_stored(cast: Cast, visit: Visit) -> None:
    typed: dict[str, Any] = {
        "term-bedtime": "partly",
        "term-call": "not_today",
        "night": "other",
        "child": "2",
        "note": "Late call.",
    }
    _save(visit(cast.parent_a), cast, **typed)
    (one,) = stored(cast.parenting)
    assert one.answers == {"terms": {"bedtime": "partly", "call": "not_today"}, "night": "other", "child": 2}
    assert one.note == "Late call."


def test_a_note_alone_is_an_entry_too(cast: Cast, visit: Visit) -> None:
    _save(visit(cast.parent_a), cast, note="  A quiet day.\r\nReally. ", audience="me")
    (one,) = stored(cast.parenting)
    assert (one.answers, one.note, one.audience) == ({}, "A quiet day.\nReally.", "me")


def test_the_note_is_folded_away_until_somebody_wants_it(cast: Cast, visit: Visit) -> None:
    def folded(page: Page) -> bool:
        (fold,) = (fold for fold in page.all("details") if any(one.get("name") == "note" for one in fold.iter()))
        return fold.get("open") is None

    browser = visit(cast.parent_a)
    assert folded(browser.get(url(cast.parenting)))
    assert not folded(_save(browser, cast, 422, child="6", note="Done in the car."))
    assert not folded(_save(browser, cast, 422, **{"term-bedtime": "kept", "audience": "everybody"}))


def test_nothing_at_all_is_asked_about(cast: Cast, visit: Visit) -> None:
    page = _save(visit(cast.parent_a), cast, 422)
    assert page.has("Choose at least one answer, or tap “As planned today”.")
    assert stored(cast.parenting) == []


@pytest.mark.parametrize(
    ("typed", "sentence", "field"),
    [
        ({"term-bedtime": "okay"}, "Choose one of the four.", "term-0"),
        ({"child": "6"}, "Choose one of these.", "child"),
        ({"child": "9" * 40}, "Choose one of these.", "child"),
        ({"night": "C"}, "Choose one of these.", "night"),
        ({"audience": "everybody"}, "Choose who may read this.", "audience"),
        ({"note": "x" * 281}, "Use at most 280 characters.", "note"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    cast: Cast, visit: Visit, typed: dict[str, str], sentence: str, field: str
) -> None:
    good = {"term-homework": "partly", "note": "Done in the car.", "audience": "summary"}
    page = _save(visit(cast.parent_a), cast, 422, **(good | typed))
    assert page.has(sentence)
    assert f"#{field}" in page.links()
    assert _checked(page, "term-homework") == ["partly"]
    assert (good | typed)["note"] in page.html
    if "audience" not in typed:
        assert _checked(page, "audience") == ["summary"]
    assert stored(cast.parenting) == []


def test_two_questions_of_the_plan_and_no_more(cast: Cast, visit: Visit) -> None:
    parenting = visit(cast.parent_a).get(url(cast.parenting))
    assert parenting.has("Where does the child sleep tonight?")
    assert parenting.has("How was the day for the child, as you saw it?")
    noise = visit(cast.downstairs).get(url(cast.noise))
    assert noise.has("How was last night for you?")
    assert not noise.has("Where does the child sleep")


def test_every_note_has_its_helper_text(cast: Cast, visit: Visit) -> None:
    page = visit(cast.parent_a).get(url(cast.parenting))
    assert page.has("What did you see or hear? You do not need to ask your child anything to fill this in.")


def test_htmx_gets_the_block_alone(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    target, fields = browser.get(url(cast.parenting)).form("/observations")
    wrong = browser.post(target, fields, 422, htmx=True)
    assert wrong.fragment
    assert wrong.has("Choose at least one answer")
    saved = browser.post(target, fields | {"term-bedtime": "kept"}, 200, htmx=True)
    assert saved.location == url(cast.parenting)
