"""What every page at the mediator's desk shares: the list at its side, and how its pages are rendered."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_login import current_user

from tracker.pages import fragments
from tracker.people.model import Programme


def programme() -> Programme:
    """The programme that the mediator who looks works for, as the gate found it."""
    found: Programme = g.programme
    return found


def show(template: str, current: str, block: str = "content", status: int = 200, **values: Any) -> tuple[str, int]:
    """Render a page of the desk; `current` is the key of its place in the list at the side."""
    return fragments.show(f"mediator/{template}", block, status, nav=_nav(current), **values)


def _nav(current: str) -> dict[str, Any]:
    items = [
        {"key": "caseload", "url": "/caseload", "text": _("Caseload"), "icon": "layout-list"},
        {"key": "new", "url": "/caseload/new", "text": _("New trial"), "icon": "circle-plus"},
        {
            "key": "sessions",
            "url": "/return-sessions",
            "text": _("Return sessions"),
            "short": _("Sessions"),
            "icon": "calendar-check",
        },
    ]
    return {"current": current, "items": items, "name": current_user.person.name, "sign_out": "/sign-out"}
