"""A programme's row as a turn: who holds it is alone in changing what the programme has only one, or so many, of."""

from __future__ import annotations

from uuid import UUID

from tracker.db import db
from tracker.people.model import Programme


def lock_programme(programme_id: UUID) -> Programme:
    """The programme as it stands, its row locked until the running transaction ends.

    Guards what is numbered or counted in a programme, which two windows may change at once: the versions of its text,
    how many plan templates it has and that no two have one name. Nobody else waits: `key_share` lets other rows refer
    to this one meanwhile (PostgreSQL's FOR NO KEY UPDATE), such as a case that a mediator begins.
    """
    return db.session.get_one(Programme, programme_id, populate_existing=True, with_for_update={"key_share": True})
