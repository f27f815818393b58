"""How trials go on, in words: at the mediator's desk, and as a programme counts them."""

from __future__ import annotations

from flask_babel import gettext as _


def outcome_sentence(kind: str) -> str:
    """What came about, for the mediator."""
    return {
        "extended": _("Both accepted to go on with the same plan"),
        "changed": _("Both accepted another plan, which they try next"),
        "memorandum": _("Both accepted a memorandum"),
        "ended": _("It ends here"),
    }[kind]


def outcome_name(kind: str) -> str:
    """The same as a row of figures."""
    return {
        "extended": _("Extended"),
        "changed": _("Changed and started again"),
        "memorandum": _("A memorandum accepted by all"),
        "ended": _("Ended without going on"),
    }[kind]
