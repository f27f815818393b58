"""What is due when, for one party of one trial. Pure: local times become instants here, `now` is an argument.

A local time that the clocks skip counts with the offset before the skip, one that comes twice is its first
(`plans.zones`). A date that a zone leaves out is no day, so nothing is asked on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from tracker.plans.zones import end_of_day, local_midnight, to_utc
from tracker.trials.state import Facts, State

AFTER_THE_PROMPT = timedelta(minutes=60)
AFTER_A_HANDOFF = timedelta(minutes=45)
HANDOFF_FADES = timedelta(hours=6)
FOLLOW_UP_FADES = timedelta(hours=3)
MORNING, NINE, EVENING = time(8), time(9), time(18)
MISSED = 3  # days in a row, before the one gentle message
DAY = timedelta(days=1)
HORIZON = 8  # days; whoever has nothing due until then is looked at again


@dataclass(frozen=True, slots=True)
class Wish:
    """When a party wants to be asked: local time of their own zone, ISO weekdays, every or every third day."""

    at: time
    zone: ZoneInfo
    wanted: bool = True
    days: frozenset[int] = frozenset(range(1, 8))
    every: int = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A check-in that exists: the day of the trial it is about, and when it was sent (None: not yet, or never)."""

    about: date
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Situation:
    """All that check-ins follow from.

    `first`: the party on whom the mediator's own check-in hangs. `left`: this party left. `handoffs`: days and planned
    instants. `said`: kinds and days of this party's observations of the last weeks; `asked`: their check-ins since
    then, by kind and day.
    """

    facts: Facts
    wish: Wish
    first: bool = False
    left: bool = False
    handoffs: tuple[tuple[date, datetime], ...] = ()
    session_at: datetime | None = None
    resumed_at: datetime | None = None
    said: frozenset[tuple[str, date]] = frozenset()
    asked: Mapping[tuple[str, date], Asked] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One check-in: its local day, the day of the trial it is about, when it is due, until when it is of use."""

    kind: str
    day: date
    about: date
    due_at: datetime
    until: datetime


def due(s: Situation, now: datetime) -> list[Prompt]:
    """What should go out at `now` and has not been made yet. After an outage that is the newest open day alone."""
    today = now.astimezone(s.wish.zone).date()
    found = [*_planned(s, today - 2 * DAY, today + DAY), *_later(s, today, now)]
    return [
        prompt
        for prompt in found
        if prompt.due_at <= now < prompt.until
        and (prompt.kind, prompt.day) not in s.asked
        and (s.resumed_at is None or prompt.due_at > s.resumed_at)
        and _wanted(s, prompt.kind, prompt.about, now)
    ]


def next_look(s: Situation, now: datetime) -> datetime | None:
    """When to look again: the next instant after `now` at which something may be due. None: not before a change."""
    if _over(s, now):
        return None
    today = now.astimezone(s.wish.zone).date()
    times = [prompt.due_at for prompt in _later(s, today, now) if _to_come(s, prompt)]
    for offset in range(-1, HORIZON):
        day = today + offset * DAY
        times += [prompt.due_at for prompt in _planned(s, day, day) if _to_come(s, prompt)]
        ahead = [at for at in times if at > now]
        if ahead and offset > 1:  # tomorrow may be a date that the zone leaves out, and the day after it is the next
            return min(ahead)
    return now + (HORIZON - 2) * DAY


def _to_come(s: Situation, prompt: Prompt) -> bool:
    """Whether this one is still to be made, as far as the party's wish goes."""
    return (prompt.kind, prompt.day) not in s.asked and (s.wish.wanted or prompt.kind == "half_way")


def still_wanted(s: Situation, kind: str, day: date, about: date, now: datetime) -> bool:
    """Whether a check-in that was claimed should still go out: asked again right before it is sent."""
    if not _wanted(s, kind, about, now):
        return False
    return planned(s, "evening" if kind in ("follow_up", "gentle") else kind, day) is not None


def planned(s: Situation, kind: str, day: date) -> Prompt | None:
    """The check-in of this kind and local day as the calendar and the party's wish have it now."""
    return next((prompt for prompt in _planned(s, day, day) if prompt.kind == kind), None)


def missed(s: Situation, before: date) -> bool:
    """Whether the last three days that were asked for, before the local day `before`, were missed one after another.

    A day that was noted before its prompt was never asked for; it ends the row all the same.
    """
    evenings = sorted((day for kind, day in s.asked if kind == "evening" and day < before), reverse=True)[:MISSED]
    asked = [s.asked["evening", day] for day in evenings]
    return len(asked) == MISSED and all(one.sent_at for one in asked) and _spoken(s) < asked[-1].about


def _spoken(s: Situation) -> date:
    """The last day that the party noted; the first of all dates if there is none."""
    return max((about for kind, about in s.said if kind == "day"), default=date.min)


def _wanted(s: Situation, kind: str, about: date, now: datetime) -> bool:
    state = s.facts.state(now)
    if kind == "half_way":
        return state is State.RUNNING
    rests = s.facts.paused_at or s.facts.left_at or state.waiting
    if rests or s.left or not s.wish.wanted:
        return False
    if kind in ("return_in_a_week", "return_tomorrow"):
        return True
    if kind in ("starts_tomorrow", "starts_today", "ends_today"):
        return s.facts.ended_on is None
    return s.facts.ended_on is None and ("handoff" if kind == "handoff" else "day", about) not in s.said


