"""Saving what a party noted: one address for the four kinds, and the way back to the form with what was typed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import Refused
from tracker.pages.access import Audience, audience, here
from tracker.pages.fragments import go, say
from tracker.pages.party import day, entries, keep, problems, sheet, today
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, show
from tracker.pages.party.sheet import Sheet
from tracker.pages.texts import day as in_words

Page = Response | tuple[str, int]


@party.post("/trials/<uuid:trial>/observations")
@audience(Audience.PARTY)
def observe(trial: UUID) -> Page:
    """Keep one form: all of it or nothing. The same form again is the same; its id with other answers is refused."""
    now, form = clock.now(), request.form
    kind = form.get("kind", "day")
    read = keep.read(here(), form, now)
    if read.errors:
        return _again(kind, read, 422)
    try:
        keep.store(here(), form, read, now)
    except Refused as refused:
        if problems.about_day(refused.problems) or refused.code == "not_started":
            return _not_kept(refused)
        read.errors = problems.at_fields(refused, here().agreed)
        return _again(kind, read, 409 if refused.code == "conflict" else 422)
    say(_thanks(read, now))
    return go(f"{base()}/today" if read.day == here().facts.today(now) else f"{base()}/days/{read.day}")


def _again(kind: str, read: Sheet, status: int) -> Page:
    if kind in ("noise", "moment"):
        return entries.show_form(kind, request.form, read.errors, status)
    if read.day == here().facts.today(clock.now()) and "on_day_page" not in request.form:
        return today.show_today(request.form, read.errors, status)
    return day.show_day(read.day, kind, request.form, read.errors, status)


def _not_kept(refused: Refused) -> Page:
    """The day itself is refused, so there is no form to go back to: the text at least stays with its author."""
    why = next(iter(problems.at_fields(refused, here().agreed).values()))
    return show("not-kept.html", "today", 422, why=why, note=sheet.said(request.form))


def _thanks(read: Sheet, now: datetime) -> str:
    today_ = here().facts.today(now)
    if read.day != today_:
        return _("Saved for %(day)s.", day=in_words(read.day))
    if not any(entry.kind == "day" for entry in read.entries):
        return _("Saved.")
    return " ".join((_("Saved."), today.what_is_next(today_)))
