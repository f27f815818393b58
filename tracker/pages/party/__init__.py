"""Pages of a party, phone first; the imports below register their views."""

from tracker.pages.party import (
    calendar,
    day,
    documents,
    entries,
    feeds,
    leaving,
    more,
    noise,
    observe,
    plan,
    prepare,
    reminders,
    safety,
    states,
    summary_day,
    swaps,
    today,
)
from tracker.pages.party.blueprint import party

__all__ = [
    "calendar",
    "day",
    "documents",
    "entries",
    "feeds",
    "leaving",
    "more",
    "noise",
    "observe",
    "party",
    "plan",
    "prepare",
    "reminders",
    "safety",
    "states",
    "summary_day",
    "swaps",
    "today",
]
