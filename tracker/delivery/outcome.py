"""What a channel says when it could not deliver."""

from __future__ import annotations


class NotSent(Exception):
    """Not delivered. `reason` is short, names nobody and ends up in logs and on the mediator's page."""

    temporary = False
    gone = False

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Temporary(NotSent):
    """Later may go better: the network, a busy server, a full mailbox."""

    temporary = True


class Permanent(NotSent):
    """It will not work with this address however often it is tried."""


class Gone(Permanent):
    """The address does not exist, or it has been taken back: it may be forgotten."""

    gone = True
