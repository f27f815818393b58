"""The attendance-only letter: that one person took part in mediation on a day, and nothing else whatever."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker.pages.documents.answer import document, paper
from tracker.pages.texts import day_year
from tracker.trials.here import Here


def attendance_document(
    here: Here, programme: str, mediator: str, name: str, attended: date, today: date
) -> dict[str, Any]:
    """The data of `letter.typ`. It names no other party, no topic and no outcome; so it has no foot that does."""
    return document(_("Confirmation of attendance"), programme, None, paper(here)) | {
        "from": programme,
        "dated": day_year(today),
        "paragraphs": [
            _("%(name)s took part in a mediation session with us on %(day)s.", name=name, day=day_year(attended)),
            _("This letter says that, and nothing else. It does not say what the session was about, who else was there,"
              " what was said or what came of it."),
        ],
        "signed": _("%(name)s, mediator", name=mediator),
    }  # fmt: skip  # read in rows, as it is laid out
