"""A party's own preparation on paper: all that they wrote, whoever may read it, and what they are to see to before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker.pages.documents.answer import paper
from tracker.pages.documents.sheet import Item, Section, sheet
from tracker.pages.preparation_words import TITLES, audience_words
from tracker.pages.texts import day
from tracker.returns.model import Referral
from tracker.returns.preparation import TOPICS, Prepared
from tracker.trials.here import Here


def preparation_document(
    here: Here,
    over: str,
    lead: str,
    own: Mapping[str, Prepared],
    referrals: Iterable[Referral],
    as_of: date,
) -> dict[str, Any]:
    """The six topics, with room to write where nothing stands yet. Only for their author."""
    sections = [_topic(topic, own.get(topic)) for topic in TOPICS]
    if seen := [_referral(one) for one in referrals]:
        sections.append(Section(heading=_("Before the session"), items=seen))
    return sheet(_("My preparation"), over, lead, sections, as_of, paper(here), large=True)


def _topic(topic: str, one: Prepared | None) -> Section:
    title = str(TITLES[topic])
    if one is None:
        return Section(heading=title, items=[Item(text="", lines=2)])
    items = [Item(text=text, box=topic == "documents") for text in one.texts]
    return Section(heading=title, note=audience_words(one.audience), items=items)


def _referral(one: Referral) -> Item:
    due = _("by %(day)s", day=day(one.due)) if one.due else ""
    bring = _("Bring back: %(what)s", what=one.bring) if one.bring else ""
    words = " · ".join(filter(None, (one.about, bring, due, _("done") if one.done_at else "")))
    return Item(text=one.who, sub=words, box=True)
