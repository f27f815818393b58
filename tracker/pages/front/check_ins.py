"""A check-in's link: that day's form and nothing else, without a sign-in.

It can write about one day, for one party, until noon of the next day. It reads nothing back: no earlier entry, no name,
nothing of anybody else. Opening it changes nothing, so a mail scanner that follows it does no harm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import abort, current_app, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.checkins import link
from tracker.errors import Refused
from tracker.observations.record import are_recorded, record_all
from tracker.pages.access import Audience, audience
from tracker.pages.check_in_words import leads_to
from tracker.pages.fragments import go, show
from tracker.pages.front.blueprint import front
from tracker.pages.limits import limiter
from tracker.pages.party import asked, problems, sheet
from tracker.pages.party.expected import has_handoff
from tracker.pages.party.questions import day_questions
from tracker.pages.party.today import one_tap
from tracker.pages.texts import clock_time
from tracker.people.devices import digest
from tracker.plans.lateness import deadlines
from tracker.trials.here import Here

guesses = limiter.shared_limit(
    "20 per minute;200 per day", scope="check-ins", deduct_when=lambda response: response.status_code in (404, 410)
)


@dataclass(frozen=True, slots=True)
class _Somebody:
    """Stands in for a party: what its link opens names nobody."""

    key: str
    name: str


@front.get("/check-ins/<token>")
@audience(Audience.LINK)
@guesses
def check_in(token: str) -> tuple[str, int]:
    """The form, empty; after saving, that it is saved."""
    found, day = _opened(token)
    if "saved" in request.args:
        until = deadlines(day, found.zone)[0].astimezone(found.zone)
        return show("front/check-in-saved.html", token=token, day=day, until=until.date(), at=clock_time(until))
    return _show(token, found, day, {}, {}, 200)


@front.post("/check-ins/<token>/observations")
@audience(Audience.LINK)
@guesses
@limiter.limit("20 per hour", key_func=lambda: digest(str((request.view_args or {}).get("token"))))
def note_check_in(token: str) -> Response | tuple[str, int]:
    """Keep the form. Another one takes its place, as long as the link works; what was first stays beside it."""
    found, day = _opened(token)
    form, now = _form(day), clock.now()
    read = sheet.day_sheet(found, form, now)
    if not read.errors:
        try:
            record_all(found, read.entries, now)
        except Refused as refused:
            read.errors = problems.at_fields(refused, found.agreed)
            return _show(token, found, day, form, read.errors, 409 if refused.code == "conflict" else 422)
        return go(f"/check-ins/{token}?saved=yes")
    return _show(token, found, day, form, read.errors, 422)


@front.get("/reminders/<uuid:check_in>")
@audience(Audience.SIGNED_IN)
def reminder(check_in: UUID) -> Response:
    """To the page that a reminder is about, for the one to whom it was sent: its address says nothing by itself."""
    one = link.sent_to(check_in, current_user.person.id)
    return go(leads_to(one)) if one is not None else abort(404)


def _opened(token: str) -> tuple[Here, date]:
    """The trial of the party whom the link was sent to, and its day; else a page that says what to do instead.

    A form that comes too late leaves what was typed in it on that page; one that came in time, and comes again because
    its answer was lost, hears so.
    """
    one, now, sent = link.find(token), clock.now(), request.method == "POST"
    found = link.here(one) if one is not None else None
    if one is not None and found is not None:
        if link.works(found, one.about, now):
            return found, one.about
        if sent and are_recorded(found, sheet.day_sheet(found, _form(one.about), now).entries, now):
            abort(current_app.make_response(show("front/check-in-saved.html", day=None)))
    typed = sheet.said(request.form) if sent else ""
    page = show("front/check-in-over.html", status=410 if one else 404, sent=sent, typed=typed)
    return abort(current_app.make_response(page))


def _form(day: date) -> dict[str, str]:
    """What was sent. The link says which day it is about and the server when, not the form."""
    return request.form.to_dict() | {"day": day.isoformat(), "recorded_at": ""}


def _show(
    token: str, found: Here, day: date, typed: Mapping[str, str], errors: Mapping[str, str], status: int
) -> tuple[str, int]:
    handoff = has_handoff(found.outline, day)
    nights = found.agreed.schedule.nights
    return show(
        "front/check-in.html",
        status=status,
        base=f"/check-ins/{token}",
        day=day,
        past=day != found.facts.today(clock.now()),
        expected=_handoff(clock_time(nights.handoff_at)) if handoff and nights else [],
        outcomes=asked.outcomes(found) if handoff else [],
        on_time=asked.on_time(found),
        one_tap=one_tap(len(found.agreed.terms)),
        questions=day_questions(found, _somebodies(found), typed, errors),
        ids={"id": uuid4(), "handoff_id": uuid4()},
        typed=typed,
        errors=errors,
    )


def _somebodies(found: Here) -> list[_Somebody]:
    """Who the form's answers can be about, without their names."""
    mine = found.me.key
    return [_Somebody(p.key, _("With me") if p.key == mine else _("In the other home")) for p in found.parties]


def _handoff(at: str) -> list[dict[str, Any]]:
    return [{"kind": "handoff", "time": at, "text": _("handoff")}]
