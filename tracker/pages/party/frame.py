"""What every page of a party shares: its frame, its address, and whose page it is."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from tracker import clock
from tracker.cases.model import Party
from tracker.keeping import retention
from tracker.pages import fragments
from tracker.pages.access import here
from tracker.pages.plan_words import plan_name
from tracker.pages.texts import day_year
from tracker.trials import hand_over
from tracker.trials.here import Here


def me() -> Party:
    """The party who looks."""
    return here().me


def base() -> str:
    """The address of the trial's pages, without a slash at its end."""
    return f"/trials/{here().trial.id}"


def show(template: str, current: str, status: int = 200, *, block: str = "content", **values: Any) -> tuple[str, int]:
    """Render a page of the trial; `current` is the key of its place in the navigation."""
    more = {"stays": _stays(), "mediator_now": hand_over.taken_over(here().case.id, clock.now())}
    return fragments.show(f"party/{template}", block, status, **frame(current), **more, **values)


def frame(current: str) -> dict[str, Any]:
    """What the frame of a page shows."""
    url = base()
    return {
        "base": url,
        "nav": _nav(url, current),
        "plan_name": plan_name(here()),
        "trial_title": here().trial.title,
        "safety_url": f"{url}/safety",
    }


def _stays() -> str:
    """Until when what was noted stays, once the case is closed: the notice that needs no address. One query then."""
    found, now = here(), clock.now()
    closed = retention.of_case(found.case, now)
    if closed is None:
        return ""
    if closed.held:
        return _("Your case is closed. The programme has to keep what was noted in it at present.")
    gone = clock.local_date(found.zone, retention.earliest(closed, now))
    return _("Your case is closed. What was noted in it is deleted on %(day)s or soon after.", day=day_year(gone))


def day_of(found: Here, number: int) -> str:
    """*Day 9 of 28*."""
    return _("Day %(n)s of %(days)s", n=number, days=found.facts.days)


def _nav(url: str, current: str) -> dict[str, Any]:
    items = [
        {"key": "today", "url": f"{url}/today", "text": _("Today"), "icon": "house"},
        {"key": "calendar", "url": f"{url}/calendar", "text": _("Calendar"), "icon": "calendar"},
        {"key": "prepare", "url": f"{url}/prepare", "text": _("Prepare"), "icon": "clipboard-check"},
        {"key": "more", "url": f"{url}/more", "text": _("More"), "icon": "menu"},
    ]
    return {"current": current, "items": items}
