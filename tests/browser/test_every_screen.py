"""Every screen, in a real browser: readable for everybody, small on the wire, whole on a narrow phone.

A screen is loaded once, and everything is asked of that load: another width or color scheme is set under it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT as AXE
from playwright.sync_api import Browser, Page, Request

from tests.browser import chromium
from tests.browser.screens import PARTS, Screen
from tests.browser.stage import Stage

MOST_BYTES, MOST_REQUESTS = 32 * 1024, 6
NARROWEST, PHONES = 320, (375, 360)  # what is in use besides the usual phone
WITH_CHOICES = {
    "check-in", "check-in-noise", "party-today", "party-noise-form", "party-noise-reminders", "party-moment-form",
}  # fmt: skip  # read in rows, as it is laid out
# Only what is wrong comes back: the rest are megabytes that nobody reads.
VIOLATIONS = "() => axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)"
WIDTHS = "() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]"
STICKS_OUT = """() => [...document.querySelectorAll(".chip span")].filter((words) => {
  const line = document.createRange(), chip = words.closest(".chip").getBoundingClientRect();
  if (words.matches(".unseen") || !words.firstChild) return false;
  line.selectNode(words.firstChild);
  return [...line.getClientRects()].some(({ right }) => right > chip.right);
}).map((words) => words.textContent)"""

BROKEN = """() => [...document.querySelectorAll(".month :is(th, .date)")].filter((words) => {
  const line = document.createRange();
  line.selectNode(document.createTreeWalker(words, NodeFilter.SHOW_TEXT).nextNode());
  return line.getClientRects().length > 1;
}).map((words) => words.textContent)"""

SPILLS = """() => [...document.querySelectorAll(".card table")].filter((table) => {
  const card = table.closest(".card").getBoundingClientRect();
  return !table.closest(".scroll") && table.getBoundingClientRect().right > card.right;
}).map((table) => table.textContent.trim().slice(0, 40))"""


class Newcomer:
    """Somebody for whom each load is the first: signed in, with nothing kept from the screen before."""

    def __init__(self, browser: Browser, stage: Stage, who: str) -> None:
        # Colors that fade into another scheme would be read on their way; a worker would answer from what it keeps.
        still: dict[str, Any] = {"reduced_motion": "reduce", "service_workers": "block"}
        context = stage.enter(browser, who, **still)
        self.page = context.new_page()
        self.ours = (stage.url, "data:")
        self.requests: list[Request] = []
        self.page.on("request", self._note)  # answered or not: an answer that is refused was asked for
        network = context.new_cdp_session(self.page)
        network.send("Network.enable")
        network.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def _note(self, request: Request) -> None:
        self.requests.append(request)  # Playwright marks what it is given: a list's own method it cannot mark

    def look_at(self, screen: Screen) -> Iterator[str]:
        """Load it; what is wrong with it."""
        page = self.page
        _show(page, chromium.PHONE, "light")
        self.requests.clear()
        page.goto(screen.path)
        if screen.press:  # the budget is the first load's, not that of what stands behind the button
            yield from self._load()
            screen.go_on(page)
        choices = screen.name in WITH_CHOICES
        yield from _axe(page)
        yield from _whole(page, choices)
        for width in (*PHONES, NARROWEST) if choices or page.locator(".month").count() else (NARROWEST,):
            page.set_viewport_size({"width": width, "height": 640})
            yield from _whole(page, choices)
        _show(page, chromium.LAPTOP, "dark")
        yield from _axe(page)
        yield from (f"this table is wider than its card: {text!r}" for text in page.evaluate(SPILLS))
        if not screen.press:
            yield from self._load()  # by now the network has long been quiet

    def _load(self) -> Iterator[str]:
        """Bytes as they travel, requests and hosts, when nothing more is asked for."""
        self.page.wait_for_load_state("networkidle")
        answered = [request for request in self.requests if request.response()]
        size = sum(request.sizes()["responseBodySize"] for request in answered)
        assert answered
        for one in self.requests:
            if not one.url.startswith(self.ours):
                yield f"asks {one.url}"
        if size > MOST_BYTES or len(self.requests) > MOST_REQUESTS:
            yield f"{size} bytes in {len(self.requests)} requests"


def _show(page: Page, size: dict[str, Any], scheme: Any) -> None:
    page.set_viewport_size(size["viewport"])
    page.emulate_media(color_scheme=scheme)


def _axe(page: Page) -> Iterator[str]:
    """Violations of any rule: at another width other parts are there, so that none can be left out."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE)
    for violation in page.evaluate(VIOLATIONS):
        yield f"{violation['id']}: {[node['html'][:120] for node in violation['nodes'][:2]]}"


def _whole(page: Page, choices: bool) -> Iterator[str]:
    """Nothing scrolls sideways, no date is broken, no word too long for its chip: it would lie across the next one."""
    width, needed = page.evaluate(WIDTHS)
    assert page.viewport_size
    assert width == page.viewport_size["width"]
    if needed > width:
        yield f"at {width} pixels it is {needed} wide"
    yield from (f"at {width} pixels this date is broken: {date}" for date in page.evaluate(BROKEN))
    if choices:
        assert page.locator(".chip").count()
        yield from (f"at {width} pixels this sticks out: {words}" for words in page.evaluate(STICKS_OUT))


@pytest.mark.parametrize("part", PARTS)
def test_one_load_is_readable_small_and_whole(browser: Browser, stage: Stage, part: str) -> None:
    newcomers: dict[str, Newcomer] = {}
    found = []
    for screen in PARTS[part](stage):
        if screen.who not in newcomers:
            newcomers[screen.who] = Newcomer(browser, stage, screen.who)
        found += [f"{screen.name}: {wrong}" for wrong in newcomers[screen.who].look_at(screen)]
    for newcomer in newcomers.values():
        newcomer.page.context.close()
    assert not found, "\n".join(found)
