"""No more reminders, by one tap in a mail program or on this page. Opening it changes nothing."""

from __future__ import annotations

from flask import abort, current_app
from flask_babel import gettext as _

from tracker.cases.model import Party
from tracker.checkins import mute
from tracker.pages.access import Audience, audience
from tracker.pages.csrf import csrf
from tracker.pages.fragments import show
from tracker.pages.front.blueprint import front
from tracker.pages.front.check_ins import guesses


@front.get("/mutes/<token>")
@audience(Audience.LINK)
@guesses
def mute_page(token: str) -> tuple[str, int]:
    """Asks, and always the same: whoever holds somebody else's message learns nothing of what they chose since."""
    _party(token)
    return show("front/mute.html", title=_("No more reminders?"), done=False)


@front.post("/mutes/<token>")
@audience(Audience.LINK)
@guesses
def mute_now(token: str) -> tuple[str, int]:
    """The tap; a mail program sends it by itself when its reader unsubscribes. Twice is fine."""
    mute.mute(_party(token))
    return show("front/mute.html", title=_("No more reminders"), done=True)


def _party(token: str) -> Party:
    return mute.find(token, current_app.extensions["config"].secret_key) or abort(404)


# A mail program has no token of ours (RFC 8058, section 3.1). The address itself is the secret, and only mutes.
csrf.exempt(mute_now)
