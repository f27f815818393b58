"""More: everything that is not needed on most days."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext as _

from tracker import clock
from tracker.cases.model import EVERY_DAY
from tracker.pages import languages, places
from tracker.pages.access import Audience, audience, here
from tracker.pages.party import leaving, my_data
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, me, show
from tracker.pages.texts import clock_time
from tracker.people import programmes
from tracker.trials import hand_over
from tracker.trials.state import State


@party.get("/trials/<uuid:trial>/more")
@audience(Audience.PARTY)
def more(trial: UUID) -> tuple[str, int]:
    """The list, and signing out."""
    stopping = leaving.ways_out()
    return show("more.html", "more", rows=_rows(nothing_to_leave=not stopping), stopping=stopping)


@party.get("/trials/<uuid:trial>/confidentiality")
@audience(Audience.PARTY)
def confidentiality(trial: UUID) -> tuple[str, int]:
    """Who can read what, and what the app does not promise."""
    text = programmes.current_text(here().case.programme_id)
    own = text.text if text else ""
    mediator = hand_over.mediator_of(here().case)
    return show("confidentiality.html", "more", programme_text=own, sharing=here().trial.sharing, mediator=mediator)


def _when(*, nothing_to_leave: bool) -> str:
    """*every evening at 20:30*; or why none comes."""
    state = here().state(clock.now())
    if state is State.ENDED:
        return _("none: this trial has ended")
    if not me().check_ins:
        return _("off")
    if state is State.PAUSED:
        return _("none: you have left this trial") if nothing_to_leave else _("none while the trial is paused")
    at, evening = clock_time(me().check_in_at), me().check_in_at.hour >= 16
    if me().check_in_every > 1:
        return _("every third day at %(time)s", time=at)
    if me().check_in_days != EVERY_DAY:
        return _("on some days at %(time)s", time=at)
    return _("every evening at %(time)s", time=at) if evening else _("every day at %(time)s", time=at)


def _rows(*, nothing_to_leave: bool) -> list[dict[str, str]]:
    url = base()
    return [
        {
            "text": _("The plan"),
            "sub": _("terms, schedule, who accepted it"),
            "href": f"{url}/plan",
            "icon": "file-text",
        },
        {
            "text": _("Reminders"),
            "sub": _when(nothing_to_leave=nothing_to_leave),
            "href": f"{url}/reminders",
            "icon": "bell",
        },
        *languages.rows(),
        {
            "text": _("Devices and sign-in"),
            "sub": _("where you are signed in, passkeys, recovery codes"),
            "href": "/devices",
            "icon": "key-round",
        },
        {
            "text": _("How to reach you"),
            "sub": _("what is safe for you; only your mediator reads it"),
            "href": f"{url}/contact",
            "icon": "phone",
        },
        {
            "text": _("Safety"),
            "sub": _("if you don't feel safe with this trial"),
            "href": f"{url}/safety",
            "icon": "shield",
        },
        my_data.row(),
        {
            "text": _("About confidentiality"),
            "sub": _("who reads what, and what is not promised"),
            "href": f"{url}/confidentiality",
            "icon": "lock",
        },
        {
            "text": _("What you agreed to"),
            "sub": _("and taking it back"),
            "href": f"{url}/consents",
            "icon": "list-checks",
        },
        *places.rows_of_others(),
    ]
