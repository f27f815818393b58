"""Being told to stop, once or more often: Ctrl-C, a service manager, and `make` that passes on what its group got."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue


def when_told(stop: Callable[[], None]) -> Callable[..., None]:
    """A signal handler that has `stop` run in a thread of its own, as often as the signal comes.

    A handler interrupts whatever its thread was doing, an earlier handler among it. Setting a `threading.Event` there
    can meet the event's own lock and wait for ever; `SimpleQueue.put` may be interrupted by itself.
    """
    told: SimpleQueue[None] = SimpleQueue()

    def wait() -> None:
        while True:
            told.get()
            stop()

    threading.Thread(target=wait, name="stop", daemon=True).start()
    return lambda *_signal: told.put(None)
