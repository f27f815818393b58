"""Opening a case with its parties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from tracker.cases.model import Case, Party
from tracker.db import transaction


@dataclass(frozen=True, slots=True)
class NewParty:
    """What the mediator says of a party. `role` is the plan template's word for what this party does, or empty."""

    key: str
    name: str
    timezone: str
    email: str | None = None
    role: str = ""
    check_in_at: time = time(20, 30)


def create(
    programme_id: UUID,
    mediator_id: UUID | None,
    title: str,
    people: list[NewParty],
    now: datetime,
) -> tuple[Case, list[Party]]:
    """A new case and its parties, in the plan's order."""
    case = Case(programme_id=programme_id, mediator_id=mediator_id, title=title, created_at=now)
    with transaction() as session:
        session.add(case)
        session.flush()
        parties = [
            Party(
                case_id=case.id,
                key=person.key,
                position=position,
                name=person.name,
                email=person.email,
                timezone=person.timezone,
                role=person.role,
                check_in_at=person.check_in_at,
                created_at=now,
            )
            for position, person in enumerate(people)
        ]
        session.add_all(parties)
    return case, parties
