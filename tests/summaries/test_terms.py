"""The terms, worked out by hand."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from tests.summaries.small import FIRST, day, local, outline, rated
from tracker.plans.entry import RATINGS
from tracker.summaries.compile import compile_summary
from tracker.summaries.terms import MATCHES, match


def figures(a: str, b: str, days: int = 7, as_of: int | None = None) -> dict[str, Any]:
    entries = rated("A", a) + rated("B", b)
    through = None if as_of is None else FIRST + timedelta(days=as_of)
    result: dict[str, Any] = compile_summary(outline(days=days), entries, through)["terms"][0]
    return result


def test_counts_and_matching_add_up_to_the_elapsed_days() -> None:
    """Day by day, A above B:

        A  k p n k t - t
        B  k k n n t k -

    same (both kept), near (partly beside kept), same (both not kept), differ, not_today, one_sided (only B rated),
    no_rating (A says that it did not come up, B nothing).
    """
    term = figures("kpnkt-t", "kknntk-")
    assert term["key"] == "bedtime"
    assert term["parties"]["A"] == {"kept": 2, "partly": 1, "not_kept": 1, "not_today": 2, "no_entry": 1}
    assert term["parties"]["B"] == {"kept": 3, "partly": 0, "not_kept": 2, "not_today": 1, "no_entry": 1}
    assert term["matching"] == {"same": 2, "near": 1, "differ": 1, "one_sided": 1, "not_today": 1, "no_rating": 1}


@pytest.mark.parametrize(
    ("a", "b", "name"),
    [
        ("k", "k", "same"), ("p", "p", "same"), ("n", "n", "same"),
        ("k", "p", "near"), ("p", "n", "near"), ("k", "n", "differ"),
        ("k", "t", "one_sided"), ("p", "-", "one_sided"), ("n", "o", "one_sided"),
        ("t", "t", "not_today"), ("t", "-", "no_rating"), ("-", "-", "no_rating"), ("o", "t", "no_rating"),
    ],
)  # fmt: skip  # read in rows, as it is laid out
def test_each_pair_of_ratings_matches_in_one_way_whoever_says_which(a: str, b: str, name: str) -> None:
    for one, other in ((a, b), (b, a)):
        matching = figures(one, other, as_of=0)["matching"]
        assert [key for key, days in matching.items() if days] == [name]


def test_every_pair_has_a_name() -> None:
    for pair in product((*RATINGS, None), repeat=2):
        assert match(*pair) in MATCHES
        assert match(*pair) == match(*reversed(pair))


def test_an_entry_that_says_nothing_of_a_term_is_no_entry_for_it() -> None:
    term = figures("oo-----", "-------")
    assert term["parties"]["A"]["no_entry"] == 7


def test_a_correction_replaces_the_whole_answer() -> None:
    """First kept; then a correction that leaves the term out: the counting entry has no rating."""
    entries = [day("A", 0, terms={"bedtime": "kept"}), day("A", 0, local(0, "22:00"), terms={})]
    term = compile_summary(outline(), entries)["terms"][0]
    assert term["parties"]["A"] == {"kept": 0, "partly": 0, "not_kept": 0, "not_today": 0, "no_entry": 7}


def test_weeks_are_blocks_of_seven_days_from_the_first_day() -> None:
    """16 days: blocks of 7, 7 and 2. A kept 5 of 6 rated in the first (one day did not come up), 7 of 7, 0 of 2."""
    weeks = figures("kkkkknt" + "kkkkkkk" + "pn", "-" * 16, days=16)["weeks"]
    assert [week["parties"]["A"] for week in weeks] == [
        {"kept": 5, "rated": 6}, {"kept": 7, "rated": 7}, {"kept": 0, "rated": 2},
    ]  # fmt: skip  # read in rows, as it is laid out
    assert weeks[2]["parties"]["B"] == {"kept": 0, "rated": 0}


def test_weeks_that_have_not_begun_are_not_there() -> None:
    """As of day 8, the second of the second block: two blocks, the second with two days."""
    weeks = figures("k" * 16, "-" * 16, days=16, as_of=8)["weeks"]
    assert [week["parties"]["A"]["kept"] for week in weeks] == [7, 2]


def test_terms_come_in_plan_order() -> None:
    entries = [day("A", 0, terms={"call": "kept", "bedtime": "partly"})]
    terms = compile_summary(outline(["call", "bedtime"]), entries)["terms"]
    assert [(term["key"], term["parties"]["A"]["kept"]) for term in terms] == [("call", 1), ("bedtime", 0)]
