"""Why an answer to a plan cannot be given."""

from __future__ import annotations

from flask_babel import gettext as _


def refusal(code: str) -> str:
    """One or two sentences for the code of a `Refused` by `trials.agree`."""
    return {
        "outdated": _("The plan has been changed in the meantime. Please read it again."),
        "lapsed": _("The first day has passed. Your mediator will propose a new one."),
        "ended": _("This trial has ended."),
        "paused": _("The trial has been paused by the programme. Your mediator will be in touch."),
        "accepted": _("The plan is in force already. Talk to your mediator about a change."),
    }.get(code, _("This answer could not be saved."))
