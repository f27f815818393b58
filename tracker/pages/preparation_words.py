"""The six topics of a preparation in words: for their author, for the mediator and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tracker.pages.faces import Face
from tracker.returns.preparation import TOPICS, Prepared

TITLES = {
    "goals": _l("My top three goals"),
    "documents": _l("Documents to bring"),
    "options": _l("Two options that could work"),
    "phrases": _l("Words for a hard moment"),
    "going_on": _l("Going on with a trial"),
    "joining": _l("Who else should join"),
}
LEADS = {
    "goals": _l("What should be different afterwards? Start with what matters most."),
    "documents": _l("Only what the next step needs. A list is enough; you bring the papers themselves."),
    "options": _l("Something both of you could live with. Or a question, in place of a demand."),
    "phrases": _l("To pause, to ask for a break, to say what worries you without blame."),
    "going_on": _l("Would you like to go on with a trial? As it is, changed, or not?"),
    "joining": _l("Somebody you would like beside you. They come only when everybody agrees."),
}
LABELS = {
    "goals": (_l("First goal"), _l("Second goal"), _l("Third goal")),
    "documents": (_l("A document"), _l("Another one"), _l("One more")),
    "options": (_l("An option, or a question"), _l("Another one")),
    "phrases": (_l("When I need a break"), _l("When something worries me"), _l("When we are stuck")),
    "going_on": (_l("What I would like"),),
    "joining": (_l("Who, and what for"),),
}
HINTS = {
    "phrases": (
        _l("For example: “I need ten minutes. I will come back.”"),
        _l("For example: “When plans change on the day, I worry about …”"),
        _l("For example: “Can we write this down and come back to it?”"),
    )
}


def audience_words(audience: str) -> str:
    """Who may read it."""
    return {
        "me": _("Only you can read this."),
        "mediator": _("Your mediator can read this, and does not share it without asking you."),
        "summary": _("Shown to everybody with the released summary."),
    }[audience]


def overview(own: Mapping[str, Prepared], url: str) -> list[dict[str, Any]]:
    """The six topics as rows, with what stands there already."""
    rows = []
    for topic in TOPICS:
        one = own.get(topic)
        sub = " · ".join(one.texts) if one else str(LEADS[topic])
        rows.append({"text": str(TITLES[topic]), "sub": sub[:140], "href": f"{url}/{topic}", "icon": ICONS[topic]})
        rows[-1]["aside"] = _("written") if one else ""
    return rows


ICONS = {
    "goals": "flag",
    "documents": "file-text",
    "options": "handshake",
    "phrases": "message-square",
    "going_on": "rotate-ccw",
    "joining": "users",
}


def by_party(prepared: Iterable[Prepared], parties: Iterable[tuple[UUID, Face]]) -> list[dict[str, Any]]:
    """What each party wrote, as far as the reader may see it: title, texts and who else may read it."""
    found = list(prepared)
    return [
        {
            "face": face,
            "topics": [
                {"topic": one.topic, "title": str(TITLES[one.topic]), "texts": one.texts, "audience": one.audience}
                for one in found
                if one.party_id == party
            ],
        }
        for party, face in parties
    ]
