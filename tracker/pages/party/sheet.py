"""A form as it came in: its entries, what is wrong at which field, and everything as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import abort
from flask_babel import gettext as _

from tracker import clock, lengths
from tracker.observations.model import Observation
from tracker.pages.party.asked import term_field
from tracker.plans.answers import as_planned
from tracker.plans.entry import Entry
from tracker.plans.values import parse_date, parse_instant, parse_number
from tracker.trials.here import Here

Form = Mapping[str, str]


@dataclass
class Sheet:
    """One form. `day` is the day it is about, `entries` are none where something is wrong."""

    day: date
    entries: list[Entry] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)


def about(form: Form) -> date:
    """The day that a form is about. A form of ours always names one."""
    day = parse_date(form.get("day", ""))
    return day if day is not None else abort(400)


def day_sheet(found: Here, form: Form, now: datetime) -> Sheet:
    """The day's form, with the handoff where it was asked in the same one.

    A note belongs to the day; without any answer about the day it belongs to the handoff. Who pressed “Save the
    handoff” without saying how it went, and said nothing of the day, is asked there.
    """
    sheet = Sheet(about(form), errors=note_errors(form))
    answers, handoff = day_answers(found, form), handoff_answers(form)
    note = said(form)
    of_handoff = form.get("save") == "handoff"
    if answers or (note and not handoff and not of_handoff):
        sheet.entries.append(make(found, form, "day", answers, now))
    if handoff:
        more = {"id_field": "handoff_id", "note": "" if sheet.entries else note}
        sheet.entries.append(make(found, form, "handoff", handoff, now, **more))
    if not sheet.entries and of_handoff:
        sheet.errors["outcome"] = _("Choose what happened.")
    elif not sheet.entries:
        sheet.errors["term-0"] = _("Choose at least one answer, or tap “As planned today”.")
    return sheet


def handoff_sheet(found: Here, form: Form, now: datetime) -> Sheet:
    """The handoff's own form."""
    sheet = Sheet(about(form), errors=note_errors(form))
    sheet.entries.append(make(found, form, "handoff", handoff_answers(form), now))
    return sheet


def day_answers(found: Here, form: Form) -> dict[str, Any]:
    """What was answered about the day. “As planned today” answers each term, whatever was tapped before."""
    chosen = {t.key: form[name] for t in found.agreed.terms if form.get(name := term_field(t))}
    answers: dict[str, Any] = as_planned(found.agreed) if form.get("all") == "kept" else {}
    if chosen and not answers:
        answers["terms"] = chosen
    if form.get("night"):
        answers["night"] = form["night"]
    return answers | {name: number(form[name]) for name in ("child", "rest") if form.get(name)}


def handoff_answers(form: Form) -> dict[str, Any]:
    """What was answered about the handoff. Minutes left in the field count with “late” only."""
    if not form.get("outcome"):
        return {}
    answers: dict[str, Any] = {"outcome": form["outcome"]}
    if answers["outcome"] == "late" and form.get("minutes_late", "").strip():
        answers["minutes_late"] = number(form["minutes_late"].strip())
    return answers


def make(
    found: Here,
    form: Form,
    kind: str,
    answers: Mapping[str, Any],
    now: datetime,
    *,
    id_field: str = "id",
    note: str | None = None,
) -> Entry:
    """The entry of a form. Its id was made with the form or on the device; `recorded_at` only on the device."""
    return Entry(
        id=uuid_of(form, id_field) or uuid4(),
        party=found.me.key,
        kind=kind,
        day=about(form),
        recorded_at=recorded_at(form, found, now),
        answers=answers,
        note=said(form) if note is None else note,
        audience=form.get("audience") or "mediator",
    )


def recorded_at(form: Form, found: Here, now: datetime) -> datetime:
    """When the device says that this was recorded, on the party's clock if it names none.

    Now, if it says nothing, or that the form's day had not begun: then its clock is wrong, for no form of ours is about
    a day that is still to come.
    """
    at = parse_instant(form.get("recorded_at", "")) or now
    at = now if clock.local_date(found.zone, at) < about(form) else at
    return at if at.utcoffset() else at.astimezone(ZoneInfo(found.me.timezone))


def tapped_at(form: Form, now: datetime) -> datetime:
    """When a button was tapped, by the device's clock; now, if it says nothing or a time that is still to come."""
    return min(parse_instant(form.get("recorded_at", "")) or now, now)


def said(form: Form) -> str:
    """The note, each end of a line as one character."""
    return form.get("note", "").replace("\r\n", "\n").strip()


def note_errors(form: Form) -> dict[str, str]:
    """What is wrong with the note: the pages' field is shorter than what a file may bring."""
    if len(said(form)) <= lengths.NOTE_TYPED:
        return {}
    return {"note": _("Use at most %(n)s characters.", n=lengths.NOTE_TYPED)}


def uuid_of(form: Form, name: str) -> UUID | None:
    """The id in a field, or None."""
    try:
        return UUID(form.get(name, ""))
    except ValueError:
        return None


def number(text: str) -> int | str:
    """A whole number; what is none stays as typed, and is refused as such."""
    found = parse_number(text, digits=9)
    return text if found is None else found


def typed(observation: Observation | None) -> dict[str, str]:
    """A stored observation as its form would have it."""
    if observation is None:
        return {"audience": "mediator"}
    answers = dict(observation.answers)
    chosen = {f"term-{key}": rating for key, rating in answers.pop("terms", {}).items()}
    return (
        chosen | {k: str(v) for k, v in answers.items()} | {"note": observation.note, "audience": observation.audience}
    )
