"""What a mediator types into the set-up stays as it was typed, whatever the network and the server do meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, Route, expect

from tests.browser import chromium
from tests.browser.stage import Stage

FAILED = "That did not go through. What you wrote is still here: try again in a moment."


class Desk:
    """A new trial's set-up in the mediator's browser."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.on = page.get_by_role("button", name=re.compile("^Continue"))
        self.text = page.get_by_label("What will be tried").first
        self.sign = page.get_by_label("You notice it by").first

    def to_the_terms(self, title: str) -> None:
        """The first two steps."""
        self.page.goto("/caseload/new")
        self.page.get_by_label("What do you call it?").fill(title)
        for number, name in enumerate(("Parent A", "Parent B")):
            self.page.get_by_label("Name", exact=True).nth(number).fill(name)
        self.on.click()
        self.page.get_by_role("radio", name="Four-week parenting plan").check()
        self.on.click()
        expect(self.text).to_be_visible()

    def to_the_schedule(self, title: str) -> None:
        """The first three."""
        self.to_the_terms(title)
        self.text.fill("Lights out by 20:30")
        self.on.click()
        expect(self.page.get_by_label("First day", exact=True)).to_be_visible()

    def fail(self, what: str, status: int) -> None:
        """Let what is sent with `do` being `what` end in a fault."""

        def meet(route: Route) -> None:
            if f"do={what}" in (route.request.post_data or ""):
                return route.fulfill(status=status, body="<h1>Bad Gateway</h1>")
            return route.fallback()

        self.page.route("**/caseload/new/**", meet)

    def says(self, sentence: str) -> None:
        """On the screen."""
        expect(self.page.locator("#say.shown")).to_have_text(sentence)


@pytest.fixture
def desk(stage: Stage, browser: Browser) -> Iterator[Desk]:
    context = stage.enter(browser, "Mediator", chromium.LAPTOP)
    yield Desk(context.new_page())
    context.close()


def holds(field: Locator, text: str) -> None:
    """This stands in the field, once everything that an answer brings about has come about."""
    field.page.evaluate("() => new Promise((done) => setTimeout(done))")
    expect(field).to_have_value(text)


def test_a_term_is_typed_field_after_field(desk: Desk) -> None:
    desk.to_the_terms("Typed slowly")
    desk.text.press_sequentially("Lights out by 20:30")
    with desk.page.expect_response(lambda answer: "20%3A30" in (answer.request.post_data or "")):
        desk.text.press("Tab")
    desk.sign.press_sequentially("The room is dark")
    with desk.page.expect_response(lambda answer: "dark" in (answer.request.post_data or "")):
        desk.sign.press("Tab")
    holds(desk.text, "Lights out by 20:30")
    holds(desk.sign, "The room is dark")
    desk.on.click()
    expect(desk.page.get_by_label("First day", exact=True)).to_be_visible()
    desk.page.get_by_role("button", name="Back").click()
    holds(desk.text, "Lights out by 20:30")
    holds(desk.sign, "The room is dark")


def test_what_was_typed_last_is_kept_though_no_field_was_left(desk: Desk) -> None:
    desk.to_the_terms("Typed and left alone")
    with desk.page.expect_response(lambda answer: "Lights+out" in (answer.request.post_data or "")):
        desk.text.press_sequentially("Lights out")
    desk.page.reload()
    holds(desk.text, "Lights out")


def test_a_second_tab_hears_of_what_the_first_one_typed(desk: Desk) -> None:
    desk.to_the_terms("Typed in two tabs")
    other = Desk(desk.page.context.new_page())
    other.page.goto(desk.page.url)
    for text in ("Lights", "Lights out by 20:30"):
        with desk.page.expect_response(lambda answer: answer.status == 204):
            desk.text.fill(text)
    other.text.fill("Supper at six")
    expect(other.page.get_by_text("What you type here is not kept yet: go on to see both.")).to_be_visible()
    other.on.click()
    expect(
        other.page.get_by_text("On another page this was changed meanwhile: “Lights out by 20:30”").last
    ).to_be_visible()
    holds(other.text, "Supper at six")
    other.on.click()
    expect(other.page.get_by_label("First day", exact=True)).to_be_visible()
    desk.page.reload()
    holds(desk.text, "Supper at six")


