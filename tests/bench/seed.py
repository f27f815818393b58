"""The bench's database: a trial to look at, a trial to write in, and other people's trials around them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from tests.cast import NIGHTS, begin, proposed
from tracker import create_app
from tracker.cases.model import Party
from tracker.config import load
from tracker.db import db, transaction
from tracker.observations.model import Observation
from tracker.people import memberships
from tracker.people.model import Person, Programme
from tracker.plans.entry import RATINGS
from tracker.trials.model import Trial

ON_DAY = 20  # of 28


@dataclass(frozen=True)
class Seeded:
    """Ids and addresses of what the bench asks for."""

    read: UUID
    write: UUID
    parent: str = "parent-a@example.org"
    mediator: str = "mediator@example.org"


def seed(data: Path, others: int) -> Seeded:
    """Fill a migrated database; `others` observations lie in trials that nobody looks at."""
    now = datetime.now(UTC)
    app = create_app(load({"DATA": str(data)}))
    with app.app_context():
        with transaction() as session:
            names = ("Parent A", "Parent B", "Mediator")
            people = {
                n: Person(name=n, email=f"{n.lower().replace(' ', '-')}@example.org", timezone="UTC", created_at=now)
                for n in names
            }
            programme = Programme(name="Bench", timezone="UTC", created_at=now)
            session.add_all([programme, *people.values()])
            session.flush()
            memberships.add(programme, people["Mediator"], "mediator", now)
            read, write = (_trial(programme, people, now) for _ in range(2))
            _write(read, 60, now)
            while others > 0:
                _write(_trial(programme, people, now), min(others, 600), now)
                others -= 600
            found = Seeded(read.id, write.id)
        db.engine.dispose()
    return found


def _trial(programme: Programme, people: dict[str, Person], now: datetime) -> Trial:
    names = [("A", "Parent A", "UTC"), ("B", "Parent B", "UTC")]
    starts_on = now.date() - timedelta(days=ON_DAY - 1)
    nights = NIGHTS | {"anchor": starts_on.isoformat()}
    proposal = proposed("Bench weeks", "parenting", 28, "UTC", {"nights": nights}, starts_on)
    return begin(programme.id, people["Mediator"].id, names, people, proposal, now)


def _write(trial: Trial, count: int, now: datetime) -> None:
    """Accounts of both parties over the past days: ratings, a night, a note."""
    random = Random(count)
    parties = db.session.query(Party).filter_by(case_id=trial.case_id).order_by(Party.position).all()
    rows: list[dict[str, Any]] = []
    for number in range(count):
        party = parties[number % len(parties)]
        day = trial.starts_on + timedelta(days=(number // len(parties)) % (ON_DAY - 1))
        recorded = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=20, minutes=number % 60)
        terms = {key: random.choice(RATINGS) for key in ("bedtime", "homework", "call")}
        rows.append({
            "trial_id": trial.id, "id": UUID(int=random.getrandbits(128)), "case_id": trial.case_id,
            "party_id": party.id, "kind": "day", "day": day, "recorded_at": recorded, "received_at": recorded,
            "recorded_offset": 0, "answers": {"terms": terms, "night": "A", "child": random.randint(1, 5)},
            "note": "Asleep at eight, a story before." if number % 3 == 0 else "",
            "audience": ("me", "mediator", "summary")[number % 3], "corrects": None,
        })  # fmt: skip  # read in rows, as it is laid out
    db.session.execute(insert(Observation), rows)
