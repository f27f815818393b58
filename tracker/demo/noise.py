"""Two neighbours' accounts: days, noise that was heard, and what was done or announced."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from tracker.demo.diary import LONG_AFTER, NEXT_EVENING, NEXT_MORNING, Diary, Habit, shared_luck
from tracker.demo.notes import NOISE
from tracker.demo.words import Stock

# On day 17 of 30: today is still open for both. Downstairs writes about a night on the morning after.
MAPLE_STREET = {
    "D": Habit(
        {"quiet_hours": (6, 2, 3, 0), "shoes": (9, 1, 1, 0), "notice": (2, 1, 2, 5), "ask_first": (2, 1, 1, 5)},
        notes=0.6,
        away=frozenset({4, 11}),
        late={2: NEXT_MORNING, 8: NEXT_EVENING, 9: LONG_AFTER},
        writes_at=time(7, 40),
        next_day=True,
    ),
    "U": Habit(
        {"quiet_hours": (8, 2, 1, 0), "shoes": (10, 1, 0, 0), "notice": (3, 1, 1, 6), "ask_first": (2, 1, 2, 7)},
        notes=0.5,
        away=frozenset({6, 9, 10, 16}),
        late={3: NEXT_EVENING, 14: NEXT_MORNING},
        writes_at=time(21, 15),
    ),
}
# Day, start, minutes, kind, room, effect, level: less from week to week, more at weekends.
HEARD = (
    (0, time(22, 40), 55, "music", "bedroom", "could_not_sleep", 6),
    (1, time(21, 20), 25, "footsteps", "living_room", "noticed", 3),
    (3, time(23, 30), 95, "voices", "bedroom", "woke_me", 7),
    (3, time(23, 50), 40, "music", "bedroom", "woke_me", 6),
    (5, time(7, 5), 45, "machines", "kitchen", "noticed", 4),
    (6, time(22, 15), 20, "furniture", "bedroom", "disturbed", 5),
    (8, time(23, 10), 130, "music", "bedroom", "could_not_sleep", 8),
    (9, time(22, 5), 15, "footsteps", "bedroom", "noticed", 3),
    (12, time(6, 20), 30, "machines", "bathroom", "woke_me", 5),
    (14, time(22, 30), 35, "furniture", "living_room", "disturbed", 4),
    (15, time(20, 45), 30, "children", "living_room", "noticed", 3),
)
HEARD_ABOVE = (
    (2, time(19, 30), 40, "machines", "living_room", "noticed", 3),
    (14, time(9, 15), 60, "music", "study", "noticed", 4),
)
DONE = (
    (0, time(18, 30), "did"), (1, time(17, 10), "announced"), (3, time(19, 0), "did"), (5, time(20, 15), "did"),
    (13, time(18, 45), "announced"), (14, time(17, 30), "did"), (15, time(19, 20), "announced"),
)  # fmt: skip  # read in rows, as it is laid out


def write(diaries: list[Diary], seed: str) -> None:
    """Both accounts of one trial, up to now."""
    outline = diaries[0].here.agreed
    luck = shared_luck(seed, [term.key for term in outline.terms], outline.days)
    stock = Stock(NOISE)
    for diary in diaries:
        for number, day in diary.days():
            terms = {term.key: diary.rating(term.key, luck[term.key, number]) for term in outline.terms}
            rest = {"rest": diary.random.choice((2, 3, 4, 4, 5))} if diary.random.random() < 0.85 else {}
            diary.write_day(number, day, {"terms": terms} | rest, stock)
    below, above = diaries
    for event in HEARD:
        _hear(below, stock, *event)
    for event in HEARD_ABOVE:
        _hear(above, stock, *event)
    for number, clock, what in DONE:
        day = outline.all_days()[number]
        at = above.at(day, clock)
        above.write(
            "moment",
            day,
            {"at": above.text(at), "type": what},
            at + timedelta(minutes=4),
            stock.draw(what, above.random),
        )


def _hear(diary: Diary, stock: Stock, number: int, clock: time, minutes: int, *words: Any) -> None:
    """One noise, noted when it is over, or the next morning after midnight; some are put right afterwards."""
    day: date = diary.here.agreed.all_days()[number]
    start = diary.at(day, clock)
    kind, room, effect, level = words
    answers = {"type": kind, "room": room, "effect": effect, "level": level}
    times = {"start": diary.text(start), "end": diary.text(start + timedelta(minutes=minutes))}
    noted = start + timedelta(minutes=minutes + diary.random.randrange(1, 9))
    note = stock.draw(f"noise {kind}", diary.random) if diary.random.random() < 0.6 else ""
    first = diary.write("noise", day, times | answers, noted, note)
    if first is not None and number == 8:
        earlier = {"end": diary.text(start + timedelta(minutes=minutes - 20))}
        diary.write("noise", day, times | earlier | answers, noted + timedelta(hours=9), note, corrects=first)
