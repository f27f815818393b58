"""A mediator in the middle of the set-up of a trial; what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.page import Page
from tests.visitor import Visitor
from tracker.db import db
from tracker.trials.model import PlanVersion, Trial

Visit = Callable[..., Visitor]
PEOPLE: dict[str, Any] = {
    "title": "Oak Lane", "name-0": "Parent A", "email-0": "a@example.org", "timezone-0": "America/New_York",
    "name-1": "Parent B", "email-1": "", "timezone-1": "America/Chicago",
}  # fmt: skip  # read in rows, as it is laid out


class Mediator:
    """A mediator in the middle of the set-up; `page` is the step they look at."""

    def __init__(self, browser: Visitor, template: str = "parenting") -> None:
        self.browser = browser
        self.page = browser.get("/caseload/new")
        self.go("/caseload/new", **PEOPLE)
        self.go("/template", template=template)

    def go(self, action: str, **values: Any) -> Page:
        """Fill in the step and continue."""
        self.page = self.browser.follow(self.browser.submit(self.page, action, **({"do": "next"} | values)))
        return self.page

    def press(self, do: str, expect: int = 200, **values: Any) -> Page:
        """Fill in the step and press another button than the one that goes on. Its answer is followed, if it is one
        that leads to a page."""
        answer = self.browser.submit(
            self.page, self.page.url, 303 if expect == 200 else expect, **({"do": do} | values)
        )
        self.page = self.browser.follow(answer) if expect == 200 else answer
        return self.page

    def wrong(self, **values: Any) -> Page:
        """Fill in the step and be sent back."""
        return self.press("next", 422, **values)


def value_of(page: Page, name: str) -> str | None:
    field = next(e for e in page.all("input") if e.get("name") == name and e.get("type") not in ("radio", "checkbox"))
    return field.get("value")


def trial_of_lane() -> Trial:
    return db.session.query(Trial).filter_by(title="Oak Lane").one()


def plan_in_force(trial: Trial) -> PlanVersion:
    return db.session.query(PlanVersion).filter_by(trial_id=trial.id, number=trial.version).one()
