"""The calendar: each month of the trial, with whose night or quiet hours, handoffs, own marks and changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from babel.dates import format_date
from flask import request
from flask_babel import get_locale
from flask_babel import gettext as _

from tracker import clock
from tracker.observations import read
from tracker.pages.access import Audience, audience, here
from tracker.pages.faces import faces
from tracker.pages.party import swap_words
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, me, show
from tracker.pages.summary_words import rating_word
from tracker.pages.texts import clock_time, weekdays
from tracker.pages.texts import day as in_words
from tracker.plans.entry import RATINGS
from tracker.plans.expectations import Expectation, expectations_between
from tracker.plans.plan import Outline
from tracker.plans.values import parse_date
from tracker.summaries.daily import NONE, day_mark
from tracker.trials import changes
from tracker.trials.model import Change
from tracker.trials.outline import changed_by

ONE_DAY = timedelta(days=1)


@party.get("/trials/<uuid:trial>/calendar")
@audience(Audience.PARTY)
def calendar(trial: UUID) -> tuple[str, int]:
    """Every month of the trial, and the changes that were proposed."""
    asked = parse_date(request.args.get("day", ""))
    return show_calendar({"day": asked.isoformat()} if asked else {}, {}, 200)


def show_calendar(typed: Mapping[str, str], errors: Mapping[str, str], status: int) -> tuple[str, int]:
    """The calendar as it stands, or with a proposal that came back."""
    found, today = here(), here().facts.today(clock.now())
    nights = found.agreed.schedule.nights is not None
    proposed = changes.of_trial(found.trial.id) if nights else []
    outline = changed_by(found.agreed, proposed)
    people, marks = faces(found.parties), _marks(today)
    accepted = {change.day for change in proposed if change.answer == "accepted"}
    return show(
        "calendar.html",
        "calendar",
        status,
        months=months(outline, people, marks, accepted, today),
        weekdays=weekdays(),
        faces=people if nights else [],
        handoffs=nights,
        quiet=bool(outline.schedule.quiet_hours),
        due=bool(outline.schedule.milestones),
        changed=bool(accepted),
        marks=[state for state in (*RATINGS, NONE) if state in marks.values()],
        parties=[(face["key"], face["name"]) for face in people],
        typed=typed,
        errors=errors,
        **_changes(proposed, outline, today),
    )


def _changes(proposed: list[Change], outline: Outline, today: date) -> dict[str, Any]:
    shown = [swap_words.shown(change, outline, today) for change in proposed]
    return {
        "open_changes": [one for one in shown if one["open"]],
        "past_changes": [one for one in shown if not one["open"]],
        "can_propose": changes.possible(here(), clock.now()),
        "first": max(today, here().facts.starts_on),
        "last": here().facts.last_day,
    }


def _marks(today: date) -> dict[date, str]:
    """The own mark of each day; one that went by without an entry says so, as on every strip."""
    facts, logged = here().facts, read.days_logged(here().trial.id, me().id)
    until = min(today - ONE_DAY, facts.last_day) if facts.all_accepted else facts.starts_on - ONE_DAY
    silent = {day: NONE for day in here().agreed.all_days() if day <= until}
    return silent | {day: day_mark(answers) for day, answers in logged.items()}


def months(
    outline: Outline, people: Iterable[Any], marks: Mapping[date, str], changed: set[date], today: date
) -> list[dict[str, Any]]:
    """Whole weeks from Monday, month by month."""
    by_day: dict[date, list[Expectation]] = defaultdict(list)
    for one in expectations_between(outline, outline.starts_on, outline.last_day):
        by_day[one.day].append(one)
    known = {face["key"]: face for face in people}
    cells = {day: _cell(day, by_day[day], known, marks.get(day), today) for day in outline.all_days()}
    for day in changed & cells.keys():
        cells[day]["changed"] = True
        cells[day]["label"] += ", " + _("changed by agreement")
    found, first = [], outline.starts_on.replace(day=1)
    while first <= outline.last_day:
        found.append({"title": _title(first), "id": f"month-{first:%Y-%m}", "weeks": _weeks(first, cells)})
        first = (first + timedelta(days=31)).replace(day=1)
    return found


def _cell(
    day: date, expected: list[Expectation], known: Mapping[str, Any], mark: str | None, today: date
) -> dict[str, Any]:
    cell: dict[str, Any] = {"number": day.day, "in_trial": True, "today": day == today, "href": f"{base()}/days/{day}"}
    words = []
    for one in expected:
        if one.kind == "night" and one.to in known:
            cell["night"] = known[one.to]["mark"]
            words.append(_("night with %(name)s", name=known[one.to]["name"]))
        elif one.kind == "handoff" and one.starts:
            cell["handoff"] = True
            words.append(_("handoff %(time)s", time=clock_time(one.starts)))
        elif one.kind == "quiet_hours" and one.starts and one.ends:
            cell["quiet"] = True
            words.append(_("quiet hours %(start)s to %(end)s", start=clock_time(one.starts), end=clock_time(one.ends)))
        elif one.kind == "milestone":
            cell["due"] = True
            words.append(_("due: %(what)s", what=one.text))
    if mark is not None:
        cell["marks"] = [mark]
        words.append(rating_word(mark) if mark == NONE else _("you wrote: %(mark)s", mark=rating_word(mark)))
    cell["label"] = f"{in_words(day)}: {', '.join(words)}" if words else in_words(day)
    return cell


def _weeks(first: date, cells: Mapping[date, Any]) -> list[list[dict[str, Any] | None]]:
    """The month's weeks that hold a day of the trial."""
    day, weeks = first - timedelta(days=first.weekday()), []
    while day <= first or day.month == first.month:
        week = [day + timedelta(days=n) for n in range(7)]
        if any(one in cells and one.month == first.month for one in week):
            weeks.append([_in_month(one, first, cells) for one in week])
        day += timedelta(days=7)
    return weeks


def _in_month(day: date, first: date, cells: Mapping[date, Any]) -> dict[str, Any] | None:
    if day.month != first.month:
        return None
    outside = {"number": day.day, "in_trial": False, "label": _("%(day)s: not in the trial", day=in_words(day))}
    found: dict[str, Any] = cells.get(day) or outside
    return found


def _title(first: date) -> str:
    return str(format_date(first, "LLLL yyyy", locale=get_locale()))
