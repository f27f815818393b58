"""What a channel says when it could not deliver."""

from __future__ import annotations


class NotSent(Exception):
    """Not delivered. `reason` is short, names nobody and ends up in logs and on the mediator's page."""

    temporary = False

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Temporary(NotSent):
    """Later may go better: the network, a busy server, a full mailbox."""

    temporary = True


class Permanent(NotSent):
    """It will never work with this address: it does not exist, or it has been taken back."""
