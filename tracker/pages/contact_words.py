"""The ways in which a party may be reached, in words."""

from __future__ import annotations

from flask_babel import gettext as _


def ways() -> list[tuple[str, str]]:
    """Each with its key."""
    return [
        ("call", _("A call")),
        ("text", _("A text message")),
        ("email", _("An email")),
        ("here", _("Please wait until I get in touch")),
        ("session", _("Only when we meet")),
    ]
