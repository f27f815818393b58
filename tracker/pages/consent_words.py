"""What a party agrees to by joining, in each version. One that was shown is never changed: add another."""

from __future__ import annotations

from flask_babel import gettext as _


def sentences(version: str) -> list[str]:
    """The sentences of a version, in the order in which they are read."""
    return {
        "2026-11": [
            _("You take part because you want to. You can pause or leave at any time, without a reason."),
            _("What you write is stored so that you, and whoever you choose for each note, can read it."),
            _("Your mediator sees which days you wrote about and what you tapped."),
            _("The other party sees it only as the page about confidentiality says."),
            _("This app does not promise secrecy. Ask your mediator what is protected where you live."),
            _("What you wrote is deleted some time after your case is closed. You are told before."),
            _("You can take your own account along, and have it deleted."),
            _("You can take this consent back. Then you leave the trial, and nobody asks why."),
        ],
    }[version]
