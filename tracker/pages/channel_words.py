"""Channels in words: what a party can choose from, what a programme can, and what is said where none goes."""

from __future__ import annotations

from collections.abc import Collection

from babel import Locale
from babel.lists import format_list
from flask import current_app
from flask_babel import get_locale
from flask_babel import gettext as _

from tracker.checkins import channels
from tracker.checkins.channels import CHANNELS
from tracker.trials.here import Here

Row = dict[str, str]


def to_choose(among: Collection[str], email: str | None, devices: int) -> list[Row]:
    """Those of `among` that a party with this address and so many devices can choose, each as it is for them."""
    shown = _("One device shows them.") if devices == 1 else _("%(n)s devices show them.", n=devices)
    rows = [
        {"key": "email", "text": _("Email"), "hint": email or _("You have no confirmed address here yet.")},
        {"key": "push", "text": _("On your devices"), "hint": shown},
        {"key": "text", "text": _("Text message"), "hint": _("To the number below.")},
    ]
    return [row for row in rows if row["key"] in among and (devices or row["key"] != "push")]


def to_allow(among: Collection[str]) -> list[Row]:
    """Those of `among` that a programme can leave to its parties."""
    rows = [
        {"key": "email", "text": _("Email"), "hint": _("To the address that the party has confirmed.")},
        {"key": "push", "text": _("On their devices"), "hint": _("A phone or a browser shows them.")},
        {"key": "text", "text": _("Text message"), "hint": _("To a number that the party gives.")},
        {"key": "feed", "text": _("Calendar address"), "hint": _("It shows the dates in the party's own calendar.")},
    ]
    return [row for row in rows if row["key"] in among]


def closed(among: Collection[str]) -> list[Row]:
    """Those of `among` that a party chose before they were switched off, and can only take back."""
    hint = _("Take the tick away, and it stays off for you when your programme allows it again.")
    return [{"key": row["key"], "text": row["text"], "hint": hint} for row in to_choose(among, None, 1)]


def switched_off(here: Here) -> str:
    """That the programme sends by none of the ways that the party chose; empty where one of them is open."""
    how = {"email": _("by email"), "push": _("to devices"), "text": _("by text message")}
    gone = [how[name] for name in CHANNELS if name in here.me.check_in_channels]
    if channels.chosen(here, current_app.extensions["config"]):
        return ""
    if not gone:
        return _("Your programme cannot remind you: you have chosen no way.")
    listed = format_list(gone, "or", get_locale() or Locale("en"))
    return _("Your programme does not send reminders %(how)s.", how=listed)
