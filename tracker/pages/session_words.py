"""The return session in words: for its mediator, its parties and its guests."""

from __future__ import annotations

from flask_babel import gettext as _


def place_in_words(place: str) -> str:
    """Where it is, in a line that is a link itself: of an address nobody there needs more than that it is one."""
    return _("Online") if place.startswith("https://") and " " not in place else place


def form_words(form: str, *, mediator: bool = False) -> str:
    """How it is held, as each party and guest reads it, or as their mediator does."""
    return {
        "together": _("All in one room"),
        "separate_rooms": _("In separate rooms; the mediator goes from one to the other"),
        "separate_arrival": _("They arrive and leave at different times")
        if mediator
        else _("You arrive and leave at different times"),
        "online": _("Online"),
    }[form]
