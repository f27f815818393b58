"""The system's Chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.chromium import find, shell

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip  # read in rows, as it is laid out
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
LAPTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}


@contextmanager
def launched(playwright: Playwright, *, whole: bool = False) -> Iterator[Browser]:
    """A running browser; `whole` for what only one with windows can do: it notifies, and costs four times as much."""
    browser = playwright.chromium.launch(executable_path=find() if whole else shell(), args=list(ARGUMENTS))
    yield browser
    browser.close()


def context(browser: Browser, base_url: str, size: dict[str, Any] = PHONE, **more: Any) -> BrowserContext:
    """A fresh profile of this size; it fails slowly rather than waits for ever."""
    made = browser.new_context(base_url=base_url, **(size | {"locale": "en-GB"} | more))
    made.set_default_timeout(15_000)
    return made


def slow(page: Page, milliseconds: int) -> None:
    """Each answer takes so long from now on, while the page and its reader go on."""
    network = {"offline": False, "latency": milliseconds, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", network)
