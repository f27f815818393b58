"""What every page of a programme shares: its places in the navigation, and whose programme it is."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import g
from flask_babel import gettext as _
from flask_login import current_user

from tracker.pages import fragments
from tracker.people import memberships
from tracker.people.model import Programme


def mine() -> Programme:
    """The programme that the administrator who looks works for, as the gate found it."""
    found: Programme = g.programme
    return found


def zone() -> ZoneInfo:
    """The programme's own zone: in it an administrator reads times."""
    return ZoneInfo(mine().timezone)


def show(template: str, current: str, status: int = 200, **values: Any) -> tuple[str, int]:
    """Render a page of the programme; `current` is the key of its place in the list at the side."""
    return fragments.show(f"programme/{template}", status=status, nav=_nav(current), **values)


def _nav(current: str) -> dict[str, Any]:
    items = [
        {"key": "people", "url": "/programme", "text": _("Programme"), "icon": "building-2"},
        {"key": "keeping", "url": "/programme/keeping", "text": _("Keeping"), "icon": "history"},
        {"key": "settings", "url": "/programme/settings", "text": _("Settings"), "icon": "settings"},
        {"key": "trail", "url": "/programme/trail", "text": _("Audit trail"), "short": _("Trail"), "icon": "list"},
    ]
    if "mediator" in memberships.roles_of(current_user.person.id):
        items.append({"key": "caseload", "url": "/caseload", "text": _("Caseload"), "icon": "layout-list"})
    return {"current": current, "items": items, "name": current_user.person.name, "sign_out": "/sign-out"}
