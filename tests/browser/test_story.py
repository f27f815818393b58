"""The whole story in a real browser: a mediator sets a trial up, both parties accept and log, the summary is released.

Once for the parenting plan and once for the noise plan; with scripts and without.
"""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import chromium
from tests.browser.stage import Stage
from tests.browser.steps import stop_button

BERLIN = ZoneInfo("Europe/Berlin")

pytestmark = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


class Room:
    """Everybody's browsers: the mediator's laptop, and a phone for each party."""

    def __init__(self, stage: Stage, browser: Browser, *, scripts: bool) -> None:
        self.contexts: list[BrowserContext] = []
        self.stage, self.browser, self.scripts = stage, browser, scripts
        self.mediator = self._page("Mediator", chromium.LAPTOP)

    def _page(self, who: str, size: dict[str, object]) -> Page:
        context = self.stage.enter(self.browser, who, size, java_script_enabled=self.scripts)
        self.contexts.append(context)
        return context.new_page()

    def set_up(self, title: str, names: tuple[str, str], template: str) -> list[str]:
        """The five steps; the links in the QR codes."""
        page = self.mediator
        page.goto("/caseload")
        page.get_by_role("link", name="New trial").first.click()
        page.get_by_label("What do you call it?").fill(title)
        for number, name in enumerate(names):
            page.get_by_label("Name", exact=True).nth(number).fill(name)
            page.get_by_label("Time zone").nth(number).fill(BERLIN.key)
        self._next("Plan")
        page.get_by_role("radio", name=template).check()
        self._next("Terms")
        page.get_by_label("What will be tried").first.fill("Lights out by 20:30")
        self._next("Schedule")
        page.get_by_label("First day", exact=True).fill(datetime.now(BERLIN).date().isoformat())
        self._next("sharing")
        page.get_by_role("button", name="Propose it").click()
        expect(page.get_by_text("Proposed. It starts when both have accepted.").first).to_be_visible()
        links = page.locator("input[type=url]")
        expect(links).to_have_count(2)
        return [links.nth(n).input_value() for n in range(2)]

    def _next(self, heading: str) -> None:
        self.mediator.get_by_role("button", name=re.compile("^(Continue|Next)")).click()
        self.mediator.wait_for_load_state()
        expect(self.mediator.locator("[aria-current=step]")).to_contain_text(re.compile(heading, re.IGNORECASE))

    def join(self, link: str) -> Page:
        """A party with a phone, from the QR code to Today."""
        page = self._page("", chromium.PHONE)
        page.goto(link)
        page.get_by_role("link", name="Continue").tap()
        page.get_by_role("button", name="Yes, only I use it").tap()
        page.get_by_role("button", name="I accept").tap()
        page.get_by_role("button", name="Continue").tap()
        page.get_by_role("link", name="Go to Today").tap()
        return page

    def summary(self, title: str) -> Page:
        """What the mediator finds in the summary."""
        page = self.mediator
        page.goto("/caseload")
        page.get_by_role("link", name=title).first.click()
        page.get_by_role("link", name="Summary").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("What both accounts say")
        return page

    def release(self) -> None:
        """The mediator releases the summary that they look at."""
        self.mediator.get_by_role("link", name="Release").first.click()
        self.mediator.get_by_role("button", name="Release to both parties").first.click()
        expect(self.mediator.get_by_text("Released").first).to_be_visible()

    def leave(self) -> None:
        """Close every browser."""
        for context in self.contexts:
            context.close()


def test_a_parenting_plan(stage: Stage, browser: Browser, scripts: bool) -> None:
    room = Room(stage, browser, scripts=scripts)
    title = f"Elm Road {scripts}"
    first, second = room.set_up(title, ("Parent A", "Parent B"), "Four-week parenting plan")
    one = room.join(first)
    expect(one.get_by_role("button", name="As planned today")).to_have_count(0)  # the other has not accepted
    two = room.join(second)
    two.get_by_role("button", name="As planned today").tap()
    expect(two.get_by_text("Saved").first).to_be_visible()
    one.reload()
    one.get_by_role("group", name="Lights out by 20:30").get_by_role("radio", name="Partly").tap()
    one.get_by_text("Add a note").tap()
    one.get_by_label("A note").fill("In bed at nine, after the call.")
    one.get_by_role("radio", name="The summary").tap()
    one.get_by_role("button", name="Save", exact=True).tap()
    expect(one.get_by_text("Saved").first).to_be_visible()
    page = room.summary(title)
    expect(page.get_by_text("In bed at nine, after the call.")).to_be_visible()
    expect(page.locator("body")).to_contain_text("1 of 1")
    two.goto(two.url.replace("/today", "/summary"))
    expect(two.get_by_text("In bed at nine")).to_have_count(0)  # nothing of the other account before the release
    room.release()
    two.reload()
    expect(two.get_by_text("In bed at nine, after the call.")).to_be_visible()
    room.leave()


def test_a_noise_plan(stage: Stage, browser: Browser, scripts: bool) -> None:
    room = Room(stage, browser, scripts=scripts)
    title = f"Mill Lane {scripts}"
    first, second = room.set_up(title, ("Downstairs", "Upstairs"), "Thirty-day noise plan")
    hears, makes = room.join(first), room.join(second)
    makes.get_by_role("button", name="As planned today").tap()
    expect(makes.get_by_text("Saved").first).to_be_visible()
    hears.reload()
    hears.get_by_role("button", name="Noise now").tap()
    expect(stop_button(hears)).to_be_visible()
    address, cookies = hears.url, hears.context.storage_state()
    hears.context.close()  # the app is closed and opened again
    room.contexts.remove(hears.context)
    again = browser.new_context(base_url=stage.url, storage_state=cookies, **chromium.PHONE)
    room.contexts.append(again)
    hears = again.new_page()
    hears.goto(address)
    stop_button(hears).tap()
    expect(hears.get_by_text("Saved").first).to_be_visible()
    page = room.summary(title)
    expect(page.get_by_role("heading", name=re.compile("Noise|Quiet")).first).to_be_visible()
    room.leave()
