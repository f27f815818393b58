"""A page that arrives a piece at a time is drawn while it does: what is there already stays in its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.browser.bad_network import BadNetwork
from tests.browser.screens import Screen, screens
from tests.browser.stage import Stage

WATCH = """
window.jumps = []
const area = ({ width, height }) => width * height
const grew = ({ previousRect, currentRect }) => area(currentRect) > area(previousRect)
const named = ({ node }) => `${node?.nodeName}.${node?.className}`
new PerformanceObserver(list => {
  for (const { value, sources } of list.getEntries()) if (!sources.every(grew)) jumps.push([value, sources.map(named)])
}).observe({ type: "layout-shift" })
"""  # what grows is still on its way, and may need a line of its own
MOST = 0.002  # of the screen times the way moved
FEW = {
    "phone": ("party-today", "party-calendar", "party-outbox", "state-noise", "desk-caseload"),
    "laptop": ("state-saved", "party-summary", "desk-caseload"),
}
SIZES = {"phone": chromium.PHONE, "laptop": chromium.LAPTOP}


def _jumps(screen: Screen, stage: Stage, browser: Browser, network: BadNetwork, size: dict[str, Any]) -> list[Any]:
    context = chromium.context(browser, network.url, size)
    if screen.who:
        context.add_cookies([{"name": "meanwhile", "value": stage.cookies[screen.who], "url": network.url}])
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(screen.path, wait_until="load")
    page.wait_for_timeout(100)  # what the scripts do at once
    found: list[Any] = page.evaluate("jumps")
    context.close()
    return found


def _moved(stage: Stage, browser: Browser, network: BadNetwork, size: str, some: Iterable[Screen]) -> dict[str, Any]:
    seen = {screen.name: _jumps(screen, stage, browser, network, SIZES[size]) for screen in some}
    return {name: jumps for name, jumps in seen.items() if sum(value for value, _ in jumps) > MOST}


@pytest.mark.parametrize("size", SIZES)
def test_what_is_drawn_stays_where_it_is(stage: Stage, browser: Browser, network: BadNetwork, size: str) -> None:
    network.trickle = 3000
    some = [screen for screen in screens(stage) if screen.name in FEW[size]]
    assert len(some) == len(FEW[size])
    assert _moved(stage, browser, network, size, some) == {}


@pytest.mark.soak
@pytest.mark.parametrize("pieces", [700, 3000])
@pytest.mark.parametrize("size", SIZES)
def test_on_every_screen(stage: Stage, browser: Browser, network: BadNetwork, size: str, pieces: int) -> None:
    network.trickle = pieces
    every = [screen for screen in screens(stage) if not screen.press]
    assert _moved(stage, browser, network, size, every) == {}
