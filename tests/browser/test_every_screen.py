"""Every screen, in a real browser: readable for everybody, small on the wire, whole on a narrow phone.

A screen is loaded once, and everything is asked of that load: another width or color scheme is set under it. Contrast,
which takes most of the time, is measured once for each look: the same colors on the same grounds in the same elements
have the same contrast in the next row of a table, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT as AXE
from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.browser import chromium
from tests.browser.screens import PARTS, Screen
from tests.browser.stage import Stage

MOST_BYTES, MOST_REQUESTS = 32 * 1024, 6
NARROWEST, PHONES = 320, (375, 360)  # what is in use besides the usual phone
WITH_CHOICES = {
    "check-in", "check-in-noise", "party-today", "party-noise-form", "party-noise-reminders", "party-moment-form",
}  # fmt: skip  # read in rows, as it is laid out
# The first of each look gets `data-look`. Two looks are one if nothing differs that could make a contrast: what each
# element around is and how it is drawn, whether it is a control, and what lies in its middle as far as that is in view.
# Only what is wrong comes back: the rest are megabytes that nobody reads.
VIOLATIONS = """() => {
  const known = new Map(), numbers = new Map(), seen = new Set(), first = [];
  const drawn = ["color", "background-color", "background-image", "opacity", "font-size", "font-weight", "position",
    "visibility", "display", "text-shadow", "filter", "mix-blend-mode", "clip-path", "transform", "z-index"];
  const look = (element) => {
    if (!element) return 0;
    if (!known.has(element)) {
      const style = getComputedStyle(element), around = look(element.parentElement);
      const own = [around, element.localName, element.className, element.matches(":disabled, [aria-disabled]")];
      const one = own.concat(drawn.map((name) => style.getPropertyValue(name))).join();
      if (!numbers.has(one)) numbers.set(one, numbers.size + 1);
      known.set(element, numbers.get(one));
    }
    return known.get(element);
  };
  const hit = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    if (!width || !height) return "nowhere";
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    return element.contains(top) || look(top);
  };
  for (const element of document.querySelectorAll("body, body *")) {
    const text = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const control = element.matches("input, select, textarea, button"), of = element.control?.matches(":disabled");
    if (!text && !control) continue;
    const one = [look(element), text, of, hit(element)].join();
    if (control || !seen.has(one)) first.push(element);
    seen.add(one);
  }
  for (const element of document.querySelectorAll("[data-look]")) element.removeAttribute("data-look");
  for (const element of first) element.setAttribute("data-look", "");
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-look]" }] });
  return axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations);
}"""
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

WHOLE = f"""() => [
  document.documentElement.clientWidth, document.documentElement.scrollWidth, document.querySelectorAll(".chip").length,
  ({BROKEN})(), ({STICKS_OUT})(),
]"""
SPILLS = """() => [...document.querySelectorAll(".card table")].filter((table) => {
  const card = table.closest(".card").getBoundingClientRect();
  return !table.closest(".scroll") && table.getBoundingClientRect().right > card.right;
}).map((table) => table.textContent.trim().slice(0, 40))"""


class Newcomer:
    """Somebody for whom each load is the first: signed in, with nothing kept from the screen before."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.page = context.new_page()
        self.ours = (url, "data:")
        self.requests: list[Request] = []
        self.shown = ""
        self.page.on("request", self._note)  # answered or not: an answer that is refused was asked for
        network = context.new_cdp_session(self.page)
        network.send("Network.enable")
        network.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def _note(self, request: Request) -> None:
        self.requests.append(request)  # Playwright marks what it is given: a list's own method it cannot mark

    def look_at(self, screen: Screen) -> Iterator[str]:
        """Load it; what is wrong with it, but for what the load took: see `leave`."""
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
        self.shown = "" if screen.press else screen.name

    def leave(self) -> Iterator[str]:
        """What is wrong with what the load took, if that is still to be said."""
        if self.shown:
            yield from (f"{self.shown}: {wrong}" for wrong in self._load())
        self.shown = ""

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
    for violation in page.evaluate(VIOLATIONS):
        yield f"{violation['id']}: {[node['html'][:120] for node in violation['nodes'][:2]]}"


def _whole(page: Page, choices: bool) -> Iterator[str]:
    """Nothing scrolls sideways, no date is broken, no word too long for its chip: it would lie across the next one."""
    width, needed, chips, broken, long = page.evaluate(WHOLE)
    assert page.viewport_size
    assert width == page.viewport_size["width"]
    if needed > width:
        yield f"at {width} pixels it is {needed} wide"
    yield from (f"at {width} pixels this date is broken: {date}" for date in broken)
    if choices:
        assert chips
        yield from (f"at {width} pixels this sticks out: {words}" for words in long)


def _enter(browser: Browser, stage: Stage, who: str) -> BrowserContext:
    # Colors that fade into another scheme would be read on their way; a worker would answer from what it keeps.
    still: dict[str, Any] = {"reduced_motion": "reduce", "service_workers": "block"}
    context = stage.enter(browser, who, **still)
    context.add_init_script(AXE)
    return context


@pytest.mark.parametrize("part", PARTS)
def test_one_load_is_readable_small_and_whole(browser: Browser, stage: Stage, part: str) -> None:
    """In two windows by turns: what a load took is asked when its window is needed again, and the network quiet."""
    contexts: dict[str, BrowserContext] = {}
    windows: dict[tuple[str, int], Newcomer] = {}
    found: list[str] = []
    for number, screen in enumerate(PARTS[part](stage)):
        if screen.who not in contexts:
            contexts[screen.who] = _enter(browser, stage, screen.who)
        window = windows.get((screen.who, number % 2)) or Newcomer(contexts[screen.who], stage.url)
        windows[screen.who, number % 2] = window
        found += window.leave()
        found += [f"{screen.name}: {wrong}" for wrong in window.look_at(screen)]
    for window in windows.values():
        found += window.leave()
    for context in contexts.values():
        context.close()
    assert not found, "\n".join(found)
