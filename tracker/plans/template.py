"""A plan template as plain values: what the catalogue offers. Its texts are English; pages translate them.

Nothing here is a trial's: a trial holds its own frozen copy of what it took from a template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from tracker.plans.plan import Term

PARTS = ("nights", "quiet_hours", "milestones")
QUESTION_KINDS = ("terms", "night", "scale", "choice", "minutes", "time", "milestone")


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer: its word in the trial file and its text for people."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form. `key` is its key in the observation's answers.

    `kind` says how it is asked: `terms` (each term, one tap), `night` (which party, or other), `scale` (whole numbers
    from `low` to `high`, with a text for some of them in `choices`), `choice` (one of `choices`), `minutes`, `time`,
    `milestone` (which one, and whether it is done).
    """

    key: str
    kind: str
    text: str
    help: str = ""
    required: bool = False
    low: int = 0
    high: int = 0
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """The questions that one kind of observation asks in a plan, in order."""

    kind: str
    name: str
    questions: tuple[Question, ...] = ()

    def question(self, key: str) -> Question | None:
        """The question with this key, or None."""
        return next((question for question in self.questions if question.key == key), None)


@dataclass(frozen=True, slots=True)
class Role:
    """What a party does in this kind of plan. `button`: the kind that has the second big button on Today, or empty."""

    key: str
    label: str
    button: str = ""
    button_text: str = ""


@dataclass(frozen=True, slots=True)
class NightsDefault:
    """How the nights start out in the set-up. `place` is a label for people, `nights_string` for `custom` alone."""

    pattern: str
    handoff_at: time
    place: str = ""
    tolerance_minutes: int = 10
    first_day: bool = False
    nights_string: str | None = None


@dataclass(frozen=True, slots=True)
class MilestoneDefault:
    """A milestone that the set-up offers, due on the trial's day number `due_day` (1 = the first day)."""

    key: str
    text: str
    due_day: int


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of plan that can be tried.

    `parts` are the parts of a schedule that it uses; the defaults of the others are empty. `roles` are in the order
    of the plan's parties. `order` is its place in the catalogue. `days` is the usual length.
    """

    key: str
    order: int
    name: str
    description: str
    days: int
    terms: tuple[Term, ...]
    forms: Mapping[str, Form]
    roles: tuple[Role, ...]
    parts: tuple[str, ...] = ()
    nights: NightsDefault | None = None
    quiet_hours: Mapping[str, tuple[time, time]] = field(default_factory=dict)
    milestones: tuple[MilestoneDefault, ...] = ()

    def words(self) -> dict[str, tuple[str, ...]]:
        """The plan's words for `type`, `room` and `effect` of a noise; empty if it has no form for noise."""
        form = self.forms.get("noise")
        asked = form.questions if form else ()
        return {
            asking.key: tuple(choice.key for choice in asking.choices) for asking in asked if asking.kind == "choice"
        }
