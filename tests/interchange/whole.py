"""One valid trial file with everything in it that the format knows, to be broken in one place at a time."""

from __future__ import annotations

from typing import Any
from uuid import UUID


def _about(n: int, kind: str, day: str, answers: dict[str, Any], **more: Any) -> dict[str, Any]:
    times = {"day": day, "recorded_at": f"{day}T21:04:00-05:00"}
    return {"id": str(UUID(int=n + 1)), "party": "A", "kind": kind, **times, "answers": answers, **more}


def whole() -> dict[str, Any]:
    """A new copy. Its observations: 0 a day, 1 a handoff, 2 a noise, 3 a moment, 4 a moment about a milestone."""
    noise = {"start": "2026-03-03T22:10:00-05:00", "end": "2026-03-03T23:00:00-05:00", "type": "music"}
    moment = {"at": "2026-03-04T10:00:00-05:00"}
    return {
        "format": "meanwhile.trial/1",
        "title": "School weeks",
        "plan": "noise",
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
            {"key": "call", "text": "A call at 19:00"},
        ],
        "schedule": {
            "nights": {
                "pattern": "2-2-3", "anchor": "2026-03-02", "A": "A", "B": "B", "handoff_at": "17:30",
                "place": "School gate", "tolerance_minutes": 10, "first_day": False,
                "changes": [{"day": "2026-03-14", "with": "B"}],
            },
            "quiet_hours": {"mon": ["22:00", "07:00"], "fri": ["23:00", "08:00"]},
            "milestones": [{"key": "estimate", "text": "Roof estimate", "due": "2026-03-12"}],
        },
        "observations": [
            _about(0, "day", "2026-03-02", {"terms": {"bedtime": "kept"}, "night": "A", "child": 4, "rest": 3},
                   note="Asleep at eight.", audience="summary"),
            _about(1, "handoff", "2026-03-04", {"outcome": "late", "minutes_late": 15}),
            _about(2, "noise", "2026-03-03", noise | {"room": "bedroom", "effect": "noticed", "level": 5}),
            _about(3, "moment", "2026-03-04", moment | {"type": "did"}),
            _about(4, "moment", "2026-03-04", moment | {"milestone": "estimate", "done": True}),
        ],
    }  # fmt: skip  # read in rows, as it is laid out
