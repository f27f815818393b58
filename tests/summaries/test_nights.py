"""Handoffs and overnights, worked out by hand. First week of 2-2-3: A A B B A A A, handed over on days 2 and 4."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.summaries.small import FIRST, day, handoff, local, nights, outline
from tracker.plans.entry import Entry
from tracker.plans.plan import NightChange, Nights
from tracker.summaries.compile import compile_summary


def summary(
    entries: list[Entry], plan: Nights | None = None, days: int = 7, as_of: int | None = None
) -> dict[str, Any]:
    through = None if as_of is None else FIRST + timedelta(days=as_of)
    return compile_summary(outline(days=days, nights=plan or nights()), entries, through)


def test_outcomes_and_matching_add_up_to_the_planned_handoffs() -> None:
    """14 days: A A B B A A A B B A A B B B, handed over on days 2, 4, 7, 9 and 11: 5.

        day  2        4        7        9       11
        A    on_time  late 20  missed   -       -
        B    on_time  on_time  missed   late    -

    same, differ, same, one_sided, no_entry. B is late without saying how much: no median.
    """
    entries = [
        handoff("A", 2, "on_time"), handoff("A", 4, "late", 20), handoff("A", 7, "missed"),
        handoff("B", 2, "on_time"), handoff("B", 4, "on_time"), handoff("B", 7, "missed"), handoff("B", 9, "late"),
    ]  # fmt: skip  # read in rows, as it is laid out
    figures = summary(entries, days=14)["handoffs"]
    assert figures["planned"] == 5
    assert figures["parties"]["A"] == {
        "on_time": 1, "late": 1, "changed": 0, "missed": 1, "no_entry": 2, "median_minutes_late": 20, "unplanned": 0,
    }  # fmt: skip  # read in rows, as it is laid out
    assert figures["parties"]["B"] == {
        "on_time": 2, "late": 1, "changed": 0, "missed": 1, "no_entry": 1, "median_minutes_late": None, "unplanned": 0,
    }  # fmt: skip  # read in rows, as it is laid out
    assert figures["matching"] == {"same": 2, "differ": 1, "one_sided": 1, "no_entry": 1}


@pytest.mark.parametrize(
    ("minutes", "median"),
    [
        ([15], 15),
        ([15, 40, 12], 15),  # the middle of 12 15 40
        ([15, 40, 12, 20], 17.5),  # between 15 and 20 in 12 15 20 40
        ([10, 20], 15),  # whole where it is whole
    ],
)
def test_the_median_of_an_even_number_lies_between_the_two_in_the_middle(minutes: list[int], median: float) -> None:
    entries = [handoff("A", n, "late", late) for n, late in zip((2, 4, 7, 9), minutes, strict=False)]
    found = summary(entries, days=14)["handoffs"]["parties"]["A"]["median_minutes_late"]
    assert (found, type(found)) == (median, type(median))


def test_a_handoff_on_a_day_without_one_is_unplanned_and_nothing_else() -> None:
    """Day 3 has none. It is said twice, the second time as a correction: one unplanned handoff."""
    entries = [handoff("A", 3, "late", 30), handoff("A", 3, "late", 45, recorded_at=local(3, "22:00"))]
    figures = summary(entries)["handoffs"]
    assert figures["parties"]["A"] == {
        "on_time": 0, "late": 0, "changed": 0, "missed": 0, "no_entry": 2, "median_minutes_late": None, "unplanned": 1,
    }  # fmt: skip  # read in rows, as it is laid out
    assert figures["matching"] == {"same": 0, "differ": 0, "one_sided": 0, "no_entry": 2}


def test_only_the_counting_handoff_of_a_day_counts() -> None:
    entries = [handoff("A", 2, "late", 30), handoff("A", 2, "on_time", recorded_at=local(2, "22:00"))]
    mine = summary(entries)["handoffs"]["parties"]["A"]
    assert (mine["on_time"], mine["late"], mine["median_minutes_late"]) == (1, 0, None)


def test_the_first_day_has_a_handoff_only_if_the_plan_says_so() -> None:
    assert summary([], nights(first_day=True))["handoffs"]["planned"] == 3
    assert summary([handoff("A", 0, "on_time")])["handoffs"]["parties"]["A"]["unplanned"] == 1


def test_a_change_moves_the_handoffs_and_the_nights() -> None:
    """Day 3 goes to A: A A B A A A A. Handed over on days 2 and 3; 6 nights with A."""
    changed = summary([], nights(changes=(NightChange(FIRST + timedelta(days=3), "A"),)))
    assert changed["handoffs"]["planned"] == 2
    assert changed["overnights"]["planned"] == {"A": 6, "B": 1}


def test_handoffs_of_days_that_are_still_to_come_do_not_count() -> None:
    """As of day 3 one handoff was planned, on day 2."""
    entries = [handoff("A", 2, "on_time"), handoff("A", 4, "on_time")]
    figures = summary(entries, as_of=3)["handoffs"]
    assert (figures["planned"], figures["parties"]["A"]["on_time"]) == (1, 1)


def test_nights_planned_and_reported() -> None:
    """Planned A A B B A A A: 5 with A, 2 with B.

        day       0  1  2  3      4  5  6
        A says    A  A  A  other  A  -  -
        B says    A  B  A  other  -  B  -

    as_planned; differ; both say A where B was planned: same_other; both say other: same_other; one_sided twice (day 5
    is B's word alone); no_entry.
    """
    entries = [day("A", n, night=night) for n, night in enumerate(["A", "A", "A", "other", "A"])]
    entries += [day("B", n, night=night) for n, night in ((0, "A"), (1, "B"), (2, "A"), (3, "other"), (5, "B"))]
    entries.append(day("A", 5))  # an entry that says nothing of the night
    figures = summary(entries)["overnights"]
    assert figures["planned"] == {"A": 5, "B": 2}
    assert figures["reported"]["A"] == {"nights": {"A": 4, "B": 0}, "other": 1, "no_entry": 2}
    assert figures["reported"]["B"] == {"nights": {"A": 2, "B": 2}, "other": 1, "no_entry": 2}
    assert figures["matching"] == {"as_planned": 1, "same_other": 2, "differ": 1, "one_sided": 2, "no_entry": 1}


def test_who_is_a_is_said_by_the_plan() -> None:
    """With the party B as parent A the pattern is B B A A B B B."""
    assert summary([], nights(a="B", b="A"))["overnights"]["planned"] == {"A": 2, "B": 5}


def test_elapsed_nights_only() -> None:
    assert summary([day("A", 4, night="A")], as_of=2)["overnights"] == {
        "planned": {"A": 2, "B": 1},
        "reported": {key: {"nights": {"A": 0, "B": 0}, "other": 0, "no_entry": 3} for key in "AB"},
        "matching": {"as_planned": 0, "same_other": 0, "differ": 0, "one_sided": 0, "no_entry": 3},
    }
