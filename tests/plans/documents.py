"""Random valid plans, as JSON, with every optional key there or not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tracker.plans.catalogue import templates
from tracker.plans.nights import PATTERNS
from tracker.plans.plan import WEEKDAYS
from tracker.plans.zones import is_zone

SAMPLE: dict[str, Any] = {
    "title": "School weeks",
    "plan": "parenting",
    "starts_on": "2026-03-02",
    "days": 28,
    "timezone": "America/New_York",
    "sharing": "private",
    "parties": [
        {"key": "A", "name": "Parent A", "timezone": "America/New_York"},
        {"key": "B", "name": "Parent B", "timezone": "America/Chicago"},
    ],
    "terms": [
        {"key": "bedtime", "text": "Lights out by 20:30 on school nights", "sign": "In bed with the light off"},
        {"key": "call", "text": "A call with the other parent at 18:30"},
    ],
    "schedule": {
        "nights": {
            "pattern": "2-2-3",
            "anchor": "2026-03-02",
            "A": "A",
            "B": "B",
            "handoff_at": "17:30",
            "place": "School gate",
            "tolerance_minutes": 10,
            "first_day": False,
            "changes": [{"day": "2026-03-14", "with": "B"}],
        },
        "quiet_hours": {"mon": ["22:00", "07:00"], "fri": ["23:00", "08:00"]},
        "milestones": [{"key": "estimate", "text": "Roof estimate", "due": "2026-03-12"}],
    },
}

ZONES = [
    name for name in ("UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca") if is_zone(name)
]


def texts(longest: int, shortest: int = 1) -> st.SearchStrategy[str]:
    """Any text that the format allows."""
    letters = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
    return st.text(letters, min_size=shortest, max_size=longest)


keys = texts(40).filter(lambda key: key != "other")
times = st.times().map(lambda at: at.strftime("%H:%M"))
dates = st.dates(date(1950, 1, 1), date(2150, 1, 1))


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A valid plan; each part of the schedule and each optional key is there or not."""
    starts_on, days = draw(dates), draw(st.integers(7, 182))
    parties = draw(st.lists(keys, min_size=2, max_size=2, unique=True))
    zones = st.sampled_from(ZONES)
    one_term = {"text": texts(200)}
    term_keys = draw(st.lists(keys, min_size=1, max_size=5, unique=True))
    parts = {
        "nights": _nights(draw, parties, starts_on, days),
        "quiet_hours": draw(st.dictionaries(st.sampled_from(WEEKDAYS), _window())),
        "milestones": [
            {"key": key, "text": draw(texts(200)), "due": draw(dates).isoformat()}
            for key in draw(st.lists(keys, max_size=4, unique=True))
        ],
    }
    return {
        "title": draw(texts(120)),
        "plan": draw(st.sampled_from(list(templates()))),
        "starts_on": starts_on.isoformat(),
        "days": days,
        "timezone": draw(zones),
        "sharing": draw(st.sampled_from(["private", "open"])),
        "parties": [{"key": key, "name": draw(texts(80)), "timezone": draw(zones)} for key in parties],
        "terms": [
            {"key": key, **draw(st.fixed_dictionaries(one_term, optional={"sign": texts(200, 0)}))} for key in term_keys
        ],
        "schedule": {part: parts[part] for part in parts if draw(st.booleans())},
    }


def _window() -> st.SearchStrategy[list[str]]:
    return st.lists(times, min_size=2, max_size=2, unique=True)


def _nights(draw: st.DrawFn, parties: list[str], starts_on: date, days: int) -> dict[str, Any]:
    pattern = draw(st.sampled_from(list(PATTERNS)))
    letters = {"nights_string": draw(st.text("AB", min_size=1, max_size=28))} if pattern == "custom" else {}
    changed = draw(st.lists(st.integers(0, days - 1), max_size=4, unique=True))
    optional = {
        "anchor": dates.map(date.isoformat),
        "place": texts(200, 0),
        "tolerance_minutes": st.integers(0, 120),
        "first_day": st.booleans(),
        "changes": st.just(
            [
                {"day": (starts_on + timedelta(days=n)).isoformat(), "with": draw(st.sampled_from(parties))}
                for n in changed
            ]
        ),
    }
    rest = draw(st.fixed_dictionaries({"handoff_at": times}, optional=optional))
    a, b = draw(st.permutations(parties))
    return {"A": a, "B": b, "pattern": pattern, **letters, **rest}
