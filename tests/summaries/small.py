"""Small trials to work out by hand: two parties, A and B, in New York, from Monday 2 March 2026.

Days are numbers: 0 is the first one. Clocks there go forward on 8 March 2026 (day 6) at 02:00.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tracker.plans.entry import Entry
from tracker.plans.plan import Milestone, Nights, Outline, Schedule, Term

FIRST = date(2026, 3, 2)
NEW_YORK = ZoneInfo("America/New_York")
_ids = count(1)


def outline(
    terms: Sequence[str] = ("bedtime",),
    days: int = 7,
    starts_on: date = FIRST,
    zone: str = "America/New_York",
    **schedule: Any,
) -> Outline:
    """A trial of a week with one term, unless more is asked for."""
    return Outline(
        "open", starts_on, days, zone, ("A", "B"), tuple(Term(key, key) for key in terms), Schedule(**schedule)
    )


def nights(**more: Any) -> Nights:
    """2-2-3 from the first day: in the first week A A B B A A A, so that it is handed over on days 2 and 4."""
    return replace(Nights("2-2-3", FIRST, "A", "B", time(17, 30)), **more)


def milestone(key: str, due: date = FIRST) -> Milestone:
    """Something due."""
    return Milestone(key, key, due)


def local(n: int, clock: str, fold: int = 0) -> datetime:
    """The instant of a local time on day `n`."""
    at = datetime.combine(FIRST + timedelta(days=n), time.fromisoformat(clock), NEW_YORK)
    return at.replace(fold=fold).astimezone(UTC)


def entry(
    party: str, kind: str, n: int, answers: dict[str, Any], recorded_at: datetime | None = None, id_: int | None = None
) -> Entry:
    """An observation about day `n`, recorded at nine in the evening unless it is said; ids grow."""
    day = FIRST + timedelta(days=n)
    recorded_at = recorded_at or local(n, "21:00")
    return Entry(UUID(int=next(_ids) if id_ is None else id_), party, kind, day, recorded_at, answers)


def day(party: str, n: int, recorded_at: datetime | None = None, id_: int | None = None, **answers: Any) -> Entry:
    """A `day` observation: `day("A", 0, terms={"bedtime": "kept"})`."""
    return entry(party, "day", n, answers, recorded_at, id_)


def rated(party: str, ratings: str, key: str = "bedtime") -> list[Entry]:
    """Ratings of one term from day 0: k(ept), p(artly), n(ot kept), t (not today), o (an entry without it), - none."""
    words = {"k": "kept", "p": "partly", "n": "not_kept", "t": "not_today"}
    found = []
    for n, letter in enumerate(ratings):
        if letter != "-":
            found.append(day(party, n, terms={key: words[letter]} if letter in words else {}))
    return found


def handoff(party: str, n: int, outcome: str, minutes_late: int | None = None, **more: Any) -> Entry:
    """A `handoff` observation."""
    late = {} if minutes_late is None else {"minutes_late": minutes_late}
    return entry(party, "handoff", n, {"outcome": outcome, **late}, **more)


def noise(party: str, n: int, start: datetime, minutes: float, **answers: Any) -> Entry:
    """A `noise` observation of so many real minutes."""
    ends = start + timedelta(minutes=minutes)
    return entry(party, "noise", n, {"start": start.isoformat(), "end": ends.isoformat(), **answers})


def moment(party: str, n: int, recorded_at: datetime | None = None, id_: int | None = None, **answers: Any) -> Entry:
    """A `moment` observation."""
    return entry(party, "moment", n, {"at": local(n, "12:00").isoformat(), **answers}, recorded_at, id_)
