"""One browser and one running program for all browser tests; they live in real time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.browser import chromium
from tests.browser.bad_network import BadNetwork, bad_network
from tests.browser.phones import Phone
from tests.browser.stage import Stage, build

expect.set_options(timeout=15_000)
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here has a program of its own running beside it."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.real_time)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers: one for the process, for two would stand in each other's way."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A running Chromium."""
    with chromium.launched(playwright) as running:
        yield running


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The program on the demo's data, with a trial in every state."""
    built, server = build(tmp_path_factory.mktemp("stage"))
    yield built
    server.stop()


@pytest.fixture
def network(stage: Stage) -> Iterator[BadNetwork]:
    """What lies between a phone and the program; good until told otherwise."""
    with bad_network(stage.url) as running:
        yield running


@pytest.fixture
def phone(request: pytest.FixtureRequest, browser: Browser, network: BadNetwork) -> Iterator[Phone]:
    """A phone of somebody's own, new."""
    made = Phone(browser, network, whole=request.node.get_closest_marker("whole_browser") is not None)
    yield made
    made.throw_away()
