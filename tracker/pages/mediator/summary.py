"""The summary, for the mediator first; and showing it to the parties, after a look at what they will see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases import guests
from tracker.pages import fragments
from tracker.pages.access import Audience, audience, here
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.desk import show
from tracker.pages.summary_view import summary_values
from tracker.pages.texts import day, day_time
from tracker.plans.values import parse_date
from tracker.returns import session, two_pages
from tracker.returns.model import ReturnSession
from tracker.summaries import release
from tracker.summaries.model import Release

# What a release shows, but for the strip, which says the same as the terms do.
RELEASED = (
    "as_of", "coverage", "terms", "weeks", "handoffs", "overnights", "noise", "milestones", "agenda", "quotes",
    "prepared",
)  # fmt: skip  # read in rows, as it is laid out


@mediator.get("/caseload/<uuid:trial>/summary")
@audience(Audience.MEDIATOR)
def summary(trial: object) -> tuple[str, int]:
    """What both accounts say, up to today or the day that `?as_of=` names."""
    way = session.with_release(here().trial.id)
    planned, found = way.session, way.release
    asked = parse_date(request.args.get("as_of", ""))
    values = summary_values(here(), "mediator", as_of=asked)
    if request.args.get("present"):
        return show("summary-present.html", "caseload", summary=values, **_own())
    return show(
        "summary.html",
        "caseload",
        summary=values,
        release=_released(found),
        lead=_lead(planned, found),
        asked=_asked(),
        second=here().second,
        **_own(),
    )


@mediator.get("/caseload/<uuid:trial>/releases")
@audience(Audience.MEDIATOR)
def preview(trial: object) -> tuple[str, int]:
    """What each reader will see (`?as=` a party's key, or `guest`), and the button that shows it to them."""
    if not _ready():
        return show("release.html", "caseload", summary=None, **_own())
    asked, welcome = request.args.get("as", ""), guests.welcome(here().case.id)
    values = summary_values(here(), "guest" if asked == "guest" else "party", week=0)
    readers = [{"key": face["key"], "name": face["name"]} for face in values["faces"]]
    readers += [{"key": "guest", "name": _("Guests")}]
    shown = asked if asked in {one["key"] for one in readers} else readers[0]["key"]
    names = [guest.name for guest in welcome]
    own = _own() | {"today": day(here().facts.today(clock.now())), "guests": names, "seen": _mark(values)}
    return show("release.html", "caseload", summary=values, readers=readers, shown=shown, **own)


@mediator.post("/caseload/<uuid:trial>/releases")
@audience(Audience.MEDIATOR)
def release_now(trial: object) -> Response:
    """Show the parties, and the guests whom both allow, the summary as it stands now; nothing that the mediator did not
    see, for its parties may have written since the page was opened. Shown already, it stays as it is."""
    if _ready():
        current, seen = _mark(summary_values(here(), "party", term="", week=0)), request.form.get("seen", "")
        if seen and seen != current:
            fragments.say(_("Something in it has changed since this page was opened. Look at it again."), done=False)
            return fragments.go(f"/caseload/{here().trial.id}/releases")
        before = release.current(here().trial.id)
        if before is None or _mark(summary_values(here(), "party", before.at, term="", week=0)) != current:
            release.release(here(), current_user.person.id, clock.now())
        fragments.say(_("Released. Both parties see the summary as it stands now."))
    return fragments.go(f"/caseload/{here().trial.id}/summary")


@mediator.post("/caseload/<uuid:trial>/releases/withdrawal")
@audience(Audience.MEDIATOR)
def withdraw(trial: object) -> Response:
    """Show it no longer."""
    release.withdraw(here(), clock.now())
    fragments.say(_("Withdrawn. The parties no longer see the summary."))
    return fragments.go(f"/caseload/{here().trial.id}/summary")


def _asked() -> str:
    """The look that was asked for, for the same on paper."""
    return urlencode([(key, value) for key, value in request.args.items() if key in ("as_of", "week", "term")])


def _ready() -> bool:
    """Whether there is a day to look at."""
    return here().state(clock.now()).begun


def _mark(values: Mapping[str, Any]) -> str:
    """By what the summary that was looked at is known again. Which term its strip shows makes no other of it."""
    return two_pages.mark(repr([values.get(name) for name in RELEASED]))


def _own() -> dict[str, Any]:
    trial = here().trial
    return {"title": trial.title, "url": f"/caseload/{trial.id}/summary", "trial_url": f"/caseload/{trial.id}"}


def _released(found: Release | None) -> dict[str, str] | None:
    return {"at": day_time(found.at, here().zone)} if found else None


def _lead(planned: ReturnSession | None, found: Release | None) -> str:
    shown = _("Released: both parties see it as it stood then.") if found else _("Not released yet: only you see this.")
    if planned is None:
        return shown
    when = day_time(planned.starts_at, here().zone)
    return _("For the return session on %(when)s. %(shown)s", when=when, shown=shown)
