"""Hypothesis strategies for valid trial files. Plans are drawn whole, so that they shrink; observations by a seed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import available_timezones

from hypothesis import strategies as st

from tests.random_observations import Observations
from tracker.plans.nights import PATTERNS
from tracker.plans.plan import WEEKDAYS
from tracker.plans.zones import is_zone

NOW = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)  # that of tests/conftest.py: no file holds a later day
TEMPLATES = ("parenting", "noise", "repairs", "documents", "open")
# Changes at midnight, by half an hour, on other days than most; far from UTC on both sides; none at all.
CURIOUS_ZONES = (
    "America/New_York", "America/Chicago", "Europe/Berlin", "Australia/Lord_Howe", "America/Havana", "Asia/Beirut",
    "America/Santiago", "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC",
)  # fmt: skip  # read in rows, as it is laid out

zones = st.sampled_from((*CURIOUS_ZONES, *filter(is_zone, sorted(available_timezones()))))
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)
keys = st.text("abcxyz_0123456789é 字.[]'\"", min_size=1, max_size=8)
times = st.integers(0, 1439).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
# Many trials start near a change of clocks.
starts = st.dates(date(2018, 1, 1), date(2026, 3, 20)) | st.sampled_from(
    [date(year, month, day) for year in range(2018, 2026) for month, day in ((3, 1), (3, 22), (10, 1), (10, 25))]
)
days = st.just(28) | st.integers(7, 182)

# Made once and drawn whole: making strategies while drawing is what takes the time. `_plan` gives it the file's shape.
_party = st.fixed_dictionaries({"key": keys, "name": texts, "timezone": zones})
_term = st.fixed_dictionaries({"key": keys, "text": texts}, optional={"sign": texts | st.just("")})
_milestone = st.fixed_dictionaries(
    {"key": keys, "text": texts, "due": st.dates(date(2018, 1, 1), date(2027, 1, 1)).map(date.isoformat)}
)
_nights = st.fixed_dictionaries(
    {
        "pattern": st.sampled_from(sorted(PATTERNS)), "nights_string": st.text("AB", min_size=1, max_size=28),
        "swapped": st.booleans(), "handoff_at": times,
    },
    optional={
        "anchor": st.integers(-40, 10), "place": texts | st.just(""), "tolerance_minutes": st.integers(0, 60),
        "first_day": st.booleans(), "changes": st.dictionaries(st.integers(0, 181), st.integers(0, 1), max_size=4),
    },
)  # fmt: skip  # read in rows, as it is laid out
_hours = st.lists(times, min_size=2, max_size=2, unique=True)
_drawn = st.fixed_dictionaries(
    {
        "title": texts, "plan": st.sampled_from(TEMPLATES), "starts_on": starts, "days": days, "timezone": zones,
        "sharing": st.sampled_from(("private", "open")),
        "parties": st.lists(_party, min_size=2, max_size=2, unique_by=lambda each: each["key"]),
        "terms": st.lists(_term, min_size=1, max_size=5, unique_by=lambda each: each["key"]),
        "schedule": st.fixed_dictionaries({}, optional={
            "nights": _nights,
            "quiet_hours": st.dictionaries(st.sampled_from(WEEKDAYS), _hours, max_size=7),
            "milestones": st.lists(_milestone, max_size=3, unique_by=lambda each: each["key"]),
        }),
    },
)  # fmt: skip  # read in rows, as it is laid out


def _plan(drawn: dict[str, Any]) -> dict[str, Any]:
    starts_on = drawn["starts_on"]
    schedule = {**drawn["schedule"]}
    if "nights" in schedule:
        parties = [party["key"] for party in drawn["parties"]]
        schedule["nights"] = _shaped(schedule["nights"], starts_on, drawn["days"], parties)
    return {**drawn, "starts_on": starts_on.isoformat(), "schedule": schedule}


def _shaped(drawn: dict[str, Any], starts_on: date, length: int, parties: list[str]) -> dict[str, Any]:
    nights = {key: value for key, value in drawn.items() if key != "swapped"}
    nights["A"], nights["B"] = parties[::-1] if drawn["swapped"] else parties
    if nights["pattern"] != "custom":
        del nights["nights_string"]
    if "anchor" in nights:
        nights["anchor"] = (starts_on + timedelta(days=nights["anchor"])).isoformat()
    if "changes" in nights:
        changed = {n % length: parties[owner] for n, owner in nights["changes"].items()}
        nights["changes"] = [
            {"day": (starts_on + timedelta(days=n)).isoformat(), "with": owner} for n, owner in changed.items()
        ]
    return nights


plan_parts = _drawn.map(_plan)  # a file's part before the observations: any template, any parts of a schedule


def _document(plan: dict[str, Any], seed: int, count: int) -> dict[str, Any]:
    observations = list(Observations(plan, Random(seed), NOW).some(count))
    return {"format": "meanwhile.trial/1", **plan, "observations": observations}


def trial_documents(most: int = 40) -> st.SearchStrategy[dict[str, Any]]:
    """Whole valid files with up to `most` observations, each once, in no order."""
    return st.builds(_document, plan_parts, st.integers(0, 2**32), st.sampled_from((0, 1, 5, most // 2, most)))
