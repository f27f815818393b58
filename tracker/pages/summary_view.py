"""The summary as pages show it: one function for everybody who may read it, so that all read the same."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from flask import request
from flask_babel import gettext as _

from tracker import clock
from tracker.observations import for_mediator
from tracker.pages.faces import Face, with_faces
from tracker.pages.plan_words import plan_name
from tracker.pages.preparation_words import by_party
from tracker.pages.summary_days import quote_values
from tracker.pages.summary_figures import figures
from tracker.pages.texts import day_month
from tracker.plans.values import parse_number
from tracker.returns import preparation
from tracker.trials.here import Here

Reader = Literal["mediator", "party", "guest"]


def summary_values(
    here: Here,
    reader: Reader,
    until: datetime | None = None,
    as_of: date | None = None,
    term: str | None = None,
    week: int | None = None,
) -> dict[str, Any]:
    """Everything that `_parts/summary.html` shows, ready.

    `until`: only observations that had reached the server by then, up to its day: the moment of a release, for whoever
    reads what was released. `as_of`: an earlier last day to count. `term`: the key of the term whose strip is shown; by
    default the address's `?term=`, else all terms together. `week`: only this block of 7 days, counted from 1; by
    default the address's `?week=`, else all of them. Notes are those marked for the summary, and no others.
    """
    prepared, own_agenda = preparation.for_release(here, until or clock.now())  # the parties come with it
    last = last_day(here, until or clock.now(), as_of)
    since, to = _week(here, last, week)
    earlier, shown, base = as_of and last, _chosen(here, term), base_of(here)
    stamp, notes = for_mediator.marked(here.trial.id, here.parties, until)
    found = figures(here, until, to, stamp, as_of=earlier, since=since, term=shown, base=base, own=own_agenda)
    quotes = quote_values(notes, found.counted, here)
    own = {
        "reader": reader,
        "as_of": last,
        "last_day": here.facts.last_day,
        "first_day": here.facts.starts_on,
        "title": here.trial.title,
        "over": over(here),
        "quotes": quotes,
        "prepared": by_party(prepared, _people(here)),
        "week": (since - here.facts.starts_on).days // 7 + 1 if since else 0,
        "weeks_to_choose": _weeks(here, last),
    }
    return dict(found.values) | own


def _people(here: Here) -> list[tuple[UUID, Face]]:
    return [(party.id, face) for party, face in with_faces(here.parties)]


def _week(here: Here, last: date, week: int | None) -> tuple[date | None, date]:
    """The first and last day of the week that was asked for; no first day where all of them count."""
    if week is None:
        asked = request.args.get("week", "")
        week = parse_number(asked, digits=2) or 0
    first = here.facts.starts_on + timedelta(days=7 * (week - 1))
    if week < 1 or first > last:
        return None, last
    return first, min(last, first + timedelta(days=6))


def _weeks(here: Here, last: date) -> list[tuple[str, str]]:
    """The weeks to choose from, where there are several."""
    elapsed = (last - here.facts.starts_on).days + 1
    if elapsed <= 7:
        return []
    weeks = [
        (
            str(n + 1),
            _("Week %(n)s, from %(day)s", n=n + 1, day=day_month(here.facts.starts_on + timedelta(days=7 * n))),
        )
        for n in range((elapsed + 6) // 7)
    ]
    return [("", _("The whole trial")), *weeks]


def base_of(here: Here) -> str:
    """Where, for whoever reads this page, each day's two accounts are."""
    pages = {"mediator": "/caseload/{}/summary", "party": "/trials/{}/summary", "guest": "/shared/{}"}
    return pages.get(request.blueprint or "", "").format(here.trial.id)


def last_day(here: Here, until: datetime, as_of: date | None = None) -> date:
    """The last day that a summary counts: today in the trial's zone, or an earlier one that was asked for."""
    last = here.facts.latest_day(until)
    return last if as_of is None else min(last, max(as_of, here.facts.starts_on))


def over(here: Here) -> str:
    """*School weeks · Four-week parenting plan · 2 Mar to 29 Mar*: what stands above a summary and its papers."""
    name = plan_name(here)
    first, last = day_month(here.facts.starts_on), day_month(here.facts.last_day)
    return _("%(title)s · %(plan)s · %(first)s to %(last)s", title=here.trial.title, plan=name, first=first, last=last)


def _chosen(here: Here, term: str | None) -> str:
    """The key of the term to show, empty for all of them together."""
    asked = request.args.get("term", "") if term is None else term
    return asked if any(one.key == asked for one in here.agreed.terms) else ""
