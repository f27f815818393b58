"""Two parents' accounts: days, nights and handoffs."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from tracker.demo.diary import LONG_AFTER, NEXT_EVENING, NEXT_MORNING, Diary, Habit, shared_luck
from tracker.demo.notes import PARENTING
from tracker.demo.words import Stock
from tracker.plans.nights import handoffs, who_has
from tracker.plans.plan import Nights

AFTER_HANDOFF = timedelta(minutes=50)
OUTCOMES = ("on_time", "on_time", "on_time", "on_time", "late", "on_time", "changed", "late", "on_time", "missed")

# On day 9 of 28: today is still open for Parent A; yesterday, too, for Parent B.
SCHOOL_WEEKS = {
    "A": Habit(
        {"bedtime": (8, 1, 1, 3), "call": (8, 2, 1, 1), "schoolwork": (5, 3, 2, 3), "belongings": (6, 2, 2, 2)},
        notes=0.7,
        away=frozenset({4, 8}),
        late={2: NEXT_MORNING, 5: NEXT_EVENING},
    ),
    "B": Habit(
        {"bedtime": (8, 1, 1, 3), "call": (4, 3, 4, 1), "schoolwork": (5, 4, 2, 2), "belongings": (8, 1, 1, 2)},
        notes=0.5,
        away=frozenset({7}),
        late={1: LONG_AFTER, 3: NEXT_EVENING},
    ),
}
# Over for some weeks: Parent B stopped for a week and wrote a good part of the rest later.
FIRST_WEEKS = {
    "A": Habit(
        {"bedtime": (12, 1, 1, 1), "call": (6, 3, 3, 1), "belongings": (5, 3, 3, 2)},
        notes=0.5,
        away=frozenset({6, 13, 22}),
        late={3: NEXT_MORNING, 9: NEXT_EVENING, 17: NEXT_MORNING},
    ),
    "B": Habit(
        {"bedtime": (12, 1, 1, 1), "call": (2, 2, 7, 1), "belongings": (6, 3, 2, 2)},
        notes=0.4,
        away=frozenset({2, *range(10, 17), 25}),
        late={5: LONG_AFTER, 8: NEXT_EVENING, 18: NEXT_EVENING, 20: LONG_AFTER},
    ),
}


def write(diaries: list[Diary], seed: str) -> None:
    """Both accounts of one trial, up to now."""
    outline = diaries[0].here.outline
    luck = shared_luck(seed, [term.key for term in outline.terms], outline.days)
    stock = Stock(PARENTING)
    for diary in diaries:
        for number, day in diary.days():
            diary.write_day(number, day, _answers(diary, number, day, luck), stock)
    nights = outline.schedule.nights
    assert nights is not None
    how = Random(f"{seed} handoffs")  # noqa: S311  # a lifelike pattern, no secret
    for day, _to in handoffs(nights, outline.starts_on, outline.days):
        _handoff(diaries, nights, day, how, stock)
    _think_again(diaries[0])


def _answers(diary: Diary, number: int, day: date, luck: dict[tuple[str, int], float]) -> dict[str, Any]:
    outline = diary.here.outline
    terms = {term.key: diary.rating(term.key, luck[term.key, number]) for term in outline.terms}
    assert outline.schedule.nights is not None
    night = who_has(outline.schedule.nights, day)
    if diary.random.random() < 0.06:  # a night at the grandparents'
        night = "other"
    answers: dict[str, Any] = {"terms": terms, "night": night}
    if diary.random.random() < 0.8:
        answers["child"] = diary.random.choice((3, 4, 4, 4, 5, 5, 2))
    return answers


def _handoff(diaries: list[Diary], nights: Nights, day: date, how: Random, stock: Stock) -> None:
    """One handoff as each parent saw it: mostly the same, now and then with other minutes, or by one alone."""
    outcome, minutes = how.choice(OUTCOMES), how.choice((15, 20, 25, 35))
    for diary in diaries:
        if diary.random.random() < 0.2:
            continue
        seen = "on_time" if outcome == "late" and minutes < 20 and diary.random.random() < 0.5 else outcome
        answers: dict[str, Any] = {"outcome": seen}
        if seen == "late":
            answers["minutes_late"] = minutes + diary.random.choice((-5, 0, 0, 5))
        at = diary.at(day, nights.handoff_at) + AFTER_HANDOFF + timedelta(minutes=diary.random.randrange(150))
        note = stock.draw(f"handoff {seen}", diary.random) if diary.random.random() < 0.5 else ""
        diary.write("handoff", day, answers, at, note)


def _think_again(diary: Diary) -> None:
    """The fourth day once more, the next morning: the first answer stays in the history."""
    number, day = diary.days()[3]
    terms = {term.key: "kept" for term in diary.here.agreed.terms} | {"bedtime": "partly"}
    at = diary.at(day, diary.habit.writes_at) + timedelta(hours=11, minutes=10 + number)
    diary.write("day", day, {"terms": terms}, at, "Asked again: the light was off at 20:50, not at 20:30.")
