"""Every screen, in a real browser: readable for everybody, small on the wire, whole on a narrow phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.browser import chromium
from tests.browser.screens import Screen, screens
from tests.browser.stage import Stage

MOST_BYTES, MOST_REQUESTS = 32 * 1024, 6
NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True}
WITH_CHOICES = {
    "check-in", "check-in-noise", "party-today", "party-noise-form", "party-noise-reminders", "party-moment-form",
}  # fmt: skip
STICKS_OUT = """() => [...document.querySelectorAll(".chip span")].filter((words) => {
  const line = document.createRange(), chip = words.closest(".chip").getBoundingClientRect();
  if (words.matches(".unseen") || !words.firstChild) return false;
  line.selectNode(words.firstChild);
  return [...line.getClientRects()].some(({ right }) => right > chip.right);
}).map((words) => words.textContent)"""


@pytest.fixture(scope="module")
def walks(browser: Browser, stage: Stage) -> Iterator[dict[tuple[str, str], BrowserContext]]:
    """A profile for each person, kept for all screens of this file."""
    made: dict[tuple[str, str], BrowserContext] = {}
    yield made
    for context in made.values():
        context.close()


def enter(walks: dict[tuple[str, str], BrowserContext], browser: Browser, stage: Stage, who: str, way: str) -> Page:
    """A page of this person's profile, opened this way."""
    ways = {"light": chromium.PHONE, "dark": chromium.LAPTOP, "narrow": NARROW}
    if (who, way) not in walks:
        scheme = "dark" if way == "dark" else "light"
        walks[who, way] = stage.enter(browser, who, ways[way], color_scheme=scheme)
        walks[who, way].new_page()
    return walks[who, way].pages[0]


@pytest.mark.parametrize("way", ["light", "dark"])
def test_axe_finds_nothing(
    browser: Browser, stage: Stage, walks: dict[tuple[str, str], BrowserContext], way: str
) -> None:
    found = []
    for screen in screens(stage):
        page = enter(walks, browser, stage, screen.who, way)
        screen.open(page)
        for violation in Axe().run(page).response["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"][:2]]
            found.append(f"{screen.name}: {violation['id']}: {nodes}")
    assert not found, "\n".join(found)


def test_nothing_scrolls_sideways_at_320_pixels(
    browser: Browser, stage: Stage, walks: dict[tuple[str, str], BrowserContext]
) -> None:
    wide = []
    for screen in screens(stage):
        page = enter(walks, browser, stage, screen.who, "narrow")
        screen.open(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide.append(f"{screen.name}: {width}")
    assert not wide, "\n".join(wide)


@pytest.mark.parametrize("width", [320, 360, 375, 390])
def test_the_words_of_a_choice_stay_inside_it(
    browser: Browser, stage: Stage, walks: dict[tuple[str, str], BrowserContext], width: int
) -> None:
    """Phones that are in use: a word that is too long for its chip would lie across the next one."""
    wrong = []
    for screen in [one for one in screens(stage) if one.name in WITH_CHOICES]:
        page = enter(walks, browser, stage, screen.who, "narrow")
        page.set_viewport_size({"width": width, "height": 640})
        screen.open(page)
        assert page.locator(".chip").count()
        wrong += [f"{screen.name}: {words}" for words in page.evaluate(STICKS_OUT)]
        page.set_viewport_size(NARROW["viewport"])
    assert not wrong, "\n".join(wrong)


def test_a_first_load_is_small_and_asks_nobody_else(browser: Browser, stage: Stage) -> None:
    every = screens(stage)
    together = [every[n : n + 6] for n in range(0, len(every), 6)]  # a quiet network takes half a second to be sure of
    heavy = [line for some in together for line in _first_loads(browser, stage, some)]
    assert not heavy, "\n".join(heavy)


class FirstLoad:
    """The first load of a screen in a fresh profile: bytes as they travel, requests, hosts."""

    def __init__(self, browser: Browser, stage: Stage, screen: Screen) -> None:
        self.stage, self.screen = stage, screen
        self.context = stage.enter(browser, screen.who)
        self.responses: list[Response] = []
        self.page = self.context.new_page()
        self.page.on("response", self._note)

    def _note(self, response: Response) -> None:
        self.responses.append(response)  # Playwright marks what it is given: a list's own method it cannot mark

    def wrong(self) -> list[str]:
        """What is wrong with it, when nothing more is asked for."""
        self.page.wait_for_load_state("networkidle")
        size = sum(response.request.sizes()["responseBodySize"] for response in self.responses)
        ours = (self.stage.url, "data:")
        wrong = [f"{self.screen.name}: asks {one.url}" for one in self.responses if not one.url.startswith(ours)]
        if size > MOST_BYTES or len(self.responses) > MOST_REQUESTS:
            wrong.append(f"{self.screen.name}: {size} bytes in {len(self.responses)} requests")
        assert self.responses, self.screen.name
        self.context.close()
        return wrong


def _first_loads(browser: Browser, stage: Stage, some: list[Screen]) -> list[str]:
    loads = [FirstLoad(browser, stage, screen) for screen in some]
    for load in loads:
        load.page.goto(load.screen.path)
    return [line for load in loads for line in load.wrong()]
