"""The clock: the only module that reads the time. Everything else is given `now`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def local_date(zone: ZoneInfo, moment: datetime | None = None) -> date:
    """The date that a calendar on the wall shows in `zone` at `moment` (default: now)."""
    return (moment or now()).astimezone(zone).date()
