"""A network that goes while somebody writes: what was typed stays, what happened is said, and nothing is done twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium
from tests.browser.bad_network import BadNetwork
from tests.browser.stage import Stage

FAILED = "That did not go through. What you wrote is still here: try again in a moment."


class Line:
    """Somebody's browser behind a network that a test can take away."""

    def __init__(self, stage: Stage, browser: Browser, network: BadNetwork) -> None:
        self.stage, self.network = stage, network
        self.context = chromium.context(browser, network.url, chromium.LAPTOP)

    def enter(self, who: str) -> Page:
        """Sign in; the first page is not there yet."""
        host = urlsplit(self.network.url).hostname or ""
        cookie = {"name": "meanwhile", "value": self.stage.cookies[who], "domain": host, "path": "/"}
        self.context.add_cookies([cookie])  # type: ignore[list-item]  # the library's own kind of mapping
        return self.context.new_page()


@pytest.fixture
def line(stage: Stage, browser: Browser, network: BadNetwork) -> Iterator[Line]:
    """A browser of its own for each test."""
    made = Line(stage, browser, network)
    yield made
    made.context.close()


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_safety_message_waits_for_the_network_and_goes_once(line: Line) -> None:
    page = line.enter("First parent")
    page.goto(f"/trials/{line.stage.trials['handoff']}/safety")
    words = page.get_by_label("What should your mediator know?")
    words.fill("Somebody waited at the door.")
    line.network.down = True
    _press(page, "Tell my mediator")
    expect(page.locator("#say")).to_have_text(FAILED)
    expect(words).to_have_value("Somebody waited at the door.")
    line.network.down, line.network.cut = False, 100  # it arrives; the answer to it does not
    with page.expect_event("requestfailed"):
        _press(page, "Tell my mediator")
    expect(page.locator("form[aria-busy]")).to_have_count(0)
    expect(page.locator("#say")).to_have_text(FAILED)
    line.network.cut = 0
    _press(page, "Tell my mediator")
    expect(page.get_by_text("Your mediator has your message, and nobody else.").first).to_be_visible()
    expect(words).to_have_value("")
    desk = line.enter("Mediator")
    desk.goto(f"/caseload/{line.stage.trials['handoff']}")
    expect(desk.get_by_role("button", name="Mark as seen")).to_have_count(1)


@pytest.mark.parametrize(
    ("place", "label", "button", "after"),
    [
        ("contact", "Number or address", "Save", "Saved. Only your mediator sees it."),
        ("prepare/joining", "Who, and what for", "Save", "Saved."),
        ("reminders", "At what time?", "Save", "Saved."),
    ],
)
def test_what_a_party_typed_stays(line: Line, place: str, label: str, button: str, after: str) -> None:
    page = line.enter("Parent A")
    page.goto(f"/trials/{line.stage.trials['School weeks']}/{place}")
    field = page.get_by_label(re.compile(f"^{re.escape(label)}"))
    text = "19:45" if place == "reminders" else "My sister, 555-0100"
    line.network.down = True
    if place == "contact":
        page.get_by_role("radio", name="A call").check()
    field.fill(text)
    _press(page, button)
    expect(page.locator("#say")).to_have_text(FAILED)
    expect(field).to_have_value(text)
    line.network.down = False
    _press(page, button)
    expect(page.get_by_text(after, exact=True).first).to_be_visible()
    page.goto(f"/trials/{line.stage.trials['School weeks']}/{place}")
    expect(field).to_have_value(text)


def test_a_referral_keeps_the_session_that_is_being_typed(line: Line) -> None:
    page = line.enter("Mediator")
    page.goto(f"/caseload/{line.stage.trials['School weeks']}/return-session")
    page.get_by_label("Place").fill("Library, room 4")
    page.get_by_text("Add a referral").click()
    page.get_by_label("For", exact=True).select_option(index=1)
    page.get_by_label("Whom to see").fill("A tax adviser")
    _press(page, "Add")
    expect(page.get_by_text("It stands on their Prepare page.").first).to_be_visible()
    expect(page.get_by_text("A tax adviser").first).to_be_visible()
    expect(page.get_by_label("Place")).to_have_value("Library, room 4")
    expect(page.get_by_label("Whom to see")).to_have_value("")


def test_two_pages_of_one_topic_lose_nothing(line: Line) -> None:
    old, new = line.enter("Parent B"), line.context.new_page()
    for page in (old, new):
        page.goto(f"/trials/{line.stage.trials['School weeks']}/prepare/phrases")
    new.get_by_label("When I need a break").fill("Ten minutes, please.")
    expect(new.get_by_text(re.compile(r"Saved at \d"))).to_be_visible()
    old.get_by_label("When we are stuck").fill("Can we write this down?")
    expect(old.get_by_text(re.compile(r"Saved at \d"))).to_be_visible()
    old.get_by_label("When I need a break").fill("Stop.")
    expect(old.get_by_text("You changed this on another page or device.")).to_be_visible()
    _press(old, "Save")
    expect(old.get_by_text("On another page or device you wrote: “Ten minutes, please.”").first).to_be_visible()
    expect(old.get_by_label("When I need a break")).to_have_value("Stop.")
    _press(old, "Save")
    expect(old.get_by_text("Saved.", exact=True).first).to_be_visible()
    new.reload()
    expect(new.get_by_label("When I need a break")).to_have_value("Stop.")
    expect(new.get_by_label("When we are stuck")).to_have_value("Can we write this down?")


def test_back_from_the_second_step_leads_to_the_caseload_and_makes_no_second_draft(line: Line) -> None:
    page = line.enter("Mediator")
    page.goto("/caseload")
    page.goto("/caseload/new")
    page.get_by_label("What do you call it?").fill("Once only")
    for number, name in enumerate(("Parent A", "Parent B")):
        page.get_by_label("Name", exact=True).nth(number).fill(name)
    line.network.cut = 100  # the draft is made; the answer is lost
    with page.expect_event("requestfailed"):
        _press(page, "Continue")
    expect(page.locator("#say")).to_have_text(FAILED)
    line.network.cut = 0
    _press(page, "Continue")
    expect(page.get_by_role("radio", name="Four-week parenting plan")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("/caseload$"))
    expect(page.get_by_text("Once only")).to_have_count(1)
