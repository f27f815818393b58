"""The private calendar address: read by calendar programs again and again, without a sign-in.

By default each entry says "Reminder" and no more: who picks up the phone, or shares the calendar, learns nothing.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import abort
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases import feeds
from tracker.cases.model import Party
from tracker.checkins import feed
from tracker.checkins.feed import Entry
from tracker.pages.access import Audience, audience
from tracker.pages.device.blueprint import device
from tracker.pages.languages import speaking
from tracker.pages.limits import limiter
from tracker.people import persons
from tracker.plans.expectations import Expectation, expectations_between
from tracker.returns import session
from tracker.returns.model import ReturnSession
from tracker.trials import find, rest
from tracker.trials.here import Here
from tracker.trials.state import State

HANDOFF = timedelta(minutes=15)  # how long an entry shows
ONE_DAY = timedelta(days=1)

guesses = limiter.shared_limit(
    "20 per minute;200 per day", scope="calendar-feeds", deduct_when=lambda response: response.status_code >= 400
)


@device.get("/calendar-feeds/<token>.ics")
@audience(Audience.LINK)
@guesses
def calendar_feed(token: str) -> Response:
    """Everything dated of this party's trials."""
    found = feeds.find(token)
    if found is None:
        abort(404)
    row, party = found
    person = party.person_id
    with speaking(persons.languages([person]).get(person) if person else None):
        entries = [entry for here in _trials(party) for entry in _entries(here, party.id, plain=row.plain)]
        made = feed.build(row.id, entries, _("Reminders"), clock.now())
    return Response(made, mimetype="text/calendar", headers={"Content-Disposition": 'inline; filename="reminders.ics"'})


def _trials(party: Party) -> list[Here]:
    """The trials of the party's case that every party has accepted; none that this party left."""
    mine = find.all_of_party(party.person_id) if party.person_id else []
    agreed = [here for here in mine if here.case.id == party.case_id and here.facts.all_accepted]
    return [here for here in agreed if not rest.has_left(here)]


def _entries(here: Here, party_id: UUID, *, plain: bool) -> list[Entry]:
    """What is dated for a party. While the trial rests nothing is expected, and nobody can tell who asked for that."""
    found, now = here.facts, clock.now()
    last = found.last_day
    stopped = [moment for moment in (found.paused_at, found.left_at) if moment]
    if here.state(now) is State.PAUSED and stopped:
        last = min(last, found.today(min(stopped)))
    expected = expectations_between(here.outline, found.starts_on, last)
    entries = [made for one in expected if (made := _entry(here, one, plain=plain))]
    planned = session.of_trial(here.trial.id)
    return [*entries, _meeting(here, planned, party_id, plain=plain)] if planned else entries


def _entry(here: Here, one: Expectation, *, plain: bool) -> Entry | None:
    """A handoff, quiet hours or a milestone. Whose night it is stays out of calendars."""
    uid = feed.uid(here.trial.id, one.key)
    if one.kind == "handoff" and one.at is not None:
        start = one.at.astimezone(here.zone)
        words = (_("Handoff"), one.place) if plain else (_("Reminder"), "")
        return Entry(uid, start, start + HANDOFF, *words, busy=True)
    if one.kind == "quiet_hours" and one.at is not None and one.until is not None:
        start, end = one.at.astimezone(here.zone), one.until.astimezone(here.zone)
        return Entry(uid, start, end, _("Quiet hours") if plain else _("Reminder"))
    if one.kind == "milestone":
        return Entry(uid, one.day, one.day + ONE_DAY, _("Due: %(what)s", what=one.text) if plain else _("Reminder"))
    return None


def _meeting(here: Here, planned: ReturnSession, party_id: UUID, *, plain: bool) -> Entry:
    """The return session from when this party is to be there: never the other's time, where they arrive apart."""
    start = session.arrival_of(planned, party_id).astimezone(here.zone)
    words = (_("Return session"), planned.place) if plain else (_("Reminder"), "")
    end = start + timedelta(minutes=planned.minutes)
    return Entry(feed.uid(here.trial.id, "return_session"), start, end, *words, busy=True)
