"""The one way in which the domain says no."""

from __future__ import annotations

from tracker.plans.entry import Problem


class Refused(Exception):
    """A rule forbids what was asked. `problems` name the places; pages turn `code`, a stable word, into a sentence."""

    def __init__(self, code: str, *problems: Problem) -> None:
        super().__init__(code, *problems)
        self.code = code
        self.problems = problems

    def __str__(self) -> str:
        return "; ".join(map(str, self.problems)) or self.code
