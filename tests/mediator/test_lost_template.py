"""The catalogue loses a plan while a draft uses it: another one is chosen, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import Cast
from tests.mediator.setting_up import Mediator, plan_in_force, trial_of_lane, value_of
from tests.visitor import Visitor
from tracker.db import db
from tracker.trials import draft
from tracker.trials.model import TrialDraft

Visit = Callable[..., Visitor]


def _lose(**more: Any) -> str:
    """The draft's template is not in the catalogue any more; where the draft stands."""
    found = db.session.query(TrialDraft).one()
    draft.save(found, draft.content(found) | {"template": {"template": "lost"} | more}, found.updated_at)
    return f"/caseload/new/{found.id}"


@pytest.mark.parametrize(
    "more", [{}, {"name": "Weekends first"}, {"name": "Weekends first", "own": "x", "content": {"days": 28}}]
)
def test_what_was_being_typed_is_kept_and_another_plan_chosen(cast: Cast, visit: Visit, more: dict[str, Any]) -> None:
    setup = Mediator(visit(cast.mediator))
    words: dict[str, Any] = {"text-0": "Supper at six"}
    old, desk, address = setup.page, setup.browser, _lose(**more)
    typing = old.form("/terms")[1] | {"text-0": "Supper at"}
    for do in ("save", "preview"):  # does not lead away from what is being typed
        desk.post(old.url, typing | {"do": do}, 204, htmx=True)
    page = desk.follow(desk.submit(old, "/terms", do="next", **words))
    assert page.url == f"{address}/template"
    assert desk.submit(page, "/template", 422, do="next").has("Choose what will be tried.")
    desk.submit(page, "/template", do="next", template="parenting")
    setup.page = desk.get(f"{address}/terms")
    assert value_of(setup.page, "text-0") == "Supper at six"
    for step in ("/terms", "/schedule", "/sharing"):
        setup.go(step)
    assert plan_in_force(trial_of_lane()).template == "parenting"


def test_only_the_schedule_has_a_calendar_to_look_at(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    typing = setup.page.form("/terms")[1] | {"do": "preview"}
    setup.browser.post(setup.page.url, typing, 200, htmx=True)
