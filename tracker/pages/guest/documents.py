"""The released summary's days and its paper, for a guest: for as long as every party allows it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import abort
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker.pages.access import Audience, audience, here
from tracker.pages.documents.answer import send
from tracker.pages.documents.summary import summary_document
from tracker.pages.fragments import show
from tracker.pages.guest.blueprint import guest
from tracker.pages.guest.shared import nav
from tracker.pages.summary_day import day_values
from tracker.pages.summary_view import summary_values
from tracker.summaries import release
from tracker.summaries.model import Release


@guest.get("/shared/<uuid:trial>/summary.pdf")
@audience(Audience.GUEST)
def summary_pdf(trial: UUID) -> Response:
    """The released summary; without a release there is no such document."""
    values = summary_values(here(), "guest", until=_released(trial).at)
    if not values["elapsed"]:
        abort(404)
    return send("summary", summary_document(here(), values), f"{here().trial.title} – {_('summary')}")


@guest.get("/shared/<uuid:trial>/days/<day:day>")
@audience(Audience.GUEST)
def shared_day(trial: UUID, day: date) -> tuple[str, int]:
    """One day's two accounts, as the released summary counts and quotes them."""
    values = day_values(here(), day, until=_released(trial).at)
    return show("guest/day.html", nav=nav(f"/shared/{trial}"), day=values)


def _released(trial: UUID) -> Release:
    found = release.current(trial)
    return found if found is not None else abort(404)
