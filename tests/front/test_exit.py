"""Exit: the sign-in is over at once, whatever the page knew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.cast import Cast
from tests.visitor import Visitor

Visit = Callable[..., Visitor]


def leave(browser: Visitor, **headers: str) -> tuple[int, str]:
    response = browser.client.post("/exit", headers=headers)
    return response.status_code, response.headers.get("Location", "")


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"},
     {"Origin": "null"}],  # what a page without a referrer sends
)  # fmt: skip  # read in rows, as it is laid out
def test_it_ends_the_sign_in_without_any_token(app: Flask, cast: Cast, visit: Visit, headers: dict[str, str]) -> None:
    browser, thief = visit(cast.parent_a), visit()
    cookie = browser.client.get_cookie("meanwhile")
    assert cookie is not None
    assert leave(browser, **headers) == (303, app.extensions["config"].exit_to)
    assert browser.client.get_cookie("meanwhile") is None
    thief.client.set_cookie("meanwhile", cookie.value)
    for each in (browser, thief):
        assert each.client.get("/places").status_code == 303


def test_the_browser_is_told_to_forget(cast: Cast, visit: Visit) -> None:
    response = visit(cast.parent_a).client.post("/exit")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert response.headers["Cache-Control"] == "no-store"


def test_it_works_for_nobody_too(app: Flask, visit: Visit) -> None:
    assert leave(visit())[0] == 303


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://example.com"}]
)
def test_another_site_cannot_do_it(cast: Cast, visit: Visit, headers: dict[str, str]) -> None:
    browser = visit(cast.parent_a)
    assert leave(browser, **headers)[0] == 400
    assert browser.client.get("/places").status_code == 200


def test_a_link_cannot_do_it(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    browser.get("/exit", 405)
    assert browser.client.get("/places").status_code == 200


def test_every_page_before_sign_in_has_the_button(app: Flask, visit: Visit) -> None:
    for path in ("/", "/sign-in", "/invitations", "/signed-out", "/demo"):
        action, _fields = visit().get(path).form("/exit", button="Exit")
        assert action == "/exit"


def test_the_policy_lets_the_form_leave_without_scripts(app: Flask, visit: Visit) -> None:
    """A browser holds `form-action` against the redirect of a form too, and would else stay on the page."""
    policy = visit().get("/").response.headers["Content-Security-Policy"]
    assert "form-action 'self' https://www.wikipedia.org;" in policy


@pytest.mark.parametrize("page", ["today", "confidentiality"])
def test_the_keyboard_is_spoken_of_only_where_its_script_runs(cast: Cast, visit: Visit, page: str) -> None:
    shown = visit(cast.parent_a).get(f"/trials/{cast.parenting.id}/{page}")
    within = [e for e in shown.all("span") if e.get("class") == "js-only"]
    assert shown.text.count("Shift three times") == sum("Shift" in "".join(e.itertext()) for e in within) > 0


def test_nobody_is_told_that_they_are_signed_out_while_they_are_not(cast: Cast, visit: Visit) -> None:
    """Back to that page after signing in again, or from another page that was told too soon."""
    assert visit(cast.parent_a).get("/signed-out", 303).location == "/"
    assert visit().get("/signed-out").has("You are signed out")


def test_an_exit_whose_request_was_lost_is_finished_by_the_next_one(app: Flask, cast: Cast, visit: Visit) -> None:
    """The page leaves a note: on a shared device, and before the worker is there, nothing else keeps it."""
    browser, thief = visit(cast.parent_a), visit()
    cookie = browser.client.get_cookie("meanwhile")
    assert cookie is not None
    browser.client.set_cookie("__Host-leaving", "1")
    browser.client.get("/static/app.js")
    assert browser.client.get("/device-key", headers={"X-Outbox": "1"}).status_code == 200  # what waits is sent first
    assert browser.client.get("/places").location.startswith("/sign-in")
    assert not any(browser.client.get_cookie(name) for name in ("__Host-leaving", "meanwhile"))
    thief.client.set_cookie("meanwhile", cookie.value)
    assert thief.client.get("/places").status_code == 303
    browser.client.set_cookie("__Host-leaving", "1")
    assert leave(browser)[0] == 303
    assert browser.client.get_cookie("__Host-leaving") is None
