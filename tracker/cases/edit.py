"""Changing what a mediator said of a case and its parties, while the plan is still being agreed."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from tracker.cases.create import NewParty
from tracker.cases.model import Case, Party
from tracker.cases.settings import look_again
from tracker.db import transaction


def edit(case: Case, title: str, people: Iterable[NewParty]) -> None:
    """Change the title and the parties, who are found by their keys; nobody is added and nobody leaves.

    Whoever has joined decides on their own check-ins: theirs stay.
    """
    new = {person.key: person for person in people}
    with transaction() as session:
        session.merge(case).title = title
        look_again(case.id)
        for party in session.scalars(select(Party).where(Party.case_id == case.id)):
            person = new.get(party.key)
            if person is None:
                continue
            party.name, party.email, party.timezone = person.name, person.email, person.timezone
            party.role = person.role
            if party.person_id is None:
                party.check_in_at = person.check_in_at
