"""Letting a party in again who cannot come back: the phone is lost, or its sign-in, and there is no address or code.

Their mediator, who knows them, makes a new invitation. Whoever uses it is that party from then on, and every earlier
way in has ended. What was for its author alone (product: notes `me`, never the mediator) does not come along: nobody
but the one who wrote it may read it, and an invitation does not prove who holds it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, update

from tracker.cases import feeds, invite, settings
from tracker.cases.lock import lock_party, share_case
from tracker.cases.model import Party
from tracker.checkins import link
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.keeping.holds import is_held
from tracker.keeping.purge import forget
from tracker.observations.model import Observation
from tracker.people.model import Person
from tracker.returns.model import Preparation
from tracker.trials import rest


class LetIn(NamedTuple):
    """Who the party is now, and the address, time zone and language of who it was before, if they had an address."""

    person: Person
    told: tuple[str, str, str | None] | None


def let_in(secret: str, person: Person | None, now: datetime) -> LetIn:
    """Use an invitation that lets a party in again: as `person`, or as somebody new.

    Raises `Refused`: what `invite.join` raises, and `held` (the programme holds the case: nothing may be deleted).
    """
    with transaction() as session:
        found = invite.find(secret, now)
        if found is None or not found[0].again:
            raise Refused("gone")
        share_case(found[1].case_id)
        party = lock_party(found[1].id)
        if is_held(party.case_id):
            raise Refused("held")
        former = session.get(Person, party.person_id) if party.person_id else None
        if person is None:
            person = invite.join_as_new(secret, now)[1]
        else:
            invite.join(secret, person, now)
        _drop_private(party)
        feeds.end(party.id, now)
        link.end(party.id, now)
        _ask_as_at_first(party)
        session.flush()
        told = (former.email, former.timezone, former.language) if former is not None and former.email else None
        if former is not None:
            rest.known_as(former.id, person.id, party.case_id)
            forget(former.id)
    return LetIn(person, told)


def _ask_as_at_first(party: Party) -> None:
    """Reminders in the words and on the way of a new party: those of before went to a phone that may be another's."""
    first = settings.Choice()
    settings.choose(party.id, replace(settings.choice(party), wording=first.wording, channels=first.channels))


def _drop_private(party: Party) -> None:
    """Delete what the party wrote for itself alone. That there was an entry, and its answers, stay."""
    alone = Observation.party_id == party.id, Observation.audience == "me"
    db.session.execute(update(Observation).where(*alone).values(note=""))
    db.session.execute(delete(Preparation).where(Preparation.party_id == party.id, Preparation.audience == "me"))
