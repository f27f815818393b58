"""A phone on a slow network, where no worker stands in: what is tapped or typed while an answer is on its way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.phones import Owner, owners
from tests.browser.stage import Stage
from tests.browser.steps import stored

FAILED = "That did not go through. What you wrote is still here: try again in a moment."


@pytest.fixture
def owner(stage: Stage) -> Owner:
    return owners(stage, "parenting", "Tunnel")[0]


@pytest.fixture
def today(stage: Stage, browser: Browser, owner: Owner) -> Iterator[Page]:
    """Today of a shared phone: half a note is written, and one term answered."""
    stage.cookies[owner.person] = owner.cookie
    context = stage.enter(browser, owner.person, service_workers="block")
    page = context.new_page()
    page.goto(f"/trials/{owner.trial}/today")
    page.get_by_text("Add a note").tap()
    page.get_by_label("A note").fill("First words.")
    page.get_by_role("radio", name="Partly").first.check(force=True)
    yield page
    context.close()


def test_what_is_sent_is_what_the_page_shows(today: Page, owner: Owner) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:  # on its way until all was tapped and typed
        held.append(route)

    today.route("**/observations", hold)
    save = today.get_by_role("button", name="Save", exact=True)
    with today.expect_request("**/observations"):
        save.dispatch_event("click")
    today.get_by_label("A note").focus()
    today.get_by_label("A note").press_sequentially(" And more words.")
    today.get_by_role("radio", name="As planned", exact=True).first.dispatch_event("click")
    save.dispatch_event("click")
    for route in held:
        route.continue_()
    today.unroute_all()
    expect(today.get_by_text("Saved").first).to_be_visible()
    today.wait_for_load_state("networkidle")
    (row,) = stored(owner)
    assert row.note == "First words."
    assert "partly" in row.answers["terms"].values()


def test_a_fault_of_the_server_leaves_what_was_written(today: Page, owner: Owner) -> None:
    today.route("**/observations", lambda route: route.fulfill(status=503, body="<h1>Bad Gateway</h1>"))
    save = today.get_by_role("button", name="Save", exact=True)
    save.tap()
    expect(today.locator("#say.shown")).to_have_text(FAILED)
    expect(today.get_by_label("A note")).to_have_value("First words.")
    expect(today.get_by_role("radio", name="Partly").first).to_be_checked()
    today.unroute_all()
    save.tap()
    expect(today.get_by_text("Saved").first).to_be_visible()
    assert [row.note for row in stored(owner)] == ["First words."]
