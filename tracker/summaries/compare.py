"""What a case's later trial shows beside the one before it. Pure.

Nothing is subtracted and nothing judged: the two figures stand beside each other, each with its own denominator.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.plans.plan import Term

Summary = Mapping[str, Any]


def compare_terms(
    before: Sequence[Term], now: Sequence[Term], summaries: tuple[Summary, Summary]
) -> list[dict[str, Any]]:
    """Each term of either trial, the later one's first: `term`, `was` (the earlier wording, where it differs), and by
    party (kept, rated) in each of the two trials, None where a trial did not have the term.

    Terms are the same if their keys are, or their texts.
    """
    rated = tuple({term["key"]: term["parties"] for term in summary["terms"]} for summary in summaries)
    left = list(before)
    rows = []
    for term in now:
        same = next((one for one in left if one.key == term.key or one.text == term.text), None)
        if same is not None:
            left.remove(same)
        rows.append(_row(term, same, (rated[0].get(same.key) if same else None, rated[1][term.key])))
    return rows + [_row(term, None, (rated[0][term.key], None)) for term in left]


def _row(term: Term, same: Term | None, said: tuple[Any, Any]) -> dict[str, Any]:
    return {
        "term": term,
        "was": same.text if same and same.text != term.text else "",
        "parties": [None if one is None else {key: _share(counts) for key, counts in one.items()} for one in said],
    }


def _share(counts: Mapping[str, int]) -> tuple[int, int]:
    return counts["kept"], counts["kept"] + counts["partly"] + counts["not_kept"]
