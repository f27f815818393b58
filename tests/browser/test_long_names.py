"""Names are anybody's: however long one is, no page gets wider."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.browser.stage import Stage

WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
NAMED = """([words, name]) => document.querySelectorAll(words).forEach((one) => { one.textContent = name })"""


@pytest.mark.parametrize(
    ("who", "path", "words"),
    [
        ("Parent A", "/trials/{School weeks}/today", ".chip > span"),
        ("Mediator", "/caseload/{First four weeks}/return-session", "#guests summary"),
    ],
)
def test_a_long_name_stays_in_its_place(stage: Stage, browser: Browser, who: str, path: str, words: str) -> None:
    size = chromium.PHONE | {"viewport": {"width": 320, "height": 640}}
    context = stage.enter(browser, who, size)
    page = context.new_page()
    page.goto(path.format_map(stage.trials))
    assert page.locator(words).count()
    page.evaluate(NAMED, [words, "Donaudampfschifffahrtsgesellschaft" * 2])
    found, screen = page.evaluate(WIDTHS)
    assert found == screen
    context.close()
