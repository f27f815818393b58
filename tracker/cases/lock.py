"""Rows of a case as turns: who holds one is alone in changing what depends on it."""

from __future__ import annotations

from uuid import UUID

from tracker.cases.model import Case, Party
from tracker.db import db


def lock_case(case_id: UUID) -> Case:
    """The case as it stands, its row locked until the running transaction ends, and with it everything below it.

    Guards whose the case is, whether it is closed, and that a purge leaves nothing behind. Hence no `key_share` here
    (PostgreSQL's FOR UPDATE): each new row below a case refers to it, so those that are being written come first, and
    those that begin now wait until the case is another mediator's, or deleted.
    """
    return db.session.get_one(Case, case_id, populate_existing=True, with_for_update=True)


def share_case(case_id: UUID) -> Case:
    """The case as it stands: until the running transaction ends nobody purges, holds, closes or hands it over.

    Others may hold it so, too. Taken before the row of a party, as by whoever holds the case alone.
    """
    return db.session.get_one(Case, case_id, populate_existing=True, with_for_update={"read": True})


def lock_party(party_id: UUID) -> Party:
    """The party as they stand, their row locked until the running transaction ends.

    Guards what a party sends once and a lost answer makes them send again: the second one finds the first. `key_share`
    (PostgreSQL's FOR NO KEY UPDATE): what the same party notes meanwhile refers to this row, and does not wait.
    """
    return db.session.get_one(Party, party_id, populate_existing=True, with_for_update={"key_share": True})
