"""A programme's own plan templates: copied from the catalogue, changed, begun with, removed; nobody else's business."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import Cast
from tests.mediator.setting_up import Mediator, plan_in_force, trial_of_lane, value_of
from tests.page import Page
from tests.party.day import url
from tests.visitor import Visitor
from tracker.db import db
from tracker.people.model import PlanTemplate
from tracker.people.plan_templates import MOST_TERMS
from tracker.trials import draft
from tracker.trials.model import TrialDraft

Visit = Callable[..., Visitor]

HOME = "/programme/templates"
OURS: dict[str, Any] = {"name": "Weekends first", "description": "For parents who live far apart.", "days": "42"}


def copied(desk: Visitor, of: str, expect: int = 303, values: dict[str, str] | None = None, **more: str) -> Page:
    """The copy of `of` with other values, sent."""
    typed = {"do": "save"} | OURS | (values or {}) | more
    return desk.submit(desk.get(f"{HOME}/new?of={of}"), HOME, expect, button="Save", **typed)


def own() -> PlanTemplate:
    """The only one."""
    db.session.expire_all()
    return db.session.query(PlanTemplate).one()


def test_a_copy_is_what_a_trial_can_begin_with(cast: Cast, visit: Visit) -> None:
    desk = visit(cast.administrator)
    words = {"text-0": "Supper at six", "sign-0": ""}
    page = desk.follow(copied(desk, "parenting", pattern="every-other-weekend", handoff_at="18:45", values=words))
    assert page.has("Weekends first")
    assert page.has("From: Four-week parenting plan")
    setup = Mediator(visit(cast.mediator), str(own().id))
    assert setup.page.has("Supper at six")
    setup.press(f"use-{own().content['terms'][0]['key']}")
    setup.go("/terms")
    assert value_of(setup.page, "days") == "42"
    assert value_of(setup.page, "handoff_at") == "18:45"
    setup.go("/schedule", starts_on="2026-03-16")
    setup.go("/sharing")
    plan = plan_in_force(trial_of_lane())
    assert (plan.template, plan.name, plan.days) == ("parenting", "Weekends first", 42)
    assert [term["text"] for term in plan.terms] == ["Supper at six"]
    assert plan.schedule["nights"]["pattern"] == "every-other-weekend"
    assert setup.page.has("Weekends first")


def test_what_changes_later_changes_no_trial_and_no_draft(cast: Cast, visit: Visit) -> None:
    desk = visit(cast.administrator)
    copied(desk, "parenting")
    setup = Mediator(visit(cast.mediator), str(own().id))
    setup.go("/terms", **{"text-0": "Supper at six"})
    page = desk.get(f"{HOME}/{own().id}")
    desk.submit(page, str(own().id), button="Save", do="save", name="Weekdays first", days="21")
    assert own().content["name"] == "Weekdays first"
    desk.submit(desk.get(f"{HOME}/{own().id}"), "/removal")
    assert db.session.query(PlanTemplate).count() == 0
    setup.go("/schedule", starts_on="2026-03-16")
    setup.go("/sharing")
    trial = trial_of_lane()
    assert (plan_in_force(trial).name, plan_in_force(trial).days) == ("Weekends first", 42)
    begun = setup.browser.follow(setup.browser.submit(setup.page, "/plan"))  # another version of the plan
    template = setup.browser.get(begun.url.replace("/terms", "/template"))
    assert template.has("Weekends first")
    assert template.has("As this trial has it now.")
    setup.browser.submit(template, "/template", do="next")
    schedule = setup.browser.get(begun.url.replace("/terms", "/schedule"))
    assert value_of(schedule, "days") == "42", "the schedule stays: the plan is the same"


def renamed(desk: Visitor, name: str, values: dict[str, str] | None = None) -> None:
    """The only one gets another name."""
    typed: dict[str, Any] = {"do": "save", "name": name} | (values or {})
    desk.submit(desk.get(f"{HOME}/{own().id}"), str(own().id), button="Save", **typed)


def drafted() -> str:
    """Where the only draft stands."""
    return f"/caseload/new/{db.session.query(TrialDraft).one().id}"


def test_a_new_name_drops_no_schedule_that_was_typed(cast: Cast, visit: Visit) -> None:
    desk = visit(cast.administrator)
    copied(desk, "parenting")
    setup = Mediator(visit(cast.mediator), str(own().id))
    setup.go("/terms", **{"text-0": "Supper at six"})
    setup.go("/schedule", starts_on="2026-03-16", place="Grandmother's door", days="49")
    renamed(desk, "Weekdays first")
    chosen = setup.browser.get(f"{drafted()}/template")
    assert [one.get("value") for one in chosen.all("input") if one.get("checked") is not None] == [str(own().id)]
    assert chosen.has("Weekends first"), "the name that the trial will have"
    assert not chosen.has("Weekdays first")
    assert chosen.has("As this trial has it now.")
    setup.browser.submit(chosen, "/template", do="next")
    schedule = setup.browser.get(f"{drafted()}/schedule")
    assert (value_of(schedule, "place"), value_of(schedule, "days")) == ("Grandmother's door", "49")
    setup.go("/sharing")
    assert plan_in_force(trial_of_lane()).name == "Weekends first"


@pytest.mark.parametrize("removed", [True, False])
def test_a_draft_reads_what_was_chosen_and_not_what_became_of_it(cast: Cast, visit: Visit, removed: bool) -> None:
    desk = visit(cast.administrator)
    words = {"text-0": "Supper at six", "sign-0": ""}
    copied(desk, "parenting", pattern="every-other-weekend", handoff_at="18:45", values=words)
    setup = Mediator(visit(cast.mediator), str(own().id))
    if removed:
        desk.submit(desk.get(f"{HOME}/{own().id}"), "/removal")
    else:
        renamed(desk, "Weekdays first", {"days": "21", "handoff_at": "07:15", "text-0": "Bed at eight"})
    assert setup.browser.get(f"{drafted()}/terms").has("Supper at six")
    setup.browser.submit(setup.browser.get(f"{drafted()}/template"), "/template", do="next")  # chosen again
    setup.go("/terms", **{"text-0": "Breakfast at seven"})
    assert (value_of(setup.page, "days"), value_of(setup.page, "handoff_at")) == ("42", "18:45")
    setup.go("/schedule", starts_on="2026-03-16")
    setup.go("/sharing")
    plan = plan_in_force(trial_of_lane())
    assert (plan.name, plan.days, plan.schedule["nights"]["pattern"]) == ("Weekends first", 42, "every-other-weekend")


def test_another_plan_brings_another_schedule(cast: Cast, visit: Visit) -> None:
    copied(visit(cast.administrator), "parenting")
    setup = Mediator(visit(cast.mediator), str(own().id))
    setup.go("/terms", **{"text-0": "Supper at six"})
    assert value_of(setup.page, "days") == "42"
    setup.go("/schedule", starts_on="2026-03-16")
    for template, days in (("parenting", "28"), (str(own().id), "42")):
        page = setup.browser.get(f"{drafted()}/template")
        setup.browser.submit(page, "/template", do="next", template=template)
        assert value_of(setup.browser.get(f"{drafted()}/schedule"), "days") == days


def test_the_catalogues_plan_in_place_of_a_trials_own_brings_its_schedule(cast: Cast, visit: Visit) -> None:
    copied(visit(cast.administrator), "parenting")
    setup = Mediator(visit(cast.mediator), str(own().id))
    setup.go("/terms", **{"text-0": "Supper at six"})
    setup.go("/schedule", starts_on="2026-03-16")
    setup.go("/sharing")
    setup.browser.follow(setup.browser.submit(setup.page, "/plan"))  # another version of the plan
    page = setup.browser.get(f"{drafted()}/template")
    setup.browser.submit(page, "/template", do="next", template="parenting")
    assert value_of(setup.browser.get(f"{drafted()}/schedule"), "days") == "28"


def test_a_draft_whose_copy_no_longer_fits_takes_the_catalogues(cast: Cast, visit: Visit) -> None:
    copied(visit(cast.administrator), "parenting")
    setup = Mediator(visit(cast.mediator), str(own().id))
    found = db.session.query(TrialDraft).one()
    said = draft.content(found)
    said["template"]["content"]["days"] = 500  # what a newer catalogue would not take
    draft.save(found, said, found.updated_at)
    setup.go("/terms", **{"text-0": "Supper at six"})
    assert value_of(setup.page, "days") == "28"


def test_the_fullest_copy_fits_into_a_draft(cast: Cast, visit: Visit) -> None:
    copied(visit(cast.administrator), "documents")
    kept = own()
    long = '"' * 200  # each takes two characters of JSON
    kept.content = dict(kept.content) | {
        "terms": [{"key": f"t{n}".ljust(40, "x"), "text": long, "sign": long} for n in range(MOST_TERMS)],
        "milestones": [{"key": f"m{n}".ljust(40, "x"), "text": long, "due_day": 7} for n in range(12)],
    }
    db.session.commit()
    setup = Mediator(visit(cast.mediator), str(kept.id))
    setup.go("/terms", **{"text-0": long, "sign-0": long})
    assert value_of(setup.page, "mtext-11") == long
    assert len(db.session.query(TrialDraft).one().content) < draft.LONGEST / 2


def test_rows_come_and_go_before_anything_is_kept(cast: Cast, visit: Visit) -> None:
    desk = visit(cast.administrator)
    page = desk.get(f"{HOME}/new?of=documents")
    more = desk.submit(page, HOME, 200, do="add-milestones", name="Papers")
    assert value_of(more, "mtext-4") == ""
    assert more.focus() == ["mtext-4"]
    assert value_of(more, "name") == "Papers"
    less = desk.submit(more, HOME, 200, do="remove-milestones-0")
    assert value_of(less, "mtext-0") == value_of(page, "mtext-1")
    assert less.focus() == ["mtext-0"]
    assert db.session.query(PlanTemplate).count() == 0
    desk.submit(less, HOME, do="save", **OURS | {"mtext-3": "Tax papers", "mday-3": "42"})
    assert own().content["milestones"][3] == {"key": "tax-papers", "text": "Tax papers", "due_day": 42}


@pytest.mark.parametrize(
    ("of", "values", "sentence"),
    [
        ("open", {"name": ""}, "Write the name, at most 80 characters."),
        ("open", {"name": "x" * 81}, "Write the name, at most 80 characters."),
        ("open", {"name": "Thirty-day noise plan"}, "Another plan has this name."),
        ("open", {"description": ""}, "Say what it is for in 1 to 200 characters."),
        ("open", {"days": "6"}, "Write a whole number of days from 7 to 182."),
        ("open", {"days": "9" * 5000}, "Write a whole number of days from 7 to 182."),
        ("open", {"text-0": "", "sign-0": "A sign of nothing"}, "Write the term in 1 to 200 characters."),
        ("documents", {"days": "10", "mday-0": "14"}, "Write a day of the plan as a number from 1 to 10."),
        ("documents", {"days": "many", "mday-0": "soon"}, "Write a day of the plan as a number, such as 7."),
        ("documents", {"mtext-0": "", "mday-0": "3"}, "Write what is due in 1 to 200 characters."),
        ("noise", {"quiet-mon": "22:00", "until-mon": ""}, "Monday: write both times, such as 22:00 and 07:00"),
        ("parenting", {"pattern": "none"}, "Choose a pattern."),
        ("parenting", {"pattern": "custom", "nights_string": "ABC"}, "Write 1 to 28 letters, A and B only."),
        ("parenting", {"tolerance": "121"}, "Write a whole number of minutes from 0 to 120."),
        ("parenting", {"handoff_at": "25:00"}, "Write a time such as 17:30."),
    ],
)
def test_what_is_wrong_comes_back_as_typed(
    cast: Cast, visit: Visit, of: str, values: dict[str, str], sentence: str
) -> None:
    page = copied(visit(cast.administrator), of, 422, values)
    assert page.has(sentence)
    for name, value in values.items():
        if len(value) < 100 and name not in ("pattern", "description"):
            assert value_of(page, name) == value
    assert db.session.query(PlanTemplate).count() == 0


def test_a_pattern_of_its_own(cast: Cast, visit: Visit) -> None:
    desk = visit(cast.administrator)
    copied(desk, "parenting", pattern="custom", nights_string="aab ba")
    setup = Mediator(visit(cast.mediator), str(own().id))
    setup.go("/terms", **{"text-0": "Supper at six"})
    assert value_of(setup.page, "nights_string") == "AABBA"


def test_two_cannot_have_one_name_and_there_are_not_too_many(
    cast: Cast, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = visit(cast.administrator)
    copied(desk, "open")
    assert copied(desk, "noise", 422, name="weekends FIRST").has("Another plan has this name.")
    monkeypatch.setattr("tracker.people.plan_templates.MOST", 1)
    assert copied(desk, "noise", 422, name="Another").has("Remove one first.")


@pytest.mark.parametrize("of", ["parenting", "noise", "repairs"])
def test_what_is_sent_again_because_its_answer_was_lost_is_there_once(cast: Cast, visit: Visit, of: str) -> None:
    for _ in range(2):
        copied(visit(cast.administrator), of, values={"text-0": "Supper at six"})
    assert own().based_on == of


def test_another_programme_neither_sees_nor_begins_with_it(cast: Cast, visit: Visit) -> None:
    copied(visit(cast.administrator), "open")
    setup = Mediator(visit(cast.outsider), "open")
    assert not setup.browser.get(setup.page.url.replace("/terms", "/template")).has("Weekends first")
    said = setup.browser.submit(
        setup.browser.get(setup.page.url.replace("/terms", "/template")), "/template", 422, template=str(own().id)
    )
    assert said.has("Choose what will be tried.")


def test_its_name_stands_above_the_partys_pages(cast: Cast, visit: Visit) -> None:
    found = plan_in_force(cast.parenting)
    found.name = "Weekends first"
    db.session.commit()
    assert visit(cast.parent_a).get(url(cast.parenting)).has("Weekends first")
    assert visit(cast.mediator).get(f"/caseload/{cast.parenting.id}").has("Weekends first")


@pytest.mark.parametrize(
    ("lost", "sentence"),
    [
        (True, "The plan that it was copied from is no longer there. It is not offered."),
        (False, "It no longer fits the plan that it was copied from. It is not offered."),
    ],
)
def test_a_copy_that_the_catalogue_left_behind_is_not_offered_and_can_be_removed(
    cast: Cast, visit: Visit, lost: bool, sentence: str
) -> None:
    desk = visit(cast.administrator)
    copied(desk, "open")
    kept = own()
    url = f"{HOME}/{kept.id}"
    if lost:
        kept.based_on = "lost"
    else:
        kept.content = dict(kept.content) | {"days": 500}  # what a newer catalogue would not take
    db.session.commit()
    page = desk.get(HOME)
    assert page.has(sentence)
    assert url not in [link.get("href") for link in page.all("a")]
    desk.get(url, 404)
    setup = Mediator(visit(cast.mediator), "open")
    assert not setup.browser.get(setup.page.url.replace("/terms", "/template")).has("Weekends first")
    assert desk.follow(desk.submit(page, f"{url}/removal")).has("Removed.")
    copied(desk, "open")  # its name is free again
    assert not desk.get(HOME).has("It is not offered.")
