"""What a page says after something was done: once, on the next page, and to nobody who comes afterwards."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.visitor import Visitor

Visit = Callable[..., Visitor]


def saved(cast: Cast, visit: Visit) -> tuple[Visitor, list[str]]:
    """A party's browser that has just saved a day and not yet shown another page; the cookies that it was given."""
    browser = visit(cast.parent_a)
    browser.get(f"/trials/{cast.parenting.id}/more")  # has its session from here on
    form = {"kind": "day", "day": "2026-03-09", "id": str(uuid4()), "all": "kept"}
    answer = browser.post(f"/trials/{cast.parenting.id}/observations", form)
    return browser, answer.response.headers.getlist("Set-Cookie")


def test_it_is_said_once(cast: Cast, visit: Visit) -> None:
    browser, (cookie,) = saved(cast, visit)
    for part in ("Max-Age=60", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    day = f"/trials/{cast.parenting.id}/days/2026-03-09"
    assert browser.get(day).has("Saved for Mon 9 Mar.")
    assert browser.client.get_cookie("said") is None
    assert not browser.get(day).has("Saved for Mon 9 Mar.")


def test_the_session_stays_as_it_was(cast: Cast, visit: Visit) -> None:
    """Of two answers on their way at once neither undoes what the other says about who is signed in."""
    assert [one.partition("=")[0] for one in saved(cast, visit)[1]] == ["said"]


@pytest.mark.parametrize("way_out", ["/exit", "/sign-out"])
def test_who_comes_next_does_not_read_it(cast: Cast, visit: Visit, way_out: str) -> None:
    browser, _ = saved(cast, visit)
    browser.post(way_out)
    left = browser.client.get_cookie("said")
    assert left is None or "Saved" not in left.value


def test_it_is_text_whatever_it_says(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    browser.client.set_cookie("said", "<script>alert(1)</script>")
    assert "<script>alert" not in browser.get(f"/trials/{cast.parenting.id}/days/2026-03-09").html


def test_what_was_not_done_has_no_check_mark(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.downstairs)
    browser.post(f"/trials/{cast.noise.id}/noise/{uuid4()}/end")
    today = browser.get(f"/trials/{cast.noise.id}/today")
    assert today.draws("This entry is not there any more.") == "careful"
    assert "data-announce" in today.html
    assert not browser.get(f"/trials/{cast.noise.id}/today").has("not there any more")
    day = f"/trials/{cast.parenting.id}/days/2026-03-09"
    assert saved(cast, visit)[0].get(day).draws("Saved for Mon 9 Mar.") == "done"
