"""What is wrong with a draft: one plain sentence at the field where it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _

from tracker.pages.mediator.setup.document import Built, Content, build
from tracker.pages.texts import day
from tracker.plans.check import check_plan
from tracker.plans.values import parse_date, parse_time

Errors = dict[str, str]


def problems(content: Content, today: date) -> dict[str, Errors]:
    """Sentences by step and field; a step without any is not there. `today` is the trial's."""
    built = build(content)
    found: dict[str, Errors] = {}
    for problem in check_plan(built.plan):
        step, name = _place(problem.place, built.places)
        found.setdefault(step, {}).setdefault(name, _sentence(name))
    for step, name, sentence in _of_the_pages(content, built, today):
        found.setdefault(step, {}).setdefault(name, sentence)
    return found


def _place(where: str, places: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """The field of a place: its own, or that of the nearest place above it."""
    while where and where not in places:
        where = re.sub(r"(\.[^.\[]+|\[[^\]]*\])$", "", where) if re.search(r"[.\[]", where) else ""
    return places.get(where, ("template", "template"))


def _of_the_pages(content: Content, built: Built, today: date) -> Iterator[tuple[str, str, str]]:
    """Rules that a trial file does not have: addresses, a first day to come, milestones within the trial."""
    people = content.get("people", {})
    emails = [people.get(f"email-{n}", "") for n in range(2)]
    for n, email in enumerate(emails):
        if email and not is_email(email):
            yield "people", f"email-{n}", _sentence("email-0")
    if emails[0] and emails[0].lower() == emails[1].lower():
        yield "people", "email-1", _("Each party needs an address of their own, or none.")
    if (at := content.get("sharing", {}).get("check_in_at")) is not None and parse_time(at) is None:
        yield "sharing", "check_in_at", _sentence("check_in_at")
    first, days = parse_date(built.plan["starts_on"]), built.plan["days"]
    if first is None or not isinstance(days, int):
        return
    if first < today:
        yield "schedule", "starts_on", _("Choose today or a later day as the first one.")
    before = parse_date(content.get("after", ""))
    if before is not None and first <= before:
        yield (
            "schedule",
            "starts_on",
            _("Choose a day after %(day)s: until then the trial before runs.", day=day(before)),
        )
    last = first + timedelta(days=min(days, 400) - 1)
    for n, row in enumerate(content.get("schedule", {}).get("milestones", [])):
        due = parse_date(row["mdue"])
        if due and not first <= due <= last:
            yield "schedule", f"mdue-{n}", _("Choose a day of the trial.")


def is_email(text: str) -> bool:
    """Whether this is written like an address; nothing is looked up."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return len(text) <= 254


def _sentence(name: str) -> str:
    base = re.sub(r"-(\d+|mon|tue|wed|thu|fri|sat|sun)$", "", name)
    window = _("Write both times, such as 22:00 and 07:00, or leave both empty.")
    return {
        "title": _("Give the trial a name of at most 120 characters."),
        "name": _("Write the name, at most 80 characters."),
        "email": _("Write an address such as name@example.org, or leave it empty."),
        "timezone": _("Choose a time zone from the list, such as Europe/Berlin."),
        "template": _("Choose what will be tried."),
        "text": _("Write the term in 1 to 200 characters."),
        "sign": _("Use at most 200 characters."),
        "starts_on": _("Choose the first day."),
        "days": _("Write a whole number of days from 7 to 182."),
        "zone": _("Choose a time zone from the list, such as Europe/Berlin."),
        "pattern": _("Choose a pattern."),
        "nights_string": _("Write 1 to 28 letters, A and B only."),
        "a": _("Choose who is A."),
        "anchor": _("Choose a day, or leave it empty."),
        "handoff_at": _("Write a time such as 17:30."),
        "place": _("Use at most 200 characters."),
        "tolerance": _("Write a whole number of minutes from 0 to 120."),
        "quiet": window,
        "until": window,
        "mtext": _("Write what is due in 1 to 200 characters."),
        "mdue": _("Choose a day of the trial."),
        "cday": _("Choose a day of the trial, each day once."),
        "cwith": _("Choose with whom."),
        "sharing": _("Choose what the parties see of each other."),
        "check_in_at": _("Write a time such as 20:30."),
    }.get(base, _("Please look at this again."))
