"""Which parent has which night, and on which days the child changes homes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.plans.nights import (
    PATTERNS,
    cycle_length,
    cycle_warning,
    default_anchor,
    handoffs,
    overnight_counts,
    owners,
    pattern_string,
    who_has,
)
from tracker.plans.plan import NightChange, Nights

MONDAY = date(2026, 3, 2)
PLAN = Nights(pattern="2-2-3", anchor=MONDAY, a="mum", b="dad", handoff_at=time(17, 30))

# pattern, its 14 nights from Monday, nights with B in 28, handoffs in 28 days without one on the first day
TABLE = [
    ("alternating-weeks", "AAAAAAA BBBBBBB", 14, 3),
    ("2-2-3", "AABBAAA BBAABBB", 14, 11),
    ("2-2-5-5", "AABBAAA AABBBBB", 14, 7),
    ("3-4-4-3", "AAABBBB AAAABBB", 14, 7),
    ("3-3-4-4", "AAABBBA AAABBBB", 14, 7),
    ("4-3", "AAAABBB AAAABBB", 12, 7),
    ("every-other-weekend", "AAAABBA AAAAAAA", 4, 4),
]

custom = st.text("AB", min_size=1, max_size=28).map(
    lambda letters: replace(PLAN, pattern="custom", nights_string=letters)
)
known = st.sampled_from([name for name in PATTERNS if name != "custom"]).map(lambda name: replace(PLAN, pattern=name))
days_near = st.dates(date(2025, 1, 1), date(2027, 1, 1))


@st.composite
def plans(draw: st.DrawFn) -> Nights:
    changed = draw(st.dictionaries(days_near, st.sampled_from(["mum", "dad"]), max_size=6))
    return replace(
        draw(known | custom),
        anchor=draw(days_near),
        first_day=draw(st.booleans()),
        changes=tuple(NightChange(day, who) for day, who in changed.items()),
    )


@pytest.mark.parametrize(("pattern", "letters", "with_b", "changes_of_home"), TABLE)
def test_the_patterns(pattern: str, letters: str, with_b: int, changes_of_home: int) -> None:
    nights = replace(PLAN, pattern=pattern)
    assert pattern_string(nights) == letters.replace(" ", "")
    assert overnight_counts(nights, MONDAY, 28) == {"mum": 28 - with_b, "dad": with_b}
    assert len(handoffs(nights, MONDAY, 28)) == changes_of_home


def test_the_table_is_all_there_is_beside_custom() -> None:
    assert list(PATTERNS) == [row[0] for row in TABLE] + ["custom"]


def test_the_pattern_starts_on_the_anchor_and_runs_both_ways() -> None:
    # 2-2-3 from Monday 2 March: A A B B A A A, then B B A A B B B
    assert [who_has(PLAN, MONDAY + timedelta(days=n)) for n in (0, 1, 2, 3, 4)] == ["mum", "mum", "dad", "dad", "mum"]
    assert who_has(PLAN, MONDAY - timedelta(days=1)) == "dad"  # the last night of the cycle before
    assert who_has(PLAN, MONDAY - timedelta(days=5)) == "mum"


def test_a_trial_may_start_on_any_weekday_and_weekends_stay_weekends() -> None:
    thursday = date(2026, 3, 5)
    weekends = replace(PLAN, pattern="every-other-weekend", anchor=default_anchor(thursday))
    assert weekends.anchor == MONDAY
    with_dad = [day for n in range(28) if who_has(weekends, day := thursday + timedelta(days=n)) == "dad"]
    assert with_dad == [date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 20), date(2026, 3, 21)]  # Friday, Saturday


@given(days_near)
def test_the_anchor_is_the_monday_on_or_before(day: date) -> None:
    assert default_anchor(day).weekday() == 0
    assert 0 <= (day - default_anchor(day)).days <= 6


def test_handoffs_of_a_week_by_hand() -> None:
    # nights Mon-Sun: A A B B A A A, the next Monday B
    assert handoffs(PLAN, MONDAY, 8) == [
        (date(2026, 3, 4), "dad"),
        (date(2026, 3, 6), "mum"),
        (date(2026, 3, 9), "dad"),
    ]


def test_the_first_day_has_a_handoff_only_if_the_plan_says_so() -> None:
    wednesday = date(2026, 3, 4)  # its night is the other parent's than the one before
    assert handoffs(PLAN, wednesday, 2) == []
    assert handoffs(replace(PLAN, first_day=True), wednesday, 2) == [(wednesday, "dad")]
    tuesday = date(2026, 3, 3)  # its night is the same parent's, and the child comes from elsewhere
    assert handoffs(replace(PLAN, first_day=True), tuesday, 1) == [(tuesday, "mum")]


def test_a_change_moves_one_night_and_its_handoffs() -> None:
    moved = replace(PLAN, changes=(NightChange(date(2026, 3, 7), "dad"),))  # Saturday
    assert who_has(moved, date(2026, 3, 7)) == "dad"
    assert overnight_counts(moved, MONDAY, 7) == {"mum": 4, "dad": 3}
    week = handoffs(moved, MONDAY, 7)
    assert week == [
        (date(2026, 3, 4), "dad"),
        (date(2026, 3, 6), "mum"),
        (date(2026, 3, 7), "dad"),
        (date(2026, 3, 8), "mum"),
    ]


@given(plans(), days_near, st.integers(1, 182))
def test_handoffs_are_where_two_nights_in_a_row_differ(nights: Nights, starts_on: date, days: int) -> None:
    letters = pattern_string(nights)
    changed = {change.day: change.with_ for change in nights.changes}

    def by_hand(day: date) -> str:
        letter = letters[(day - nights.anchor).days % len(letters)]
        return changed.get(day, "mum" if letter == "A" else "dad")

    all_days = [starts_on + timedelta(days=n) for n in range(days)]
    expected = [(day, by_hand(day)) for day in all_days[1:] if by_hand(day) != by_hand(day - timedelta(days=1))]
    if nights.first_day:
        expected.insert(0, (starts_on, by_hand(starts_on)))
    assert handoffs(nights, starts_on, days) == expected
    assert owners(nights, starts_on, days) == [by_hand(day) for day in all_days]
    counts = overnight_counts(nights, starts_on, days)
    assert counts == {who: [by_hand(day) for day in all_days].count(who) for who in ("mum", "dad")}


@pytest.mark.parametrize(
    ("pattern", "letters", "nights"),
    [("4-3", None, 7), ("2-2-3", None, 14), ("custom", "ABAB", 2), ("custom", "AAB", 3)],
)
def test_a_length_that_is_no_multiple_of_the_cycle_is_worth_a_warning(
    pattern: str, letters: str | None, nights: int
) -> None:
    plan = replace(PLAN, pattern=pattern, nights_string=letters)
    assert cycle_length(plan) == nights
    assert not cycle_warning(plan, nights * 5)
    assert cycle_warning(plan, nights * 5 + 1)


def test_an_unknown_pattern_has_no_nights() -> None:
    for nights in (replace(PLAN, pattern="5-2"), replace(PLAN, pattern="custom")):
        with pytest.raises(ValueError, match="no nights"):
            pattern_string(nights)
