"""Invitations to a return session: into everybody's calendar, in words that give nothing away. Called after commit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from email.utils import parseaddr
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import gettext as _

from tracker import clock
from tracker.cases import guests
from tracker.cases.guests import Invited
from tracker.db import db
from tracker.pages import mail
from tracker.pages.languages import speaking
from tracker.people.model import Person
from tracker.returns import invitation, session
from tracker.returns.model import ReturnSession
from tracker.returns.session import Arrangement
from tracker.trials import rest
from tracker.trials.here import Here
from tracker.trials.model import Trial


def invite_all(here: Here, found: ReturnSession, before: Arrangement | None = None) -> int:
    """Send each party, the mediator and each guest who comes the session as it is now. How many were written to.

    Who left gets nothing any more. The others get the same as while a trial rests: they are not to learn of it.
    `before`: how it was held until now. Where only the other party's arrival moved, a party gets nothing: whoever
    arrives apart may have a reason that is nobody's business.
    """
    arranged, gone = session.detail(found), rest.who_left(here)
    told = 0
    for party in here.parties:
        person = db.session.get(Person, party.person_id) if party.person_id else None
        same = before is not None and before != arranged and arranged.seen_by(party.id) == before.seen_by(party.id)
        if person is not None and person.email and party.id not in gone and not same:
            at = arranged.arrivals.get(party.id, found.starts_at)
            with speaking(person.language):
                _invite(found, party.id, person.email, at, party.timezone)
            told += 1
    mediator = db.session.get(Person, here.case.mediator_id) if here.case.mediator_id else None
    if mediator is not None and mediator.email:
        _invite_mediator(found, here.trial, mediator)
        told += 1
    for guest in guests.welcome(here.case.id):
        if guest.id in arranged.guests and guest.email:
            _invite_guest(here, found, guest)
            told += 1
    return told


def move(found: ReturnSession, trial: Trial, before: Person | None, after: Person) -> None:
    """From one mediator's calendar into another's: the case was handed over. Nobody else gets anything."""
    if before is not None:
        _invite_mediator(found, trial, before, gone=True)
    _invite_mediator(found, trial, after)


def uninvite(here: Here, found: ReturnSession, guest_ids: Iterable[UUID]) -> None:
    """Take the session out of the calendars of guests who were to come and do not come any more."""
    known = {guest.id: guest for guest in guests.of_case(here.case.id, ended=True)}
    for guest in (known[id_] for id_ in guest_ids if id_ in known):
        if guest.email:
            _invite_guest(here, found, guest, gone=True)


def _invite_mediator(found: ReturnSession, trial: Trial, mediator: Person, *, gone: bool = False) -> None:
    """Their own calendar is full of sessions: this one says which."""
    if mediator.email:
        with speaking(mediator.language):
            words = _("Return session: %(title)s", title=trial.title)
            _invite(found, mediator.id, mediator.email, found.starts_at, trial.timezone, words, gone=gone)


def _invite_guest(here: Here, found: ReturnSession, guest: Invited, *, gone: bool = False) -> None:
    with speaking(guest.language):
        _invite(found, guest.id, guest.email, found.starts_at, here.trial.timezone, gone=gone)


def _invite(
    found: ReturnSession, reader: UUID, address: str, at: datetime, zone: str, words: str = "", *, gone: bool = False
) -> None:
    gone = gone or found.cancelled_at is not None
    sender = parseaddr(current_app.extensions["config"].mail_from)[1]
    between = invitation.Between(sender, address)
    made = invitation.calendar_file(
        found, reader, at, ZoneInfo(zone), words or _("Reminder"), clock.now(), between, gone=gone
    )
    message = mail.compose("session", address, gone=gone)
    mail.send_later(replace(message, calendar=made, method="CANCEL" if gone else "REQUEST"))
