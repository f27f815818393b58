"""The forms of what happens at a time: a noise, a moment, a milestone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _

from tracker.observations.model import Observation
from tracker.pages.party.sheet import Form, Sheet, make, note_errors, number, said, tapped_at, typed
from tracker.pages.texts import clock_time
from tracker.pages.texts import day as in_words
from tracker.plans.entry import Entry
from tracker.plans.values import parse_date, parse_instant, parse_time
from tracker.plans.zones import to_utc
from tracker.trials.here import Here

AHEAD = timedelta(minutes=5)  # clocks differ a little
WORDS = ("type", "room", "effect")
DONE = {"yes": True, "no": False}


def noise_sheet(found: Here, form: Form, now: datetime) -> Sheet:
    """A noise with its start and end. An end that is not later in the day lies on the next one."""
    sheet = _sheet(found, form, now)
    start, end = parse_time(form.get("start", "")), parse_time(form.get("end", ""))
    next_day = start is not None and end is not None and end < start
    ends_on = sheet.day + timedelta(days=1) if next_day else sheet.day
    answers: dict[str, Any] = {
        "start": _kept(found, form, "start_at", _instant(found, sheet.day, start)),
        "end": _kept(found, form, "end_at", _instant(found, ends_on, end)),
    }
    answers |= {name: form[name] for name in WORDS if form.get(name)}
    if form.get("level"):
        answers["level"] = number(form["level"])
    _not_ahead(sheet, answers, ("start", "end"), now)
    return _with(sheet, found, form, "noise", answers, now)


def moment_sheet(found: Here, form: Form, now: datetime) -> Sheet:
    """Something that was done, announced or seen at a time; or, without a type, a milestone: done, or not yet."""
    sheet = _sheet(found, form, now)
    answers: dict[str, Any] = {"at": _instant(found, sheet.day, parse_time(form.get("at", "")))}
    if form.get("milestone"):
        answers["milestone"] = form["milestone"]
    elif form.get("type"):
        answers["type"] = form["type"]
    if form.get("done"):
        answers["done"] = DONE.get(form["done"], form["done"])
    _not_ahead(sheet, answers, ("at",), now)
    if len(answers) == 1 and not said(form):  # a time, and nothing that happened then
        sheet.errors["type"] = _nothing_said(found)
    return _with(sheet, found, form, "moment", answers, now)


def _nothing_said(found: Here) -> str:
    if found.agreed.schedule.milestones:
        return _("Choose one of these or a step, or write a note.")
    return _("Choose one of these, or write a note.")


def step_sheet(found: Here, form: Form, now: datetime) -> Sheet:
    """A milestone's two buttons: done, or not yet, as of the tap."""
    local = tapped_at(form, now).astimezone(found.zone)
    answers = {
        "at": local.isoformat(timespec="seconds"),
        "milestone": form.get("milestone", ""),
        "done": form.get("done") == "yes",
    }
    return _with(Sheet(local.date()), found, {**form, "day": local.date().isoformat()}, "moment", answers, now)


def typed_event(observation: Observation, found: Here) -> dict[str, str]:
    """A stored noise or moment as its form would have it: times of the trial's zone."""
    values = typed(observation) | {"day": observation.day.isoformat()}
    for name in ("start", "end", "at"):
        instant = parse_instant(values.get(name))
        if instant is not None:
            values[f"{name}_at"] = values[name]
            values[name] = clock_time(instant, found.zone)
    if "done" in values:
        values["done"] = "yes" if observation.answers["done"] else "no"
    return values


def _sheet(found: Here, form: Form, now: datetime) -> Sheet:
    day = parse_date(form.get("day", ""))
    sheet = Sheet(day or found.facts.today(now), errors=note_errors(form))
    if day is None:
        sheet.errors["day"] = _("Choose the day.")
    elif wrong := _outside(found, day, now):
        sheet.errors["day"] = wrong
    return sheet


def _outside(found: Here, day: date, now: datetime) -> str:
    """Which days there are to choose from, if this is none of them. Before the first day there is none at all."""
    first, last = found.facts.starts_on, found.facts.latest_day(now)
    if first <= day <= last or last < first:
        return ""
    return _("Choose a day from %(first)s to %(last)s.", first=in_words(first), last=in_words(last))


def _instant(found: Here, day: date, at: time | None) -> str:
    if at is None:
        return ""  # refused as missing, at its field
    return to_utc(day, at, found.zone).astimezone(found.zone).isoformat(timespec="seconds")


def _kept(found: Here, form: Form, name: str, typed_: str) -> str:
    """The instant as it was stored, seconds and all, where the form still says its minute: a field has no seconds."""
    before, now_said = parse_instant(form.get(name, "")), parse_instant(typed_)
    if before is None or now_said is None:
        return typed_
    return form[name] if before.astimezone(found.zone).replace(second=0, microsecond=0) == now_said else typed_


def _not_ahead(sheet: Sheet, answers: dict[str, Any], names: tuple[str, ...], now: datetime) -> None:
    for name in names if "day" not in sheet.errors else ():
        instant = parse_instant(answers[name])
        if instant is not None and instant > now + AHEAD:
            sheet.errors[name] = _("This time is still to come. Write one that has passed.")


def _with(sheet: Sheet, found: Here, form: Form, kind: str, answers: dict[str, Any], now: datetime) -> Sheet:
    if "day" not in sheet.errors:
        entry: Entry = make(found, form, kind, answers, now)
        sheet.entries.append(entry)
    return sheet
