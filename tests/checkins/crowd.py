"""Very many parties of running trials, written straight into the tables."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from tests.cast import TERMS
from tracker.cases.model import AT_ONCE, Case, Party
from tracker.db import db
from tracker.people.model import Person, Programme
from tracker.trials.model import Acceptance, PlanVersion, Trial


def settle(count: int, at: time, now: datetime, *, look_at: datetime = AT_ONCE) -> None:
    """`count` parties, two in a case, on day 11 of a trial of 28 days, who want to be asked at `at` in UTC.

    `look_at`: when the scheduler looks at them next.
    """
    programme = uuid4()
    _add(Programme, [{"id": programme, "name": "Crowd", "country": "US", "timezone": "UTC", "created_at": now}])
    for start in range(0, count, 2000):
        numbers = range(start, min(start + 2000, count))
        rows = _rows(numbers, programme, at, now, look_at)
        for model in (Person, Case, Party, Trial, PlanVersion, Acceptance):
            _add(model, rows[model])
        db.session.commit()


def _add(model: Any, rows: list[dict[str, Any]]) -> None:
    db.session.execute(insert(model), rows)


def _rows(
    numbers: range, programme: UUID, at: time, now: datetime, look_at: datetime
) -> dict[Any, list[dict[str, Any]]]:
    rows: dict[Any, list[dict[str, Any]]] = {m: [] for m in (Person, Case, Party, Trial, PlanVersion, Acceptance)}
    starts_on = now.astimezone(UTC).date() - timedelta(days=10)
    for number in numbers:
        if number % 2 == 0:
            case, trial, version = uuid4(), uuid4(), uuid4()
            of_case = {"case_id": case, "created_at": now}
            rows[Case].append({"id": case, "programme_id": programme, "title": "Crowd", "created_at": now})
            plan = {"starts_on": starts_on, "days": 28}
            rows[Trial].append(of_case | plan | {"id": trial, "title": "Crowd", "timezone": "UTC", "version": 1})
            frozen = {"number": 1, "template": "open", "terms": TERMS, "schedule": {}}
            rows[PlanVersion].append(of_case | plan | frozen | {"id": version, "trial_id": trial})
        person, party = uuid4(), uuid4()
        rows[Person].append(
            {"id": person, "name": "One", "email": address(number), "timezone": "UTC", "created_at": now}
        )
        asked = {"check_in_at": at, "check_ins": True, "next_check_in_at": look_at}
        key = {"key": "AB"[number % 2], "position": number % 2, "name": "One", "timezone": "UTC"}
        rows[Party].append(of_case | key | asked | {"id": party, "person_id": person})
        accepted = {"plan_version_id": version, "party_id": party, "on_paper": False, "at": now - timedelta(days=11)}
        rows[Acceptance].append(accepted | {"id": uuid4(), "case_id": case, "trial_id": trial})
    return rows


def address(number: int) -> str:
    """The address of the party with this number."""
    return f"party-{number}@example.org"
