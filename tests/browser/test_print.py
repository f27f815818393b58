"""On paper the summary of a four-week trial is two pages, with nothing on them that only a screen needs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import chromium
from tests.browser.stage import Stage

TITLES = ("School weeks", "Maple Street", "Roof and gutter", "First four weeks")


def _pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize("title", TITLES)
def test_a_summary_takes_two_pages(stage: Stage, browser: Browser, title: str) -> None:
    with stage.enter(browser, "Mediator", chromium.LAPTOP) as context:
        page = context.new_page()
        page.goto(f"/caseload/{stage.trials[title]}/summary")
        assert 1 <= _pages(page.pdf(prefer_css_page_size=True)) <= 2


def test_only_the_summary_is_printed(stage: Stage, browser: Browser) -> None:
    with stage.enter(browser, "Mediator", chromium.LAPTOP) as context:
        page = context.new_page()
        page.goto(f"/caseload/{stage.trials['First four weeks']}/summary")
        warning = page.get_by_text("May be confidential. Ask your mediator before sharing.")
        expect(warning).to_be_hidden()
        page.emulate_media(media="print")
        expect(warning).to_be_visible()
        for gone in ("nav.main-nav", ".terms-nav", "form", ".button", "header.top"):
            for element in page.locator(gone).all():
                expect(element).to_be_hidden()
        expect(page.get_by_role("heading", name="As planned, by term")).to_be_visible()
