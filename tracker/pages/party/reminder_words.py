"""What reminders say, shown before it is chosen: the same words that are sent, from the same place."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from tracker.checkins.model import KINDS
from tracker.pages.check_in_words import words
from tracker.pages.texts import weekdays

WEEK = range(1, 8)  # ISO: 1 is Monday
FOR_THE_MEDIATOR = ("half_way",)


def wordings() -> list[dict[str, str]]:
    """The two ways to choose between, each with what an evening's reminder says."""
    discreet, plain = words("evening", "discreet"), words("evening", "plain")
    return [
        {"value": "discreet", "label": _("It says nothing"), "hint": _("“%(text)s”", text=discreet.text)},
        {"value": "plain", "label": _("It says a little"), "hint": _("“%(text)s”", text=plain.text)},
    ]


def plain_words() -> list[Any]:
    """Everything that a reminder in plain words can say, each once."""
    found = {words(kind, "plain").text: words(kind, "plain") for kind in KINDS if kind not in FOR_THE_MEDIATOR}
    return list(found.values())


def days_of_week() -> list[tuple[str, str, str]]:
    """The field of each day of the week, its short name and its long one."""
    return [(f"day-{n}", short, whole) for n, (short, whole) in zip(WEEK, weekdays(), strict=True)]