def _over(s: Situation, now: datetime) -> bool:
    """Whether nothing can become due before somebody changes something."""
    state = s.facts.state(now)
    if state.waiting or state is State.PAUSED:
        return True
    if state is State.ENDED and now >= _end(s.facts, s.wish):
        return not s.wish.wanted or s.left or s.session_at is None or s.session_at <= now
    return not s.first and (not s.wish.wanted or s.left)


def _end(facts: Facts, wish: Wish) -> datetime:
    """When the last day is over on every calendar that counts: the trial's and the party's own."""
    last = facts.last_day
    return max(end_of_day(last, ZoneInfo(facts.timezone)), end_of_day(last, wish.zone))


def _planned(s: Situation, first: date, last: date) -> Iterator[Prompt]:
    """Everything that the calendar alone decides, on the local days `first` to `last`."""
    for offset in range((last - first).days + 1):
        evening = _evening(s.facts, s.wish, first + offset * DAY)
        if evening is not None:
            yield evening
    for day, at in s.handoffs:
        if first <= day <= last:
            yield Prompt("handoff", day, day, at + AFTER_A_HANDOFF, at + HANDOFF_FADES)
    for prompt in (*_milestones(s.facts, s.wish, s.first), *_session(s)):
        if first <= prompt.day <= last:
            yield prompt


@lru_cache(maxsize=4096)
def _evening(facts: Facts, wish: Wish, day: date) -> Prompt | None:
    """The evening prompt of a local day. Kept: what follows a prompt asks for the same one again and again."""
    if not facts.starts_on - DAY <= day <= facts.last_day + DAY or day.isoweekday() not in wish.days:
        return None
    at = to_utc(day, wish.at, wish.zone)
    if at.astimezone(wish.zone).date() != day and not _exists(day, wish.zone):
        return None
    about = min(day, at.astimezone(ZoneInfo(facts.timezone)).date())  # nobody can note a day that has not begun
    if not facts.starts_on <= about <= facts.last_day or (about - facts.starts_on).days % wish.every:
        return None
    following = day + DAY if _exists(day + DAY, wish.zone) else day + 2 * DAY
    until = to_utc(following, wish.at, wish.zone)
    return Prompt("evening", day, about, at, until if about < facts.last_day else min(until, _end(facts, wish)))


def _exists(day: date, zone: ZoneInfo) -> bool:
    return local_midnight(day, zone) < local_midnight(day + DAY, zone)


def _later(s: Situation, today: date, now: datetime) -> Iterator[Prompt]:
    """What follows a prompt that went out while its day stays open: once more, or the one gentle message instead."""
    for offset in (-1, 0, 1):
        evening = _evening(s.facts, s.wish, today + offset * DAY)
        asked = s.asked.get(("evening", evening.day)) if evening else None
        if evening is None or asked is None:
            continue
        at = max(evening.due_at, asked.sent_at or now) + AFTER_THE_PROMPT
        until = min(evening.until, at + FOLLOW_UP_FADES)
        kind = _second(s, evening.day)
        if kind:
            yield Prompt(kind, evening.day, evening.about, at, until)


def _second(s: Situation, day: date) -> str:
    """Which message comes second on this day. After the gentle one there is none until the party writes again."""
    if ("gentle", day) in s.asked or ("follow_up", day) in s.asked:
        return ""
    if any(kind == "gentle" and asked.about > _spoken(s) for (kind, _day), asked in s.asked.items()):
        return ""
    return "gentle" if s.wish.every == 1 and missed(s, day) else "follow_up"


@lru_cache(maxsize=1024)
def _milestones(facts: Facts, wish: Wish, first: bool) -> tuple[Prompt, ...]:
    """The first day, the middle, the last day. `first`: with the mediator's own."""
    begins, last = facts.starts_on, facts.last_day
    day, zone, middle = begins - DAY, ZoneInfo(facts.timezone), begins + facts.days // 2 * DAY
    eve = Prompt("starts_tomorrow", day, begins, to_utc(day, wish.at, wish.zone), local_midnight(begins, wish.zone))
    half = Prompt("half_way", middle, middle, to_utc(middle, NINE, zone), end_of_day(middle + DAY, zone))
    on_days = (
        Prompt(kind, day, day, to_utc(day, MORNING, wish.zone), to_utc(day, EVENING, wish.zone))
        for kind, day in (("starts_today", begins), ("ends_today", last))
    )
    return (eve, *on_days, half) if first else (eve, *on_days)


def _session(s: Situation) -> Iterator[Prompt]:
    """The return session in seven days, and tomorrow, on the party's own calendar."""
    if s.session_at is None:
        return
    held = s.session_at.astimezone(s.wish.zone).date()
    for kind, days in (("return_in_a_week", 7), ("return_tomorrow", 1)):
        day = held - days * DAY
        yield Prompt(kind, day, held, to_utc(day, NINE, s.wish.zone), end_of_day(day, s.wish.zone))
