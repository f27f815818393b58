"""I don't feel safe with this trial: a message to the mediator and nobody else, and who is told that there is one."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select, update

from tracker.cases.lock import lock_party
from tracker.cases.model import Case
from tracker.db import by_form, transaction
from tracker.errors import Refused
from tracker.people import memberships
from tracker.people.model import Person
from tracker.trials import hand_over
from tracker.trials.here import Here
from tracker.trials.model import SafetyMessage


def feels_unsafe(here: Here, text: str, now: datetime, form: UUID | None = None) -> SafetyMessage:
    """Tell the mediator, and nobody else, that this party does not feel safe. Stops the party's own prompts.

    `form`: the id that the form brought. Raises `Refused("same")` where this message came from it already: its answer
    was lost on the way, and it was sent again.
    """
    with transaction() as session:
        party = lock_party(here.me.id)
        earlier, id_ = by_form(SafetyMessage, form)
        if earlier and (earlier.trial_id, earlier.party_id, earlier.text) == (here.trial.id, party.id, text):
            raise Refused("same")
        message = SafetyMessage(
            id=id_,
            case_id=here.case.id,
            trial_id=here.trial.id,
            party_id=party.id,
            text=text,
            at=now,
        )
        session.add(message)
        party.check_ins = False
    return message


def mark_seen(here: Here, message_id: UUID, now: datetime) -> bool:
    """The mediator has read a safety message of this trial. False if it has none of that id."""
    mine = SafetyMessage.trial_id == here.trial.id, SafetyMessage.id == message_id
    with transaction() as session:
        session.execute(update(SafetyMessage).where(*mine, hand_over.seen_at().is_(None)).values(seen_at=now))
        return session.scalar(select(SafetyMessage.id).where(*mine)) is not None


class Readers(NamedTuple):
    """The mediator, if they still work there; and the administrators, who never see what was written."""

    mediators: list[Person]
    administrators: list[Person]


def readers(case: Case) -> Readers:
    """Who is told that there is a message: the mediator of its case, or else the administrators. One query."""
    working = memberships.people_of(case.programme_id)
    mediators = [one for membership, one in working if membership.role == "mediator" and one.id == case.mediator_id]
    return Readers(mediators, [one for membership, one in working if membership.role == "administrator"])
