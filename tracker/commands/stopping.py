"""Being told to stop, once or more often: Ctrl-C, a service manager, and `make` that passes on what its group got."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable

SIGNALS = (signal.SIGTERM, signal.SIGINT)


def when_told(stop: Callable[[], object]) -> None:
    """From now on have `stop` run in a thread of its own as often as this process is told to stop. For its main thread.

    Python's handlers will not do. They run in the main thread, which sleeps on where two signals come at once and
    another thread takes them; and they interrupt whatever it was doing, so that setting an event can meet the event's
    own lock and wait for ever. So the interpreter writes each signal's number into a socket, in whichever thread.
    """
    heard, told = socket.socketpair()
    told.setblocking(False)
    signal.set_wakeup_fd(told.detach(), warn_on_full_buffer=False)  # a full one has been told often enough
    for number in SIGNALS:
        signal.signal(number, nothing_more)

    def wait() -> None:
        while numbers := heard.recv(64):
            if set(numbers) & set(SIGNALS):
                stop()

    threading.Thread(target=wait, name="stop", daemon=True).start()


def nothing_more(*_signal: object) -> None:
    """The handler that Python wants beside the socket, else it would not write there."""


def stop_while_starting() -> None:
    """In a process that was just forked: let it end at once when it is told to, until it says `when_told` itself.

    It inherits its parent's handlers and socket, which would tell the wrong process.
    """
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the parent passes it on as SIGTERM
