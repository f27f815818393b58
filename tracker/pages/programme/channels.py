"""How reminders may reach the parties of a programme: a part of its settings."""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app
from flask_babel import gettext as _

from tracker.checkins import channels
from tracker.checkins.channels import CHANNELS
from tracker.people.programmes import FEED, allows

ALL = (*CHANNELS, FEED)


def there() -> list[str]:
    """What the installation has to choose from."""
    return [*channels.available(current_app.extensions["config"]), FEED]


def ticked(kept: list[str] | None) -> dict[str, str]:
    """The programme's channels as the form would have them."""
    return {f"channel-{name}": "yes" for name in ALL if allows(kept, name)}


def typed(form: Mapping[str, str], kept: list[str] | None) -> dict[str, str]:
    """What was typed, to be shown again; what is kept, where the form did not ask for it."""
    return {name: text for name, text in form.items() if name in ticked(None)} if "offered" in form else ticked(kept)


def read(form: Mapping[str, str], kept: list[str] | None) -> tuple[list[str] | None, dict[str, str]]:
    """What was chosen, and what is wrong with it. What the form did not offer stays as it was; none: every channel."""
    offered = form.get("offered", "").split()
    chosen = [name for name in ALL if (form.get(f"channel-{name}") if name in offered else allows(kept, name))]
    if offered and not any(name in chosen for name in there() if name != FEED):
        sentence = _("Choose at least one way that sends reminders. A calendar address sends none.")
        return kept, {f"channel-{there()[0]}": sentence}
    return None if len(chosen) == len(ALL) else chosen, {}
