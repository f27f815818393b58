"""What an administrator changes on a page that was open for long: nobody's words are undone, and none are lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import Cast
from tests.front.test_plan_templates import HOME, copied, own
from tests.mediator.setting_up import value_of
from tests.visitor import Visitor

Visit = Callable[..., Visitor]


@pytest.mark.parametrize("of", ["parenting", "noise", "repairs"])
def test_two_pages_of_one_plan_undo_nothing(cast: Cast, visit: Visit, of: str) -> None:
    copied(visit(cast.administrator), of)
    one, other = visit(cast.administrator), visit(cast.administrator)
    url = f"{HOME}/{own().id}"
    old = one.get(url)
    there: dict[str, Any] = {"days": "35", "text-0": "Supper at six"}
    other.submit(other.get(url), url, button="Save", do="save", **there)
    more = one.submit(old, url, 200, do="add-terms", description="For two homes")
    one.submit(more, url, do="save", name="Weekdays first")
    kept = own().content
    assert (kept["days"], kept["terms"][0]["text"]) == (35, "Supper at six")
    assert (kept["name"], kept["description"]) == ("Weekdays first", "For two homes")


def test_what_two_pages_changed_is_shown_and_then_replaced(cast: Cast, visit: Visit) -> None:
    copied(visit(cast.administrator), "parenting", pattern="2-2-3")
    one, other = visit(cast.administrator), visit(cast.administrator)
    url = f"{HOME}/{own().id}"
    old = one.get(url)
    there: dict[str, Any] = {
        "text-0": "Supper at six",
        "text-1": "Bed at eight",
        "days": "35",
        "pattern": "alternating-weeks",
    }
    other.submit(other.get(url), url, button="Save", do="save", **there)
    mine: dict[str, Any] = {"text-0": "Supper at seven", "days": "21", "pattern": "4-3"}
    back = one.submit(old, url, 422, do="save", **mine)
    for words in ("“35”", "“Supper at six; Bed at eight", "“Alternating weeks (7-7)”"):
        assert back.has(f"On another page this was changed meanwhile: {words}"), words
    assert [value_of(back, name) for name in ("text-0", "days")] == ["Supper at seven", "21"]
    assert own().content["days"] == 35, "nothing is kept yet"
    one.submit(back, url, do="save")
    assert (own().content["days"], own().content["terms"][0]["text"]) == (21, "Supper at seven")
    one.submit(back, url, do="save", **mine)  # once more: its answer was lost
    added = one.submit(one.get(url), url, 200, do="add-terms")
    last: dict[str, Any] = {f"text-{len(own().content['terms'])}": "Breakfast at seven"}
    for _ in range(2):
        one.submit(added, url, do="save", **last)
    assert own().content["terms"][-1]["text"] == "Breakfast at seven"


def test_a_plan_that_was_removed_meanwhile_loses_nothing_that_was_typed(cast: Cast, visit: Visit) -> None:
    copied(visit(cast.administrator), "parenting")
    one, other = visit(cast.administrator), visit(cast.administrator)
    url = f"{HOME}/{own().id}"
    old = one.get(url)
    other.submit(other.get(url), f"{url}/removal")
    for do in ("add-terms", "save"):
        back = one.submit(old, url, 422, do=do, description="For two homes")
        assert back.has("This plan was removed on another page meanwhile. Save to add it anew.")
    one.submit(back, HOME, do="save")
    assert own().content["description"] == "For two homes"
    assert str(own().id) not in url


def test_what_a_colleague_changed_is_not_removed_unseen(cast: Cast, visit: Visit) -> None:
    copied(visit(cast.administrator), "parenting")
    one, other = visit(cast.administrator), visit(cast.administrator)
    url = f"{HOME}/{own().id}"
    old = one.get(url)
    other.submit(other.get(url), url, button="Save", do="save", description="For two homes")
    now = one.follow(one.submit(old, f"{url}/removal"))
    assert now.has("This plan was changed on another page meanwhile. Look at it first.")
    assert now.has("For two homes")
    assert one.follow(one.submit(now, f"{url}/removal")).has("Removed.")
