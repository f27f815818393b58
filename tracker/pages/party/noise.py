"""Noise now, and It stopped."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from flask import abort, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import Refused
from tracker.observations import noise
from tracker.observations.model import RunningNoise
from tracker.pages.access import Audience, audience, here
from tracker.pages.fragments import go, say
from tracker.pages.party import asked, problems, sheet
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, show
from tracker.pages.party.sheet import Form
from tracker.pages.texts import clock_time
from tracker.plans.answers import LONGEST_NOISE
from tracker.plans.values import parse_instant, parse_time
from tracker.plans.zones import to_utc
from tracker.trials.here import Here


@party.post("/trials/<uuid:trial>/noise")
@audience(Audience.PARTY)
def start_noise(trial: UUID) -> Response:
    """A noise begins now. Back to Today, which shows since when."""
    if "noise" not in asked.forms(here()):
        abort(404)
    try:
        begin(here(), request.form, clock.now())
    except Refused as refused:
        say(problems.whole(refused.code), done=False)
    return go(f"{base()}/today")


@party.get("/trials/<uuid:trial>/noise/<uuid:noise_id>/end")
@audience(Audience.PARTY)
def noise_end_form(trial: UUID, noise_id: UUID) -> Response | tuple[str, int]:
    """It stopped a while ago: asks when."""
    going = noise.running(here())
    return _ask(going, "", {}, 200) if going is not None and going.id == noise_id else go(f"{base()}/today")


@party.post("/trials/<uuid:trial>/noise/<uuid:noise_id>/end")
@audience(Audience.PARTY)
def stop_noise(trial: UUID, noise_id: UUID) -> Response | tuple[str, int]:
    """It stopped now, or at the time that was typed. Afterwards one can add what it was; nobody has to."""
    try:
        wrong = stop(here(), noise_id, request.form, clock.now())
        if wrong:
            return _ask(noise.running(here()), request.form.get("end", ""), {"end": wrong}, 422)
    except Refused as refused:
        say(problems.whole(refused.code), done=False)
        return go(f"{base()}/today")
    say(_("Saved. You can add what it was, or leave it like this."))
    return go(f"{base()}/entries/{noise_id}")


@party.post("/trials/<uuid:trial>/noise/<uuid:noise_id>/withdrawal")
@audience(Audience.PARTY)
def discard_noise(trial: UUID, noise_id: UUID) -> Response:
    """It was started by mistake: nothing is kept."""
    noise.discard(here(), noise_id)
    say(_("Nothing was noted."))
    return go(f"{base()}/today")


def begin(found: Here, form: Form, now: datetime) -> None:
    """Keep that a noise has begun when the button was tapped. Raises `Refused` as `noise.start` does."""
    noise.start(found, sheet.uuid_of(form, "id") or uuid4(), sheet.tapped_at(form, now))


def stop(found: Here, noise_id: UUID, form: Form, now: datetime) -> str:
    """Keep that it stopped when the button was tapped, or at the time that was typed; else one sentence says why not.

    Raises `Refused` as `noise.stop` does.
    """
    going, typed, tapped = noise.running(found), form.get("end"), sheet.tapped_at(form, now)
    end = _end(found, going, typed, tapped) if going is not None and typed is not None else None
    late = typed is None and going is not None and tapped - going.started_at > LONGEST_NOISE
    if (typed is not None and going is not None and end is None) or late:
        return _why(late=late)
    noise.stop(found, noise_id, tapped, end, began=parse_instant(form.get("began", "")), received_at=now)
    return ""


def _end(found: Here, going: RunningNoise, typed: str, now: datetime) -> datetime | None:
    """The first such time after the start, if it has passed already."""
    at = parse_time(typed)
    if at is None:
        return None
    day = clock.local_date(found.zone, going.started_at)
    for later in (day, day + timedelta(days=1)):
        end = to_utc(later, at, found.zone)
        if going.started_at < end <= min(now, going.started_at + LONGEST_NOISE):
            return end
    return None


def _why(*, late: bool) -> str:
    if late:
        return _("This noise has been running for more than a day. Write when it stopped.")
    return _("Write a time after it started that has passed, such as 22:40.")


def _ask(going: RunningNoise | None, typed: str, errors: dict[str, str], status: int) -> tuple[str, int]:
    if going is None:
        abort(404)
    since = clock_time(going.started_at, here().zone)
    on = clock.local_date(here().zone, going.started_at)
    return show("noise-end.html", "today", status, going=going, since=since, on=on, typed=typed, errors=errors)
