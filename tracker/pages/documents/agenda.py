"""The agenda of a return session, with what each party prepared as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker.pages.documents.answer import paper
from tracker.pages.documents.sheet import Item, Section, sheet
from tracker.trials.here import Here


def agenda_document(
    here: Here,
    over: str,
    lead: str,
    agenda: Mapping[str, Sequence[Mapping[str, str]]],
    more: Iterable[Section],
    as_of: date,
) -> dict[str, Any]:
    """`agenda`: topics with `text` and `reason` under `first`, `keep` and `later`; `more`: what to bring, preparations,
    referrals."""
    first = [
        Item(text=one["text"], sub=one.get("reason", ""), number=str(n), lines=4)
        for n, one in enumerate(agenda.get("first", ()), 1)
    ]
    sections = [
        Section(heading=_("To talk about first"), items=first, nothing=_("Nothing stands out in the numbers.")),
        Section(heading=_("Ready to keep"), items=_topics(agenda.get("keep", ())), nothing=_("No term yet.")),
    ]
    if later := _topics(agenda.get("later", ())):
        sections.append(Section(heading=_("If there is time"), items=later))
    return sheet(_("Agenda"), over, lead, [*sections, *more], as_of, paper(here), large=True)


def _topics(topics: Iterable[Mapping[str, str]]) -> list[Item]:
    return [Item(text=one["text"], sub=one.get("reason", ""), box=True) for one in topics]
