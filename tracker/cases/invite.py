"""Inviting a party: a link to show as a QR code, and a short code to read out. Either one joins, once."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select, update

from tracker.audit.record import Of, record
from tracker.cases.lock import lock_party, share_case
from tracker.cases.model import Case, Guest, Handover, Invitation, Party
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.people import codes, persons
from tracker.people.devices import digest
from tracker.people.model import Membership, Person

VALID = timedelta(days=14)
VALID_AGAIN = timedelta(days=1)  # the mediator has just made sure of who it is
CODE_LENGTH = 8  # forty bits, two weeks, a handful of tries a minute


def invite(party: Party, now: datetime, *, again: bool = False) -> Invitation:
    """A fresh invitation for a party; earlier ones of theirs die.

    `again`: for one who has joined and cannot come back, for a day; it is in the audit trail. Raises `Refused`:
    `joined` (has joined, and this is not for one who has), `not_joined` (the other way round).
    """
    token = secrets.token_urlsafe(24)
    code = codes.new(CODE_LENGTH)
    with transaction() as session:
        session.flush()  # a party may be as new as this
        fresh = lock_party(party.id)
        if (fresh.person_id is not None) is not again:
            raise Refused("not_joined" if again else "joined")
        withdraw(party.id, now)
        invitation = Invitation(
            case_id=party.case_id,
            party_id=party.id,
            token=token,
            token_hash=digest(token),
            code=code,
            code_hash=digest(code),
            again=again,
            created_at=now,
            expires_at=now + (VALID_AGAIN if again else VALID),
        )
        session.add(invitation)
        if again:
            case = session.get_one(Case, party.case_id)
            record("party.invited_again", now, Of(case.programme_id, case.id), subject_id=party.id)
    return invitation


def withdraw(party_id: UUID, now: datetime) -> bool:
    """The open invitations of a party die; false if there was none, perhaps because it has just been used."""
    standing = Invitation.party_id == party_id, Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None)
    with transaction() as session:
        ending = update(Invitation).where(*standing).values(withdrawn_at=now).returning(Invitation.id)
        return bool(session.scalars(ending).all())


def open_invitations(case_id: UUID, now: datetime) -> dict[UUID, Invitation]:
    """The invitations of a case that can still be used, by party id."""
    query = select(Invitation).where(
        Invitation.case_id == case_id,
        Invitation.accepted_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.expires_at > now,
    )
    return {invitation.party_id: invitation for invitation in db.session.scalars(query)}


def joined_at(case_id: UUID) -> dict[UUID, datetime]:
    """When each party of a case joined, by the party's id. One query."""
    used = Invitation.case_id == case_id, Invitation.accepted_at.is_not(None)
    query = select(Invitation.party_id, Invitation.accepted_at).where(*used).order_by(Invitation.accepted_at.desc())
    return {party: at for party, at in db.session.execute(query) if at is not None}  # the first of each counts


def find(secret: str, now: datetime) -> tuple[Invitation, Party] | None:
    """The invitation that a link's token or a read-out code belongs to, while it can be used."""
    query = select(Invitation, Party).join(Party, Party.id == Invitation.party_id).where(_has(secret))
    row = db.session.execute(query).first()
    if row is None or row.Invitation.accepted_at or row.Invitation.withdrawn_at or row.Invitation.expires_at <= now:
        return None
    return row.Invitation, row.Party


def used_by(secret: str, person_id: UUID) -> UUID | None:
    """The case that this person joined with this invitation. One query."""
    query = select(Invitation.case_id).join(Party, Party.id == Invitation.party_id).where(_has(secret))
    return db.session.scalar(query.where(Invitation.accepted_at.is_not(None), Party.person_id == person_id))


def _has(secret: str) -> ColumnElement[bool]:
    """Which invitation it is: the secret is a link's token or a code that was read out."""
    hashes = {digest(secret), digest(codes.normal(secret))}
    return Invitation.token_hash.in_(hashes) | Invitation.code_hash.in_(hashes)


def came_back(party_id: UUID) -> bool:
    """Whether this party was ever let in again. One query."""
    used = Invitation.party_id == party_id, Invitation.again, Invitation.accepted_at.is_not(None)
    return bool(db.session.scalar(select(exists().where(*used))))


class Tasks(NamedTuple):
    """What somebody is in a case who can never be one of its parties."""

    mediator: bool  # or was: they have read both accounts
    guest: bool  # whom a party brought along


def tasks(case_id: UUID, person_id: UUID) -> Tasks:
    """What this person is in the case, besides a party. One query."""
    is_now = exists().where(Case.id == case_id, Case.mediator_id == person_id)
    was = exists().where(Handover.case_id == case_id, or_(Handover.from_id == person_id, Handover.to_id == person_id))
    guest = exists().where(Guest.case_id == case_id, Guest.person_id == person_id, Guest.ended_at.is_(None))
    return Tasks(*db.session.execute(select(or_(is_now, was), guest)).one())


def _has_part(case_id: UUID, person_id: UUID) -> bool:
    there = select(Party.id).where(Party.case_id == case_id, Party.person_id == person_id)
    return db.session.scalar(there) is not None or any(tasks(case_id, person_id))


def join(secret: str, person: Person, now: datetime) -> Party:
    """The invited party is this person from now on. Raises `Refused`: `gone` (used, withdrawn, expired), `in_case`
    (a party of the same case, its mediator now or before, or a guest of it)."""
    with transaction() as session:
        found = find(secret, now)
        if found is None:
            raise Refused("gone")
        invitation, party = found
        case = share_case(party.case_id)
        lock_party(party.id)
        if (party.person_id is not None) is not invitation.again:
            raise Refused("gone")  # two invitations were open for a moment, and the other one has been used
        still = Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None)  # what was found may have changed
        take = update(Invitation).where(Invitation.id == invitation.id, *still)
        if session.scalar(take.values(accepted_at=now).returning(Invitation.id)) is None:
            raise Refused("gone")
        if _has_part(case.id, person.id):
            raise Refused("in_case")
        party.person_id = person.id
        action = "party.let_in" if invitation.again else "party.joined"
        record(action, now, Of(case.programme_id, case.id), subject_id=party.id)
    return party


def join_as_new(secret: str, now: datetime) -> tuple[Party, Person]:
    """The invited party joins as a person who was not known here, without an address. Raises `Refused("gone")`.

    The one that the mediator gave may be another's, or mistyped, or read by somebody who is not to know: it counts once
    the party has said that it is theirs, and its owner has confirmed it.
    """
    with transaction():
        found = find(secret, now)
        if found is None:
            raise Refused("gone")
        invited = found[1]
        person = persons.add(invited.name, None, invited.timezone, now)
        return join(secret, person, now), person


def pass_on(person_id: UUID, to: Person, now: datetime) -> None:
    """What this person joined as is `to`'s from now on: the same human being, who had a sign-in here already.

    Raises `Refused`: `gone` (they joined nothing), `known` (they have more here than that: no newcomer), `in_case`
    (`to` is a party of the same case, its mediator, or a guest of it).
    """
    with transaction() as session:
        for task in (Membership, Guest):
            if session.scalar(select(task.id).where(task.person_id == person_id).limit(1)):
                raise Refused("known")
        mine = list(session.scalars(select(Party).where(Party.person_id == person_id).with_for_update()))
        if not mine:
            raise Refused("gone")
        for party in mine:
            case = session.get_one(Case, party.case_id)
            if _has_part(case.id, to.id):
                raise Refused("in_case")
            party.person_id = to.id
            record("party.joined", now, Of(case.programme_id, case.id), subject_id=party.id)
