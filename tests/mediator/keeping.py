"""What parties note, as tests need it: through the same door as the pages, or many at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from tests.cast import Cast
from tracker.cases.model import Party
from tracker.db import db, transaction
from tracker.observations.model import Observation
from tracker.observations.record import record
from tracker.people.model import Person
from tracker.plans.entry import Entry
from tracker.trials.model import Trial

TERMS = ("bedtime", "homework", "call")


def note(
    cast: Cast,
    person: Person,
    trial: Trial,
    day: date,
    *,
    kind: str = "day",
    answers: dict[str, Any] | None = None,
    text: str = "",
    audience: str = "mediator",
    at: datetime | None = None,
    corrects: UUID | None = None,
    received: datetime | None = None,
) -> UUID:
    """One observation by a party, by default at 20:40 of its day; its id. Without answers every term is kept.

    `received`: when it reached the server, by default a second later.
    """
    here = cast.here(person, trial)
    at = at or datetime.combine(day, time(20, 40), here.zone)
    said = answers if answers is not None else {"terms": dict.fromkeys(TERMS, "kept")}
    key = here.party.key if here.party else ""
    entry = Entry(uuid4(), key, kind, day, at, said, text, audience)
    record(here, entry, received or at + timedelta(seconds=1), corrects=corrects)
    return entry.id


def ten_days_and_one_noise(cast: Cast) -> None:
    """Downstairs rates the rest of ten nights, and notes a noise of 75 minutes in the second of them."""
    first = date(2026, 2, 22)
    for n in range(10):
        note(cast, cast.downstairs, cast.noise, first + timedelta(days=n), answers={"rest": 4})
    noise = {"start": "2026-02-23T22:30:00+01:00", "end": "2026-02-23T23:45:00+01:00", "level": 6}
    seven = datetime(2026, 2, 24, 7, tzinfo=UTC)
    note(cast, cast.downstairs, cast.noise, date(2026, 2, 23), kind="noise", answers=noise, at=seven)


def rated(first: str = "kept", second: str = "kept", third: str = "kept") -> dict[str, Any]:
    """Answers with these ratings of the usual three terms."""
    return {"terms": dict(zip(TERMS, (first, second, third), strict=True))}


def fill(trial: Trial, days: int, *, each: int = 1, text: str = "", audience: str = "mediator") -> int:
    """Each party writes on each of the first `days` days, `each` times; how many observations that made."""
    parties = db.session.query(Party).filter_by(case_id=trial.case_id).order_by(Party.position).all()
    zone = ZoneInfo(trial.timezone)
    rows = []
    for party in parties:
        for n in range(days):
            day = trial.starts_on + timedelta(days=n)
            for m in range(each):
                at = datetime.combine(day, time(20, m % 60, m // 60), zone)
                rows.append({
                    "trial_id": trial.id, "id": uuid4(), "case_id": trial.case_id, "party_id": party.id, "kind": "day",
                    "day": day, "recorded_at": at, "recorded_offset": 0, "received_at": at,
                    "answers": {"terms": dict.fromkeys(TERMS, "kept")}, "note": text, "audience": audience,
                })  # fmt: skip  # read in rows, as it is laid out
    with transaction() as session:
        session.execute(insert(Observation), rows)
    return len(rows)
