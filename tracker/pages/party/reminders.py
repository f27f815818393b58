"""Reminders: when the evening's prompt comes, and whether it does."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker.cases import settings
from tracker.pages.access import Audience, audience
from tracker.pages.fragments import go, say
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, me, show
from tracker.pages.texts import clock_time
from tracker.plans.values import parse_time


@party.get("/trials/<uuid:trial>/reminders")
@audience(Audience.PARTY)
def reminders(trial: UUID) -> tuple[str, int]:
    """The time, and on or off."""
    return _show(clock_time(me().check_in_at), {}, 200, wanted=me().check_ins)


@party.post("/trials/<uuid:trial>/reminders")
@audience(Audience.PARTY)
def save_reminders(trial: UUID) -> Response | tuple[str, int]:
    """Keep both. Without reminders the time stays as it was, for whoever wants them back."""
    typed, wanted = request.form.get("check_in_at", ""), request.form.get("wanted") == "yes"
    at = parse_time(typed)
    if at is None and wanted:
        return _show(typed, {"check_in_at": _("Write a time, such as 20:30.")}, 422, wanted=wanted)
    settings.remind_at(me().id, at or me().check_in_at, wanted=wanted)
    say(_("Saved."))
    return go(f"{base()}/more")


def _show(at: str, errors: Mapping[str, str], status: int, *, wanted: bool) -> tuple[str, int]:
    zone = me().timezone.replace("_", " ")
    return show("reminders.html", "more", status, at=at, wanted=wanted, errors=errors, zone=zone)
