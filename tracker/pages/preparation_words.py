"""The six things to prepare, in the words of the pages."""

from __future__ import annotations

from flask_babel import gettext as _


def headings() -> dict[str, str]:
    """The name of each item, in the order in which they are asked."""
    return {
        "goals": _("Your top three goals"),
        "documents": _("Documents to bring"),
        "options": _("Two options that could work"),
        "phrases": _("Words for a break"),
        "going-on": _("Going on with a trial"),
        "others": _("Who else should join"),
    }


def hints() -> dict[str, str]:
    """What each item asks."""
    return {
        "goals": _("What matters most to you at the return session? One line each is enough."),
        "documents": _("Only what the next step needs. Leave everything else at home."),
        "options": _("Two that you could live with. A question works better than a demand: “Could we try …?”"),
        "phrases": _("What can you say to pause, to ask for a break, or to name a worry without blame?"),
        "going-on": _("Would you go on as it is, change something, or stop? Say what for."),
        "others": _("A lawyer, a support person, an adviser. They join only if both of you say yes."),
    }


def audience_words() -> dict[str, str]:
    """Who may read an item."""
    return {
        "me": _("Only you"),
        "mediator": _("Your mediator, who does not share it without asking you"),
        "summary": _("The summary: both of you after its release"),
    }
