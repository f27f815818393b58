"""A new trial in five steps: nothing typed is lost, nothing wrong gets through, and it is proposed once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import NOW
from tests.page import Page
from tests.visitor import Visitor
from tracker.cases.model import Case, Invitation, Party
from tracker.db import db
from tracker.plans.plan_json import schedule_from_json
from tracker.trials import find
from tracker.trials.model import PlanVersion, Trial, TrialDraft
from tracker.trials.state import State

Visit = Callable[..., Visitor]
PEOPLE: dict[str, Any] = {
    "title": "Oak Lane", "name-0": "Parent A", "email-0": "a@example.org", "timezone-0": "America/New_York",
    "name-1": "Parent B", "email-1": "", "timezone-1": "America/Chicago",
}  # fmt: skip


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
        """Fill in the step and press another button than the one that goes on."""
        self.page = self.browser.submit(self.page, self.page.url, expect, **({"do": do} | values))
        return self.page

    def wrong(self, **values: Any) -> Page:
        """Fill in the step and be sent back."""
        return self.press("next", 422, **values)


def _value(page: Page, name: str) -> str | None:
    field = next(e for e in page.all("input") if e.get("name") == name and e.get("type") not in ("radio", "checkbox"))
    return field.get("value")


def _trial() -> Trial:
    return db.session.query(Trial).filter_by(title="Oak Lane").one()


def _plan(trial: Trial) -> PlanVersion:
    return db.session.query(PlanVersion).filter_by(trial_id=trial.id, number=trial.version).one()


def test_a_parenting_trial_in_five_steps(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    setup.press("use-bedtime")
    setup.press("add-terms")
    setup.go("/terms", **{"text-1": "A call at seven"})
    assert setup.page.has("14 nights with Parent A, 14 nights with Parent B, 11 handoffs")
    setup.go(
        "/schedule", pattern="alternating-weeks", starts_on="2026-03-16", handoff_at="18:15", place="Library", a="B"
    )
    setup.go("/sharing", check_in_at="21:00", sharing="open")
    trial = _trial()
    assert setup.page.url == f"/caseload/{trial.id}"
    assert setup.page.has("Proposed. It starts when both have accepted.")
    assert (trial.starts_on, trial.days, trial.timezone, trial.sharing) == (
        date(2026, 3, 16), 28, "America/New_York", "open",
    )  # fmt: skip
    plan = _plan(trial)
    assert plan.terms == [
        {"key": "bedtime", "text": "Lights out by 20:30 on school nights", "sign": "In bed with the light off"},
        {"key": "a-call-at", "text": "A call at seven"},
    ]
    nights = schedule_from_json(plan.schedule, trial.starts_on).nights
    assert nights is not None
    assert (nights.pattern, nights.a, nights.b, nights.handoff_at) == ("alternating-weeks", "B", "A", time(18, 15))
    assert (nights.place, nights.tolerance_minutes, nights.first_day) == ("Library", 10, False)
    parties = db.session.query(Party).filter_by(case_id=trial.case_id).order_by(Party.position).all()
    assert [(p.key, p.name, p.email, p.timezone) for p in parties] == [
        ("A", "Parent A", "a@example.org", "America/New_York"), ("B", "Parent B", None, "America/Chicago"),
    ]  # fmt: skip
    assert {p.check_in_at for p in parties} == {time(21, 0)}
    case = db.session.get_one(Case, trial.case_id)
    assert (case.mediator_id, case.programme_id) == (cast.mediator.id, cast.programme.id)
    here = find.by_id(trial.id)
    assert here is not None
    assert here.state(NOW) is State.PROPOSED
    assert db.session.query(Invitation).filter_by(case_id=case.id).count() == 2
    assert db.session.query(TrialDraft).count() == 0


def test_a_noise_trial_says_who_hears_it(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator), "noise")
    setup.go("/terms", **{"text-0": "Quiet after ten"})
    assert setup.page.has("The neighbour who hears it is:")
    setup.go("/schedule", **{"role": "B", "quiet-mon": "", "until-mon": "", "quiet-fri": "23:30"})
    setup.go("/sharing")
    trial = _trial()
    hours = _plan(trial).schedule["quiet_hours"]
    assert "mon" not in hours
    assert (hours["tue"], hours["fri"]) == (["22:00", "07:00"], ["23:30", "08:00"])
    roles = {p.key: p.role for p in db.session.query(Party).filter_by(case_id=trial.case_id)}
    assert roles == {"A": "makes", "B": "hears"}


def test_a_plan_with_milestones_and_one_without_a_schedule(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator), "documents")
    setup.go("/terms", **{"text-0": "All pages"})
    setup.press("remove-milestones-1")
    setup.press("add-milestones")
    setup.go("/schedule", **{"starts_on": "2026-03-16", "mtext-3": "Tax papers", "mdue-3": "2026-03-20"})
    setup.go("/sharing")
    found = _plan(_trial()).schedule["milestones"]
    assert [m["key"] for m in found] == ["list", "questions", "rest", "tax-papers"]
    assert found[3]["due"] == "2026-03-20"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": ""}, "Give the trial a name"),
        ({"title": "x" * 121}, "Give the trial a name"),
        ({"name-1": "  "}, "Write the name, at most 80 characters."),
        ({"email-0": "no address"}, "Write an address such as name@example.org"),
        ({"email-1": "A@example.org"}, "Each party needs an address of their own"),
        ({"timezone-0": "Atlantis/Sunken"}, "Choose a time zone from the list"),
    ],
)
def test_wrong_people_come_back_as_typed(cast: Cast, visit: Visit, values: dict[str, Any], sentence: str) -> None:
    browser = visit(cast.mediator)
    page = browser.submit(browser.get("/caseload/new"), "/caseload/new", 422, **(PEOPLE | values))
    assert page.has(sentence)
    for name, value in (PEOPLE | values).items():
        assert _value(page, name) == value.strip()
    assert db.session.query(TrialDraft).count() == 0


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"days": "6"}, "from 7 to 182"),
        ({"days": "four weeks"}, "from 7 to 182"),
        ({"days": "183"}, "from 7 to 182"),
        ({"starts_on": "2026-03-09"}, "Choose today or a later day"),
        ({"starts_on": ""}, "Choose the first day."),
        ({"zone": "Nowhere"}, "Choose a time zone"),
        ({"handoff_at": "later"}, "Write a time such as 17:30."),
        ({"tolerance": "121"}, "from 0 to 120"),
        ({"pattern": "custom", "nights_string": "ABC"}, "letters, A and B only"),
        ({"pattern": "custom", "nights_string": ""}, "letters, A and B only"),
        ({"a": "C"}, "Choose who is A."),
        ({"place": "x" * 201}, "Use at most 200 characters."),
    ],
)
def test_a_wrong_schedule_comes_back_as_typed(cast: Cast, visit: Visit, values: dict[str, Any], sentence: str) -> None:
    setup = Mediator(visit(cast.mediator))
    setup.go("/terms", **{"text-0": "One thing"})
    page = setup.wrong(**values)
    assert page.has(sentence)
    for name, value in values.items():
        if name not in ("pattern", "a"):
            assert _value(page, name) == value


def test_holidays_are_changes_within_the_trial_each_day_once(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    setup.go("/terms", **{"text-0": "One thing"})
    setup.press("add-changes", starts_on="2026-03-16")
    setup.press("add-changes", 200, **{"cday-0": "2026-03-20", "cwith-0": "A"})
    assert setup.wrong(**{"cday-1": "2026-06-01", "cwith-1": "A"}).has("Choose a day of the trial, each day once.")
    assert setup.wrong(**{"cday-1": "2026-03-20", "cwith-1": "A"}).has("Choose a day of the trial, each day once.")
    assert setup.wrong(**{"cday-1": "2026-03-21", "cwith-1": ""}).has("Choose with whom.")
    setup.go("/schedule", **{"cday-1": "2026-03-21", "cwith-1": "B"})
    setup.go("/sharing")
    assert _plan(_trial()).schedule["nights"]["changes"] == [
        {"day": "2026-03-20", "with": "A"}, {"day": "2026-03-21", "with": "B"},
    ]  # fmt: skip


def test_terms_are_one_to_five(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    assert setup.wrong(**{"text-0": ""}).has("Write the term in 1 to 200 characters.")
    assert setup.wrong(**{"text-0": "x" * 201}).has("Write the term in 1 to 200 characters.")
    setup.press("save", 204, **{"text-0": "One"})
    setup.page = setup.browser.get(setup.page.url)
    for _ in range(6):
        setup.press("add-terms") if setup.page.has("Add a term") else None
    assert sum(e.get("name", "").startswith("text-") for e in setup.page.all("input")) == 5
    setup.go("/terms", **{"text-4": "Five"})  # the empty rows between are left out
    setup.go("/schedule")
    setup.go("/sharing")
    assert [term["text"] for term in _plan(_trial()).terms] == ["One", "Five"]


def test_a_suggestion_is_used_once_and_can_be_changed(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    setup.press("use-bedtime", 200, **{"text-0": "Ours first"})
    assert (_value(setup.page, "text-0"), _value(setup.page, "text-1")) == (
        "Ours first", "Lights out by 20:30 on school nights",
    )  # fmt: skip
    assert not [b for b in setup.page.all("button") if b.get("value") == "use-bedtime"]
    setup.press("remove-terms-0")
    assert _value(setup.page, "text-0") == "Lights out by 20:30 on school nights"
    assert [b for b in setup.page.all("button") if b.get("value") == "use-call"]


def test_a_length_that_is_no_multiple_of_the_cycle_is_warned_about_and_taken(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    setup.go("/terms", **{"text-0": "One thing"})
    assert not setup.page.has("The pattern repeats")
    assert setup.press("show", days="30").has("The pattern repeats every 14 nights, and 30 days are no multiple")
    setup.go("/schedule")
    setup.go("/sharing")
    assert _trial().days == 30


def test_the_live_preview_is_the_calendar_alone(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    setup.go("/terms", **{"text-0": "One thing"})
    url, fields = setup.page.form("/schedule")
    fields |= {"do": "preview", "starts_on": "2026-03-25", "days": "14", "pattern": "4-3"}
    page = setup.browser.post(url, fields, 200, htmx=True)
    assert page.fragment
    assert not page.all("form")
    assert page.has("Wed 25 Mar to Tue 7 Apr")
    assert page.has("Wednesday 25 March, night with Parent A")
    assert page.has("It ends by itself after Tuesday 7 April.")
    assert setup.browser.post(url, fields | {"days": "3"}, 200, htmx=True).has("The calendar appears here")
    assert _value(setup.browser.get(url), "days") == "3"  # typed while previewing, and kept


def test_a_draft_survives_closing_the_browser(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    setup.press("save", 204, **{"text-0": "Typed halfway"})
    address = f"/caseload/new/{db.session.query(TrialDraft).one().id}"
    again = visit(cast.mediator)
    assert again.get("/caseload").has("Oak Lane A new trial, not proposed yet")
    assert f"{address}/people" in again.get("/caseload/new").links()
    assert _value(again.get(f"{address}/terms"), "text-0") == "Typed halfway"
    for person in (cast.other_mediator, cast.outsider, cast.parent_a, cast.administrator):
        visit(person).get(f"{address}/terms", 404)
        visit(person).post(f"{address}/terms", {"text-0": "Mine"}, 404)
        visit(person).post(f"{address}/removal", {}, 404)
    again.submit(again.get("/caseload"), f"{address}/removal")
    again.get(f"{address}/terms", 404)


def test_nothing_that_was_typed_lies_in_the_table_in_the_clear(cast: Cast, visit: Visit) -> None:
    Mediator(visit(cast.mediator))
    stored = db.session.connection().exec_driver_sql("select content from trial_draft").scalar_one()
    assert b"Oak Lane" not in bytes(stored)


def test_steps_that_were_left_out_are_shown_at_the_end(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    draft = db.session.query(TrialDraft).one().id
    setup.page = setup.browser.get(f"/caseload/new/{draft}/sharing")
    setup.go("/sharing")
    assert setup.page.url == f"/caseload/new/{draft}/terms"
    assert setup.page.has("Please look at this again")
    assert db.session.query(Trial).filter_by(title="Oak Lane").count() == 0


def test_the_schedule_asks_for_a_template_first(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.mediator)
    started = browser.submit(browser.get("/caseload/new"), "/caseload/new", **PEOPLE)
    address = started.location.removesuffix("/template")
    assert browser.get(f"{address}/schedule", 303).location == f"{address}/template"
    assert browser.post(f"{address}/template", {"do": "next"}, 422).has("Choose what will be tried.")
    browser.get(f"{address}/nonsense", 404)


def test_another_template_brings_its_own_schedule(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    setup.go("/terms", **{"text-0": "One thing"})
    setup.go("/schedule", days="35")
    draft = db.session.query(TrialDraft).one().id
    setup.page = setup.browser.get(f"/caseload/new/{draft}/template")
    setup.go("/template", template="noise")
    setup.go("/terms")
    assert _value(setup.page, "days") == "30"
    assert setup.page.has("Quiet hours")


def test_proposing_twice_makes_one_trial(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    setup.go("/terms", **{"text-0": "One thing"})
    setup.go("/schedule")
    url, fields = setup.page.form("/sharing")
    fields["do"] = "next"
    assert setup.browser.post(url, fields).location == f"/caseload/{_trial().id}"
    setup.browser.post(url, fields, 404)
    assert db.session.query(Trial).filter_by(title="Oak Lane").count() == 1


def test_the_first_day_may_be_today_in_the_trials_own_zone(
    cast: Cast, visit: Visit, travel: Callable[[datetime], None]
) -> None:
    travel(datetime(2026, 3, 11, 2, 0, tzinfo=UTC))  # still the tenth in New York
    setup = Mediator(visit(cast.mediator))
    setup.go("/terms", **{"text-0": "One thing"})
    assert setup.wrong(starts_on="2026-03-09").has("Choose today or a later day")
    setup.go("/schedule", starts_on="2026-03-10")


def test_hostile_input_is_an_answer_not_an_error(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    hostile: list[dict[str, Any]] = [
        {"do": "remove-terms-99"}, {"do": "remove-nothing-0"}, {"do": "add-people"}, {"do": "use-nothing"}, {"do": ""},
        {"do": "add-terms", "text-0": "<script>alert(1)</script>" * 99}, {"do": "remove-terms--1"},
    ]  # fmt: skip
    for values in hostile:
        page = setup.browser.submit(setup.page, "/terms", 200, **values)
        assert not [s for s in page.all("script") if "alert" in "".join(s.itertext())]
