"""The memorandum on paper: the terms that the parties choose to go on with, and what such a paper is and is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker.pages.documents.answer import document, paper
from tracker.pages.faces import Face
from tracker.trials.here import Here


def memorandum_document(
    here: Here,
    over: str,
    version: int,
    terms: Iterable[Mapping[str, str]],
    parts: Iterable[Mapping[str, str]],
    accepted: Sequence[tuple[Face, str]],
    as_of: date,
) -> dict[str, Any]:
    """The data of `memorandum.typ`. `terms`: `text`, and a `note` where there is one; `parts`: further paragraphs, each
    a `heading` and its `text`; `accepted`: each party and the day on which they accepted this version, or nothing."""
    title = _("Memorandum")
    return document(title, f"{over} · {title}", as_of, paper(here)) | {
        "over": over,
        "lead": _("Version %(n)s. What we choose to go on with, in our own words.", n=version),
        "terms": [dict(term) for term in terms],
        "parts": [dict(part) for part in parts],
        "is-heading": _("What this paper is, and what it is not"),
        "is-lines": is_and_is_not(),
        "accepted": [
            {"face": face, "when": _("Accepted on %(day)s", day=day) if day else ""} for face, day in accepted
        ],
    }


def is_and_is_not() -> list[str]:
    """The same sentences on the page and on paper."""
    return [
        _("It writes down what the parties choose to keep after they tried it."),
        _("It is not a contract or a court order, unless you make it one. Ask a lawyer before you sign anything else."),
        _("It leaves out everything that the parties did not choose. One topic is enough."),
    ]
