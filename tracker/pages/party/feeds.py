"""A party's private calendar address: made, renewed, worded and switched off on the Reminders page."""

from __future__ import annotations

from uuid import UUID

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases import feeds
from tracker.pages.access import Audience, audience, here
from tracker.pages.fragments import go, say
from tracker.pages.limits import limiter, signed_in_person
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, me
from tracker.people.programmes import FEED

HERE = "{}/reminders?at=calendar#calendar"  # where the card says what was done


@party.post("/trials/<uuid:trial>/calendar-feeds")
@audience(Audience.PARTY)
@limiter.limit("20 per hour", key_func=signed_in_person)
def renew_feed(trial: UUID) -> Response:
    """A new address; one that was there before stops working. None while the programme has switched them off."""
    if not here().allows(FEED):
        say(_("Nothing was made: your programme does not offer a calendar address."), done=False)
        return go(f"{base()}/reminders")
    before = request.form.get("before", type=UUID)
    feeds.replace(me(), before, clock.now())
    say(_("This address is new. The one before it does not work any more.") if before else _("The address is ready."))
    return go(HERE.format(base()))


@party.post("/trials/<uuid:trial>/calendar-feeds/wordings")
@audience(Audience.PARTY)
def word_feed(trial: UUID) -> Response:
    """How much the entries say."""
    feeds.word(me().id, plain=request.form.get("plain") == "yes")
    say(_("Saved. Your calendar follows within an hour or two."))
    return go(HERE.format(base()))


@party.post("/trials/<uuid:trial>/calendar-feeds/endings")
@audience(Audience.PARTY)
def end_feed(trial: UUID) -> Response:
    """Switch the address off."""
    feeds.end(me().id, clock.now())
    say(_("The address does not work any more. Remove it from your calendar, too."))
    return go(HERE.format(base()))
