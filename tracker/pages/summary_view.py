"""The summary as pages show it: one function for everybody who may read it, so that all read the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from flask import request
from flask_babel import gettext as _

from tracker import clock
from tracker.observations import for_mediator, read
from tracker.pages import summary_parts, summary_words
from tracker.pages.faces import Face, faces
from tracker.pages.plan_words import plan_name
from tracker.pages.summary_days import quote_values, strip_values
from tracker.pages.texts import day_month
from tracker.summaries.compile import compile_summary
from tracker.summaries.counting import accounts
from tracker.trials.find import Here

Reader = Literal["mediator", "party", "guest"]


def summary_values(
    here: Here, reader: Reader, until: datetime | None = None, as_of: date | None = None, term: str | None = None
) -> dict[str, Any]:
    """Everything that `_parts/summary.html` shows, ready.

    `until`: only observations that had reached the server by then, up to its day: the moment of a release, for whoever
    reads what was released. `as_of`: an earlier last day to count. `term`: the key of the term whose strip is shown; by
    default the address's `?term=`, else all terms together. Notes are those marked for the summary, and no others.
    """
    outline, last = here.outline, last_day(here, until or clock.now(), as_of)
    entries = read.figures(here.trial.id, here.parties, until)
    summary = compile_summary(outline, entries, last)
    elapsed = [day for day in outline.all_days() if day <= last]
    by_party, people = accounts(outline, entries, elapsed), faces(here.parties)
    known = {face["key"]: face for face in people}
    quotes = for_mediator.quotes(here.trial.id, here.parties, until)
    values = {
        "reader": reader,
        "faces": people,
        "elapsed": summary["elapsed"],
        "days": summary["days"],
        "as_of": last,
        "last_day": here.facts.last_day,
        "first_day": here.facts.starts_on,
        "title": here.trial.title,
        "over": _over(here),
        "so_far": summary_words.so_far(summary["elapsed"], summary["days"]),
        "coverage": summary_parts.coverage(summary, people),
        "strip": strip_values(outline, by_party, elapsed, people, _chosen(outline.terms, term)),
        "terms": summary_parts.terms(summary, outline, people),
        "weeks": summary_parts.weeks(summary, outline, people),
        "agenda": summary_parts.agenda(summary, outline, people),
        "quotes": quote_values(quotes, by_party, known, here.zone),
    }
    return values | _scheduled(summary, here, people, elapsed)


def last_day(here: Here, until: datetime, as_of: date | None = None) -> date:
    """The last day that a summary counts: today in the trial's zone, or an earlier one that was asked for."""
    last = min(here.facts.today(until), here.facts.last_day)
    return last if as_of is None else min(last, max(as_of, here.facts.starts_on))


def _scheduled(summary: Mapping[str, Any], here: Here, people: list[Face], elapsed: list[date]) -> dict[str, Any]:
    """The parts that only some plans use."""
    parts: dict[str, Any] = {}
    if "handoffs" in summary:
        parts["handoffs"] = summary_parts.handoffs(summary["handoffs"], people)
        parts["overnights"] = summary_parts.overnights(summary["overnights"], people)
    if "noise" in summary:
        parts["noise"] = summary_parts.noise(summary["noise"], people, here.outline, elapsed)
    if "milestones" in summary:
        parts["milestones"] = summary_parts.milestones(summary["milestones"], here.outline, people)
    return parts


def _over(here: Here) -> str:
    name = plan_name(here.plan.template)
    first, last = day_month(here.facts.starts_on), day_month(here.facts.last_day)
    return _("%(title)s · %(plan)s · %(first)s to %(last)s", title=here.trial.title, plan=name, first=first, last=last)


def _chosen(terms: tuple[Any, ...], term: str | None) -> str:
    """The key of the term to show, empty for all of them together."""
    asked = request.args.get("term", "") if term is None else term
    return asked if any(one.key == asked for one in terms) else ""
