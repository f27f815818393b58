"""A narrow phone: however long a name is, no page gets wider, and what is beside a name on a laptop is still there."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

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


@pytest.mark.parametrize("size", [chromium.PHONE, chromium.LAPTOP])
def test_who_works_for_the_programme_finds_their_sign_in(stage: Stage, browser: Browser, size: dict[str, Any]) -> None:
    context = stage.enter(browser, "Mediator", size)
    page = context.new_page()
    page.goto("/caseload")
    expect(page.get_by_role("link", name="Devices and sign-in")).to_have_count(1)  # it counts what can be seen
    context.close()
