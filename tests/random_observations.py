"""Random observations that a given plan allows, as JSON values: every kind, with and without each optional part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tracker.plans.catalogue import templates
from tracker.plans.entry import AUDIENCES, MOMENT_TYPES, OUTCOMES, RATINGS
from tracker.plans.plan_json import outline_from_json
from tracker.plans.zones import local_midnight

NOTES = ("", "At eight.", "Zürich 🌙 «déjà vu»", 'a "quote", a \\ and a\nnew line', "\u2028 \u200f ab", "x" * 2000)


class Observations:
    """Draws observations of one plan, about days up to `now`. The same `random` draws the same ones."""

    def __init__(self, plan: dict[str, Any], random: Random, now: datetime) -> None:
        self.random = random
        self.plan = plan
        self.zone = ZoneInfo(plan["timezone"])
        self.zones = [self.zone, *(ZoneInfo(party["timezone"]) for party in plan["parties"])]
        self.schedule = plan["schedule"]
        self.parties = [party["key"] for party in plan["parties"]]
        self.outline = outline_from_json(plan)
        self.from_ = local_midnight(self.outline.starts_on, self.zone)
        self.to = min(local_midnight(self.outline.last_day + timedelta(days=1), self.zone), now)
        self.answers: dict[str, Callable[[datetime], dict[str, Any]]] = {
            "day": self._day, "noise": self._noise, "moment": self._moment,
        }  # fmt: skip  # read in rows, as it is laid out
        if "nights" in self.schedule:
            self.answers["handoff"] = self._handoff

    def some(self, count: int) -> Iterator[dict[str, Any]]:
        """`count` observations with ids of their own, in no order; none before the trial has begun."""
        for _ in range(count if self.from_ < self.to else 0):
            yield self._one()

    def _one(self) -> dict[str, Any]:
        happened = self.from_ + timedelta(seconds=self.random.randrange(int((self.to - self.from_).total_seconds())))
        day = happened.astimezone(self.zone).date()
        kind = self.random.choice(sorted(self.answers))
        recorded_at = local_midnight(day, self.zone) + timedelta(
            seconds=self.random.choice((0, 43_200, 75_600, 129_600, 345_600, self.random.randrange(600_000))),
            microseconds=self.random.choice((0, 0, 0, 250_000, 1)),
        )
        return {
            "id": str(UUID(int=self.random.getrandbits(128))),
            "party": self.random.choice(self.parties),
            "kind": kind,
            "day": day.isoformat(),
            "recorded_at": self._text(recorded_at),
            "answers": self.answers[kind](happened),
            **self._maybe(note=self.random.choice(NOTES)),
            **self._maybe(audience=self.random.choice(AUDIENCES)),
        }

    def _maybe(self, **parts: Any) -> dict[str, Any]:
        return {key: value for key, value in parts.items() if self.random.random() < 0.7}

    def _text(self, moment: datetime) -> str:
        """The instant in one of the ways in which a device may write it."""
        offset = self.random.choice((*self.zones, UTC, timezone(timedelta(hours=5, minutes=45))))
        local = moment.astimezone(offset)
        text = local.isoformat()
        if text.endswith("+00:00") and self.random.random() < 0.5:
            return text.removesuffix("+00:00") + "Z"
        if local.second == local.microsecond == 0 and self.random.random() < 0.2:
            return local.isoformat(timespec="minutes")
        return text

    def _day(self, happened: datetime) -> dict[str, Any]:
        terms = {term.key: self.random.choice(RATINGS) for term in self.outline.terms if self.random.random() < 0.8}
        parts = {"night": self.random.choice((*self.parties, "other")), "child": self.random.randint(1, 5)}
        return self._maybe(terms=terms, rest=self.random.randint(1, 5), **parts)

    def _handoff(self, happened: datetime) -> dict[str, Any]:
        outcome = self.random.choice(OUTCOMES)
        late = self._maybe(minutes_late=self.random.choice((1, 12, 1440))) if outcome == "late" else {}
        return {"outcome": outcome, **late}

    def _noise(self, happened: datetime) -> dict[str, Any]:
        lasted = timedelta(seconds=self.random.choice((1, 60, 5_400, 86_400, self.random.randint(1, 30_000))))
        template = templates().get(self.plan["plan"])
        words = template.words() if template else {}
        said = {key: self.random.choice(words.get(key) or ("bass", "la cuisine")) for key in ("type", "room", "effect")}
        times = {"start": self._text(happened), "end": self._text(happened + lasted)}
        return times | self._maybe(level=self.random.randint(1, 10), **said)

    def _moment(self, happened: datetime) -> dict[str, Any]:
        at = {"at": self._text(happened)}
        due = self.outline.schedule.milestones
        if due and self.random.random() < 0.6:
            return at | {"milestone": self.random.choice(due).key, "done": self.random.random() < 0.7}
        return at | self._maybe(type=self.random.choice(MOMENT_TYPES))
