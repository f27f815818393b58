"""A network that says nothing, a worker that waits less long for it, and one that is killed: for tests of both."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from tests.browser.bad_network import BadNetwork

SOON = 6_000  # milliseconds: for these impatient phones it is long; a browser by itself waits for ever


def impatient(network: BadNetwork, *, alone: bytes = b"3e3") -> None:
    """The same worker, with a tenth of the patience: these tests wait for it. `alone`: with what nobody waits for."""
    change = {b"8e3": b"800", b"3e4": alone}
    network.change = lambda path, body: re.sub(b"8e3|3e4", lambda at: change[at[0]], body) if "work" in path else body


@contextmanager
def hanging(network: BadNetwork, path: str) -> Iterator[threading.Event]:
    """The first answer from there is kept back until the end of this; the event says that there is one."""
    asked, over, before = threading.Event(), threading.Event(), network.change

    def change(at: str, body: bytes) -> bytes:
        if at == path and not asked.is_set():
            asked.set()
            over.wait(30)
        return before(at, body)

    network.change = change
    yield asked
    over.set()


def kill(page: Page) -> None:
    """As a phone does that needs its memory for something else."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("ServiceWorker.enable")
    cdp.send("ServiceWorker.stopAllWorkers")
    page.wait_for_timeout(300)
