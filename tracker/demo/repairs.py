"""Two neighbours' accounts of a repair: days, steps that were due, and what happened in between."""

from __future__ import annotations

from datetime import time, timedelta

from tracker.demo.diary import LONG_AFTER, NEXT_EVENING, NEXT_MORNING, Diary, Habit, shared_luck
from tracker.demo.notes import REPAIRS
from tracker.demo.words import Stock

ROOF_AND_GUTTER = {
    "D": Habit(
        {"answer": (8, 3, 3, 0), "appointments": (3, 0, 2, 11), "access": (3, 1, 0, 12), "costs": (2, 2, 1, 12)},
        notes=0.5,
        away=frozenset({3, 9, 17, 24, 28}),
        late={5: NEXT_EVENING, 12: LONG_AFTER, 20: NEXT_MORNING},
    ),
    "U": Habit(
        {"answer": (9, 3, 1, 0), "appointments": (4, 0, 1, 11), "access": (3, 1, 0, 12), "costs": (3, 1, 1, 12)},
        notes=0.4,
        away=frozenset({1, *range(13, 20)}),
        late={4: NEXT_MORNING, 11: NEXT_EVENING, 22: NEXT_EVENING},
    ),
}
# Milestone, and on which day each party says whether it is done.
STEPS = (
    ("visit", "D", 3, True), ("visit", "U", 3, True), ("estimate", "U", 12, False), ("estimate", "U", 14, True),
    ("estimate", "D", 15, True), ("order", "U", 19, True), ("order", "D", 19, True), ("done", "D", 28, True),
)  # fmt: skip  # read in rows, as it is laid out
BETWEEN = (
    ("D", 1, "happened"),
    ("U", 4, "did"),
    ("D", 8, "happened"),
    ("U", 12, "did"),
    ("D", 22, "happened"),
    ("U", 14, "did"),
)


def write(diaries: list[Diary], seed: str) -> None:
    """Both accounts of one trial, up to now."""
    outline = diaries[0].here.agreed
    luck = shared_luck(seed, [term.key for term in outline.terms], outline.days)
    stock = Stock(REPAIRS)
    for diary in diaries:
        for number, day in diary.days():
            terms = {term.key: diary.rating(term.key, luck[term.key, number]) for term in outline.terms}
            diary.write_day(number, day, {"terms": terms}, stock)
    by_key = dict(zip(outline.parties, diaries, strict=True))
    for milestone, key, number, done in STEPS:
        _moment(by_key[key], number, {"milestone": milestone, "done": done}, "")
    for key, number, what in BETWEEN:
        _moment(by_key[key], number, {"type": what}, stock.draw(what, by_key[key].random))


def _moment(diary: Diary, number: int, answers: dict[str, object], note: str) -> None:
    day = diary.here.agreed.all_days()[number]
    at = diary.at(day, time(10, 5)) + timedelta(minutes=diary.random.randrange(420))
    diary.write(
        "moment", day, {"at": diary.text(at)} | answers, at + timedelta(minutes=diary.random.randrange(2, 90)), note
    )
