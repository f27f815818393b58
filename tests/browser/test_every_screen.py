"""Every screen, in a real browser: readable for everybody, small on the wire, whole on a narrow phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.browser import chromium
from tests.browser.screens import Screen, screens
from tests.browser.stage import Stage

MOST_BYTES, MOST_REQUESTS = 32 * 1024, 6
NARROW = {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True}


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
        page.goto(screen.path)
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
        page.goto(screen.path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide.append(f"{screen.name}: {width}")
    assert not wide, "\n".join(wide)


def test_a_first_load_is_small_and_asks_nobody_else(browser: Browser, stage: Stage) -> None:
    heavy = [line for screen in screens(stage) for line in _first_load(browser, stage, screen)]
    assert not heavy, "\n".join(heavy)


def _first_load(browser: Browser, stage: Stage, screen: Screen) -> list[str]:
    """What is wrong with the first load of a screen in a fresh profile: bytes as they travel, requests, hosts."""
    context = stage.enter(browser, screen.who)
    page = context.new_page()
    responses: list[Response] = []

    def note(response: Response) -> None:  # Playwright marks what it is given: the list's own method cannot be marked
        responses.append(response)

    page.on("response", note)
    page.goto(screen.path, wait_until="networkidle")
    size = sum(response.request.sizes()["responseBodySize"] for response in responses)
    elsewhere = [response.url for response in responses if not response.url.startswith((stage.url, "data:"))]
    context.close()
    wrong = [f"{screen.name}: asks {url}" for url in elsewhere]
    if size > MOST_BYTES or len(responses) > MOST_REQUESTS:
        wrong.append(f"{screen.name}: {size} bytes in {len(responses)} requests")
    return wrong
