"""The memorandum as pages and paper show it: its terms, and who accepted this version when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tracker import clock
from tracker.pages.documents.memorandum import is_and_is_not, memorandum_document
from tracker.pages.faces import with_faces
from tracker.pages.summary_view import over
from tracker.pages.texts import day, day_year
from tracker.returns.memorandum import Current
from tracker.trials.here import Here


def memorandum_values(here: Here, found: Current) -> dict[str, Any]:
    """Ready values for a page; without what a party wrote when sending it back."""
    return {
        "version": found.version.number,
        "terms": found.terms,
        "accepted": [{"face": face, "when": when} for face, when in _accepted(here, found)],
        "is_lines": is_and_is_not(),
    }


def memorandum_paper(here: Here, found: Current) -> dict[str, Any]:
    """The data of the printed memorandum."""
    terms = [{"text": text} for text in found.terms]
    on = clock.local_date(here.zone, found.version.at)
    return memorandum_document(here, over(here), found.version.number, terms, (), _accepted(here, found, day_year), on)


def _accepted(here: Here, found: Current, day: Callable[[date], str] = day) -> list[Any]:
    """Each party's face, and the day on which they accepted this version, or nothing."""
    return [
        (face, day(clock.local_date(here.zone, found.answers[one.id].at)) if found.accepted_by(one.id) else "")
        for one, face in with_faces(here.parties)
    ]
