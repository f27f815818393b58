"""A notice: one message as every channel can send it. Knows no domain word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be said, and where a tap leads.

    `id` is the same in every repeat, so that a repeat replaces and does not add: the email's Message-ID, the push
    message's topic. A newer notice with the same `tag` replaces an older one on a device. `until`: later it is no use.
    `headers` are further header lines of an email. `short` is the text without the address, for a device's screen.
    """

    id: str
    subject: str
    text: str
    html: str
    url: str
    tag: str = ""
    until: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    short: str = ""


Send = Callable[[Notice, str], None]
"""Sends one notice to one address. Raises `Temporary` or `Permanent`."""
