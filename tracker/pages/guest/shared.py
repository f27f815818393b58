"""What a guest may read: the released summary, as it stood at its release, for as long as every party allows it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_login import current_user

from tracker.pages.access import Audience, audience, here
from tracker.pages.fragments import show
from tracker.pages.guest.blueprint import guest
from tracker.pages.session_words import form_words
from tracker.pages.summary_view import summary_values
from tracker.pages.texts import clock_time, day
from tracker.returns import session
from tracker.returns.model import ReturnSession


@guest.get("/shared/<uuid:trial>")
@audience(Audience.GUEST)
def shared(trial: UUID) -> tuple[str, int]:
    """The released summary, or that there is none to read yet; and the return session, if they come to it."""
    way = session.for_guest(trial, current_user.person.id)
    summary = summary_values(here(), "guest", until=way.release.at) if way.release else None
    url, planned = f"/shared/{trial}", _planned(way.session) if way.session else None
    return show("guest/shared.html", nav=nav(url), title=here().trial.title, summary=summary, url=url, planned=planned)


def _planned(found: ReturnSession) -> dict[str, str]:
    """When, where and how, for a guest who comes."""
    local = found.starts_at.astimezone(here().zone)
    when = _("%(day)s, %(time)s", day=day(local.date()), time=clock_time(local))
    return {"when": when, "place": found.place, "form": form_words(found.form)}


def nav(url: str) -> dict[str, Any]:
    """The summary, and the way to what else is theirs: other summaries, their sign-in."""
    items = [
        {"key": "shared", "url": url, "text": _("Summary"), "icon": "eye"},
        {"key": "more", "url": "/places", "text": _("More"), "icon": "menu"},
    ]
    return {"current": "shared", "items": items, "name": current_user.person.name, "sign_out": "/sign-out"}
