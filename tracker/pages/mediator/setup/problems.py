"""What is wrong with a draft: one plain sentence at the field where it was typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from flask_babel import gettext as _

from tracker.errors import Refused
from tracker.pages.mediator.setup.document import Built, Content, build
from tracker.pages.plan_sentences import field_of, sentence
from tracker.pages.texts import day
from tracker.people import persons
from tracker.plans.check import check_plan
from tracker.plans.values import parse_date, parse_time

Errors = dict[str, str]
FIRST = (
    "title", "name-0", "email-0", "timezone-0", "name-1", "email-1", "timezone-1", "starts_on", "days", "zone",
)  # fmt: skip  # read in rows, as it is laid out


def problems(content: Content, today: date) -> dict[str, Errors]:
    """Sentences by step and field; a step without any is not there. `today` is the trial's."""
    built = build(content)
    found: dict[str, Errors] = {}
    for problem in check_plan(built.plan):
        step, name = field_of(problem.place, built.places) or ("template", "template")
        found.setdefault(step, {}).setdefault(name, sentence(name, content.get(step, {})))
    for step, name, said in _of_the_pages(content, built, today):
        found.setdefault(step, {}).setdefault(name, said)
    return {step: dict(sorted(errors.items(), key=_place)) for step, errors in found.items()}


def _place(error: tuple[str, str]) -> int:
    """Where its field is on the page: the list above the form has the same order. What is not named here follows."""
    return FIRST.index(error[0]) if error[0] in FIRST else len(FIRST)


def _of_the_pages(content: Content, built: Built, today: date) -> Iterator[tuple[str, str, str]]:
    """Rules that a trial file does not have: each a name and an address of their own, days that fit the trial."""
    people = content.get("people", {})
    emails = [people.get(f"email-{n}", "") for n in range(2)]
    for n, email in enumerate(emails):
        if email and not _is_address(email):
            yield "people", f"email-{n}", sentence("email-0", people)
    if emails[0] and emails[0].lower() == emails[1].lower():
        yield "people", "email-1", _("Each party needs an address of their own, or none.")
    names = [people.get(f"name-{n}", "").casefold() for n in range(2)]
    if names[0] and names[0] == names[1]:
        yield "people", "name-1", _("Give each party a name of their own, such as Sam and Sam B.")
    if (at := content.get("sharing", {}).get("check_in_at")) is not None and parse_time(at) is None:
        yield "sharing", "check_in_at", sentence("check_in_at", {})
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


def _is_address(text: str) -> bool:
    try:
        persons.address(text)
    except Refused:
        return False
    return True
