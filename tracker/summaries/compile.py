"""The summary: what both accounts say together, as the JSON document ``meanwhile.summary/1``. Pure.

Every figure stands beside its denominator; none is a verdict, and none an average of two accounts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from tracker.plans.entry import Entry
from tracker.plans.plan import Outline
from tracker.summaries.agenda import agenda
from tracker.summaries.counting import accounts
from tracker.summaries.coverage import coverage
from tracker.summaries.handoffs import handoff_figures
from tracker.summaries.milestones import milestone_figures
from tracker.summaries.noise import noise_figures
from tracker.summaries.overnights import overnight_figures
from tracker.summaries.terms import ratings, term_figures

FORMAT = "meanwhile.summary/1"


def compile_summary(
    outline: Outline, entries: Iterable[Entry], as_of: date | None = None, since: date | None = None
) -> dict[str, Any]:
    """The summary of a trial as plain JSON values; parts that the plan does not use are left out.

    `elapsed` are the trial's days up to and including `as_of` (default, and at most: the last day); none before the
    first day. Only observations about those days count. `entries`: each observation once, checked, in any order.
    `since`: a later first day to count, for a look at one week; a summary file always counts from the first day.
    """
    as_of = outline.last_day if as_of is None else min(as_of, outline.last_day)
    elapsed = [day for day in outline.all_days() if (since or day) <= day <= as_of]
    zone = ZoneInfo(outline.timezone)
    by_party = accounts(outline, entries, elapsed)
    rated = {term.key: ratings(by_party, elapsed, term.key) for term in outline.terms}
    summary = {
        "format": FORMAT,
        "plan": outline.template,
        "starts_on": outline.starts_on.isoformat(),
        "days": outline.days,
        "as_of": as_of.isoformat(),
        "elapsed": len(elapsed),
        "parties": list(outline.parties),
        "coverage": coverage(by_party, elapsed, zone),
        "terms": [term_figures(term, rated[term.key]) for term in outline.terms],
    }
    schedule = outline.schedule
    if schedule.nights is not None:
        summary["handoffs"] = handoff_figures(schedule.nights, by_party, elapsed, outline.starts_on)
        summary["overnights"] = overnight_figures(schedule.nights, by_party, elapsed)
    if schedule.quiet_hours:
        summary["noise"] = noise_figures(schedule.quiet_hours, zone, by_party, elapsed)
    if schedule.milestones:
        summary["milestones"] = milestone_figures(schedule.milestones, by_party)
    return summary | {"agenda": agenda(rated)}
