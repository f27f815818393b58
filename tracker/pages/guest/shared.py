"""What a guest may read: the released summary, as it stood at its release, for as long as every party allows it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_login import current_user

from tracker.pages.access import Audience, audience, here
from tracker.pages.fragments import show
from tracker.pages.guest.blueprint import guest
from tracker.pages.summary_view import summary_values
from tracker.summaries import release


@guest.get("/shared/<uuid:trial>")
@audience(Audience.GUEST)
def shared(trial: UUID) -> tuple[str, int]:
    """The released summary, or that there is none to read yet."""
    released = release.current(trial)
    summary = summary_values(here(), "guest", until=released.at) if released else None
    url = f"/shared/{trial}"
    return show("guest/shared.html", nav=nav(url), title=here().trial.title, summary=summary, url=url)


def nav(url: str) -> dict[str, Any]:
    """The one place that a guest has."""
    items = [{"key": "shared", "url": url, "text": _("Summary"), "icon": "eye"}]
    return {"current": "shared", "items": items, "name": current_user.person.name, "sign_out": "/sign-out"}
