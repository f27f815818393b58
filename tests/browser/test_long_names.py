"""Names are anybody's: however long one is, no page gets wider."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser import chromium
from tests.browser.stage import Stage

WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
NAMED = """(name) => document.querySelectorAll(".chip > span").forEach((words) => { words.textContent = name })"""


def test_a_long_name_stays_in_its_chip(stage: Stage, browser: Browser) -> None:
    size = chromium.PHONE | {"viewport": {"width": 320, "height": 640}}
    context = stage.enter(browser, "Parent A", size)
    page = context.new_page()
    page.goto(f"/trials/{stage.trials['School weeks']}/today")
    page.evaluate(NAMED, "Donaudampfschifffahrtsgesellschaft" * 2)
    found, screen = page.evaluate(WIDTHS)
    assert found == screen
    context.close()
