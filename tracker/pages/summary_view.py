"""The summary as pages show it: one function for everybody who may read it, so that all read the same."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from flask import request
from flask_babel import gettext as _

from tracker import clock
from tracker.observations import for_mediator
from tracker.pages.plan_words import plan_name
from tracker.pages.summary_days import quote_values
from tracker.pages.summary_figures import figures
from tracker.pages.texts import day_month
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
    last = last_day(here, until or clock.now(), as_of)
    found = figures(here, until, last, as_of and last, _chosen(here, term))
    quotes = quote_values(for_mediator.marked(here.trial.id, here.parties, until), found.counted, here)
    own = {
        "reader": reader,
        "as_of": last,
        "last_day": here.facts.last_day,
        "first_day": here.facts.starts_on,
        "title": here.trial.title,
        "over": _over(here),
        "quotes": quotes,
    }
    return dict(found.values) | own


def last_day(here: Here, until: datetime, as_of: date | None = None) -> date:
    """The last day that a summary counts: today in the trial's zone, or an earlier one that was asked for."""
    last = min(here.facts.today(until), here.facts.last_day)
    return last if as_of is None else min(last, max(as_of, here.facts.starts_on))


def _over(here: Here) -> str:
    name = plan_name(here.plan.template)
    first, last = day_month(here.facts.starts_on), day_month(here.facts.last_day)
    return _("%(title)s · %(plan)s · %(first)s to %(last)s", title=here.trial.title, plan=name, first=first, last=last)


def _chosen(here: Here, term: str | None) -> str:
    """The key of the term to show, empty for all of them together."""
    asked = request.args.get("term", "") if term is None else term
    return asked if any(one.key == asked for one in here.agreed.terms) else ""
