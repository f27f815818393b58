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


def shown(kept: list[str] | None) -> str:
    """What the form has as ticked when it opens: `read` goes by what its sender changed of that."""
    return " ".join(name for name in there() if allows(kept, name))


def none_sends(kept: list[str] | None) -> bool:
    """Whether no way that sends is both allowed and there: then no party of the programme is reminded."""
    return not any(allows(kept, name) for name in there() if name != FEED)


def typed(form: Mapping[str, str], kept: list[str] | None) -> dict[str, str]:
    """What is kept, with what the form changed of it, to be shown again."""
    return ticked(_with_changes(form, kept))


def read(form: Mapping[str, str], kept: list[str] | None) -> tuple[list[str] | None, dict[str, str]]:
    """What is chosen now, and what is wrong with it; none: every channel. What the form did not change is not judged:
    an emergency number can be saved while no way is there."""
    chosen = _with_changes(form, kept)
    if chosen != _with_changes({}, kept) and none_sends(chosen):
        sentence = _("Choose at least one way that sends reminders. A calendar address sends none.")
        return kept, {f"channel-{there()[0]}": sentence}
    return None if len(chosen) == len(ALL) else chosen, {}


def _with_changes(form: Mapping[str, str], kept: list[str] | None) -> list[str]:
    """What is kept, but for what the form ticked or unticked: a page that was opened before a colleague chose would
    otherwise bring back what they switched off."""
    offered = form.get("offered", "").split() if "shown" in form else []
    before, after = form.get("shown", "").split(), [name for name in offered if form.get(f"channel-{name}")]
    changed = [name for name in offered if (name in before) != (name in after)]
    return [name for name in ALL if (name in after if name in changed else allows(kept, name))]
