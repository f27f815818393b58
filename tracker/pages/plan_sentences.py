"""What is wrong with a field of a plan, in one plain sentence each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from flask_babel import gettext as _

from tracker import lengths
from tracker.plans.check_schedule import LONGEST_NIGHTS, MOST_TOLERANCE
from tracker.plans.plan import FEWEST_DAYS, MOST_DAYS
from tracker.plans.values import parse_number, parse_time

Field = TypeVar("Field")


def field_of(where: str, places: Mapping[str, Field]) -> Field | None:
    """The field of a place of a plan: its own, or that of the nearest place above it; None if it has none."""
    while where and where not in places:
        where = re.sub(r"(\.[^.\[]+|\[[^\]]*\])$", "", where) if re.search(r"[.\[]", where) else ""
    return places.get(where)


def sentence(field: str, typed: Mapping[str, Any]) -> str:
    """The sentence for a field of what was `typed`; a row's number at the end of its name does not count."""
    base, _dash, last = field.rpartition("-")
    if base in ("quiet", "until"):
        return _of_night(last, typed.get(f"quiet-{last}", ""), typed.get(f"until-{last}", ""))
    base = re.sub(r"-\d+$", "", field)
    return {
        "title": _("Give the trial a name of at most %(n)s characters.", n=lengths.TITLE),
        "name": _("Write the name, at most %(n)s characters.", n=lengths.NAME),
        "email": _("Write an address such as name@example.org, or leave it empty."),
        "timezone": _("Choose a time zone from the list, such as Europe/Berlin."),
        "template": _("Choose what will be tried."),
        "text": _("Write the term in 1 to %(n)s characters.", n=lengths.LINE),
        "sign": _("Use at most %(n)s characters.", n=lengths.LINE),
        "starts_on": _("Choose the first day."),
        "description": _("Say what it is for in 1 to %(n)s characters.", n=lengths.LINE),
        "days": _("Write a whole number of days from %(low)s to %(high)s.", low=FEWEST_DAYS, high=MOST_DAYS),
        "zone": _("Choose a time zone from the list, such as Europe/Berlin."),
        "pattern": _("Choose a pattern."),
        "nights_string": _("Write 1 to %(n)s letters, A and B only.", n=LONGEST_NIGHTS),
        "a": _("Choose who is A."),
        "anchor": _("Choose a day, or leave it empty."),
        "handoff_at": _("Write a time such as 17:30."),
        "place": _("Use at most %(n)s characters.", n=lengths.LINE),
        "tolerance": _("Write a whole number of minutes from 0 to %(n)s.", n=MOST_TOLERANCE),
        "mtext": _("Write what is due in 1 to %(n)s characters.", n=lengths.LINE),
        "mdue": _("Choose a day of the trial."),
        "mday": _day_of_plan(parse_number(typed.get("days", ""))),
        "cday": _("Choose a day of the trial, each day once."),
        "cwith": _("Choose with whom."),
        "sharing": _("Choose what the parties see of each other."),
        "check_in_at": _("Write a time such as 20:30."),
    }.get(base, _("Please look at this again."))


def _day_of_plan(days: int | None) -> str:
    """Which number is one of its days, also once the plan was made shorter than what is due in it."""
    if days is None or not FEWEST_DAYS <= days <= MOST_DAYS:
        return _("Write a day of the plan as a number, such as 7.")
    return _("Write a day of the plan as a number from 1 to %(n)s.", n=days)


def _of_night(weekday: str, start: str, end: str) -> str:
    """What is wrong with the quiet hours that begin on a weekday. It is named: each night could be the wrong one."""
    words = {
        "mon": _("Monday"),
        "tue": _("Tuesday"),
        "wed": _("Wednesday"),
        "thu": _("Thursday"),
        "fri": _("Friday"),
        "sat": _("Saturday"),
        "sun": _("Sunday"),
    }
    if (starts := parse_time(start)) is not None and starts == parse_time(end):
        return _("%(weekday)s: choose two different times.", weekday=words[weekday])
    return _("%(weekday)s: write both times, such as 22:00 and 07:00, or leave both empty.", weekday=words[weekday])