def test_while_a_row_is_on_its_way_nothing_goes_into_another(desk: Desk) -> None:
    desk.to_the_terms("Rows that come")
    desk.text.fill("Lights out by 20:30")
    desk.sign.fill("The room is dark")
    chromium.slow(desk.page, 700)
    desk.page.get_by_role("button", name="Add a term").click(no_wait_after=True)
    desk.sign.press_sequentially(" and quiet, with the door closed by then", delay=30)
    expect(desk.page.get_by_role("group", name="Term 2")).to_be_visible()
    holds(desk.text, "Lights out by 20:30")
    said = desk.sign.input_value()
    assert "The room is dark" in said
    assert desk.page.get_by_label("What will be tried").nth(1).input_value() == ""
    desk.on.focus()
    holds(desk.sign, said)


@pytest.mark.parametrize("status", [413, 429, 500, 502, 503])
def test_a_fault_of_the_server_leaves_the_form_as_it_is(desk: Desk, status: int) -> None:
    desk.to_the_terms(f"Gateway {status}")
    desk.text.fill("Lights out by 20:30")
    desk.fail("next", status)
    desk.on.click()
    desk.says(FAILED)
    expect(desk.page.get_by_text("Bad Gateway")).to_have_count(0)
    holds(desk.text, "Lights out by 20:30")
    desk.page.unroute_all()
    desk.on.click()
    expect(desk.page.get_by_label("First day", exact=True)).to_be_visible()


@pytest.mark.parametrize("status", [413, 503])
def test_what_could_not_be_kept_behind_the_scenes_is_said(desk: Desk, status: int) -> None:
    desk.to_the_terms(f"Behind the scenes {status}")
    desk.fail("save", status)
    desk.text.press_sequentially("Lights out by 20:30")
    desk.text.press("Tab")
    desk.says(FAILED)
    holds(desk.text, "Lights out by 20:30")


def test_a_calendar_that_fails_shows_no_page_of_its_own(desk: Desk) -> None:
    desk.to_the_schedule("A calendar that fails")
    desk.fail("preview", 503)
    before = desk.page.locator("#preview").inner_html()
    desk.page.get_by_label("Place").fill("Library")
    desk.says(FAILED)
    assert desk.page.locator("#preview").inner_html() == before
    holds(desk.page.get_by_label("Place"), "Library")


def test_a_calendar_that_comes_late_undoes_nothing(desk: Desk) -> None:
    desk.to_the_schedule("A calendar that comes late")
    held: list[Route] = []
    desk.page.route("**/schedule", lambda route: held.append(route) if _previews(route) else route.fallback())
    place = desk.page.get_by_label("Place")
    with desk.page.expect_request(lambda request: "do=preview" in (request.post_data or "")):
        place.fill("Library")
    place.press("End")
    place.press_sequentially(" at the corner")
    place.press("Enter")
    expect(desk.page.get_by_role("button", name="Propose it")).to_be_visible()
    for route in held:
        with suppress(Error):  # one that was called off goes nowhere
            route.fallback()
    desk.page.wait_for_timeout(500)
    desk.page.unroute_all()
    desk.page.get_by_role("button", name="Back").click()
    holds(desk.page.get_by_label("Place"), "Library at the corner")


def _previews(route: Route) -> bool:
    return "do=preview" in (route.request.post_data or "")


def test_from_the_schedule_back_to_the_people(desk: Desk) -> None:
    """A list of suggestions that moves within the page while a field points to it ends Chromium's page."""
    desk.to_the_schedule("There and back")
    desk.page.get_by_role("button", name="People").click()
    expect(desk.page.get_by_label("What do you call it?")).to_have_value("There and back")


def test_pressed_twice_is_pressed_once(desk: Desk) -> None:
    desk.to_the_schedule("Pressed twice")
    desk.on.click()
    sent: list[str] = []
    desk.page.on("request", lambda request: sent.append(request.method) if "/sharing" in request.url else None)
    chromium.slow(desk.page, 300)
    desk.page.get_by_role("button", name="Propose it").dblclick()
    expect(desk.page.get_by_text("Proposed. It starts when both have accepted.").first).to_be_visible()
    assert sent.count("POST") == 1
