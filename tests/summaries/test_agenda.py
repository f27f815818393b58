"""The suggested agenda, worked out by hand: each limit from both of its sides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.summaries.small import FIRST, outline, rated
from tracker.summaries.compile import compile_summary


def agenda(ratings: dict[str, tuple[str, str]], days: int = 10, as_of: int | None = None) -> dict[str, Any]:
    """The agenda of one term for each pair of rows (A's, B's). Each term has day entries of its own hour."""
    narrow: dict[str, Any] = compile_summary(
        outline(list(ratings), days), _entries(ratings), None if as_of is None else FIRST + timedelta(days=as_of)
    )["agenda"]
    return narrow


def _entries(ratings: dict[str, tuple[str, str]]) -> list[Any]:
    """One entry for each party and day that answers all terms."""
    found: dict[tuple[str, Any], Any] = {}
    for key, rows in ratings.items():
        for party, row in zip("AB", rows, strict=True):
            for entry in rated(party, row, key):
                first = found.setdefault((party, entry.day), entry)
                first.answers.setdefault("terms", {}).update(entry.answers.get("terms", {}))
    return list(found.values())


def suggestion(a: str, b: str, days: int = 10, as_of: int | None = None) -> str:
    return str(agenda({"bedtime": (a, b)}, days, as_of)["terms"][0]["suggestion"])


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("kkkk------", "kkkk------", "too_few"),  # 4 days on which both rated it
        ("kkkkk-----", "kkkkk-----", "keep"),  # 5, and half of 10 elapsed
        ("kkkkkt----", "kkkkkk----", "keep"),  # a day that did not come up for one does not count as rated by both
        ("kkkknk----", "kkkkkk----", "keep"),  # A kept 5 of 6, more than four fifths
        ("kkkkn-----", "kkkkp-----", "keep"),  # both kept 4 of 5: exactly four fifths
        ("kkknn-----", "kkkkk-----", "accounts_differ"),  # A kept 3 of 5; they differ on 2 of 5
        ("kkkpp-----", "kkkkk-----", "rework"),  # A kept 3 of 5; near is not differ
        ("nnnnn-----", "nnnnn-----", "rework"),  # they agree that it does not go
        ("nnkkkkkk--", "kkpppppp--", "accounts_differ"),  # differ on 2 of 8: exactly a quarter
        ("nnkkkkkkk-", "kkppppppp-", "rework"),  # 2 of 9: less than a quarter
    ],
)
def test_what_is_suggested_for_a_term(a: str, b: str, expected: str) -> None:
    assert suggestion(a, b) == suggestion(b, a) == expected


def test_fewer_than_half_of_the_elapsed_days_are_too_few() -> None:
    """Both rated 5 days. Of 10 elapsed that is half; of 11 it is less."""
    assert suggestion("kkkkk", "kkkkk", days=12, as_of=9) == "keep"
    assert suggestion("kkkkk", "kkkkk", days=12, as_of=10) == "too_few"


def test_kept_counts_on_the_days_that_both_rated() -> None:
    """A kept it on all 10 days, B rated only the first 6 and kept 4 of them: 6 both, kept A 6, B 4, differ 1.

    4 of 6 is less than four fifths; 4 * 1 < 6: rework.
    """
    term = agenda({"bedtime": ("kkkkkkkkkk", "kkkkpn----")})["terms"][0]
    assert term == {"key": "bedtime", "both": 6, "suggestion": "rework", "kept": {"A": 6, "B": 4}, "differ": 1}


def test_the_narrow_agenda_takes_the_two_with_most_days_not_kept_by_both() -> None:
    """Days on which not both said kept: calls 2, homework 5, bedtime 3, meals 0 (kept by both: no topic)."""
    found = agenda({
        "calls": ("kkkpp", "kkkkk"), "homework": ("nnnnn", "kkkkk"), "bedtime": ("kkppp", "kkkkk"),
        "meals": ("kkkkk", "kkkkk"),
    })  # fmt: skip  # read in rows, as it is laid out
    assert [term["suggestion"] for term in found["terms"]] == ["rework", "accounts_differ", "rework", "keep"]
    assert found["narrow"] == ["homework", "bedtime"]


def test_ties_stay_in_plan_order() -> None:
    """Three terms with two such days each: the first two of the plan."""
    two = ("kkkpp", "kkkkk")
    assert agenda({"c": two, "a": two, "b": two})["narrow"] == ["c", "a"]


def test_what_is_kept_or_too_few_is_no_topic() -> None:
    found = agenda({"kept": ("kkkkkk", "kkkkkn"), "few": ("nnnn", "kkkk")})
    assert found["narrow"] == []
