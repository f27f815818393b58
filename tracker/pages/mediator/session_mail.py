"""Invitations to a return session: into everybody's calendar, in words that give nothing away. Called after commit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from tracker import clock
from tracker.cases import guests
from tracker.db import db
from tracker.pages import mail
from tracker.people.model import Person
from tracker.returns import invitation, session
from tracker.returns.model import ReturnSession
from tracker.trials import rest
from tracker.trials.find import Here


def invite_all(here: Here, found: ReturnSession) -> int:
    """Send each party and each guest who comes the session as it is now. How many were written to.

    Who left gets nothing any more. The others get the same as while a trial rests: they are not to learn of it.
    """
    plan, gone = session.detail(found), rest.who_left(here)
    told = 0
    for party in here.parties:
        person = db.session.get(Person, party.person_id) if party.person_id else None
        if person is not None and person.email and party.id not in gone:
            _invite(found, party.id, person.email, plan.arrivals.get(party.id, found.starts_at), party.timezone)
            told += 1
    for guest in guests.welcome(here.case.id):
        if guest.id in plan.guests and guest.email:
            _invite(found, guest.id, guest.email, found.starts_at, here.trial.timezone)
            told += 1
    return told


def _invite(found: ReturnSession, reader: UUID, address: str, at: datetime, zone: str) -> None:
    gone = found.cancelled_at is not None
    made = invitation.calendar_file(found, reader, at, ZoneInfo(zone), _("Reminder"), clock.now())
    message = mail.compose("session", address, gone=gone)
    mail.send_later(replace(message, calendar=made, method=invitation.method(found)))
