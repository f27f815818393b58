"""A swapped night in words: what is proposed by whom, and why one cannot be."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker import clock
from tracker.pages.access import here
from tracker.pages.party.frame import me
from tracker.pages.texts import day as in_words
from tracker.plans.nights import who_has
from tracker.plans.plan import Outline
from tracker.trials.model import Change


def refusal(code: str) -> str:
    """Why a change cannot be, in one sentence."""
    return {
        "no_nights": _("This plan has no nights to change."),
        "not_running": _("Changes are possible while the trial is running."),
        "day_past": _("This day has passed. Choose today or a later day."),
        "day_outside": _("This day is not in the trial. Choose one up to its last day."),
        "same_party": _("The night is with them already. Choose the other parent, or another night."),
        "already_proposed": _("A change of this day waits for an answer already. It stands above the calendar."),
        "answered": _("This change has been answered already."),
    }.get(code, _("This change is not there any more."))


def shown(change: Change, outline: Outline, today: date) -> dict[str, Any]:
    """A change as a card shows it. One whose day has passed can only be withdrawn or declined."""
    names = {one.key: one.name for one in here().parties}
    own = change.proposed_by == me().id
    nights = outline.schedule.nights
    now_with = names.get(who_has(nights, change.day), "") if nights else ""
    return {
        "id": change.id,
        "day": change.day,
        "name": names.get(change.with_key, change.with_key),
        "now_with": now_with,
        "own": own,
        "by": next((one.name for one in here().parties if one.id == change.proposed_by), ""),
        "open": change.answer is None,
        "past": change.day < today,
        "answer": _answer(change),
    }


def _answer(change: Change) -> str:
    on = in_words(clock.local_date(here().zone, change.answered_at)) if change.answered_at else ""
    return {
        "accepted": _("accepted on %(day)s", day=on),
        "declined": _("declined on %(day)s", day=on),
        "withdrawn": _("withdrawn on %(day)s", day=on),
    }.get(change.answer or "", _("waits for an answer"))
