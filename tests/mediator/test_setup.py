"""A new trial in five steps: nothing typed is lost, nothing wrong gets through, and it is proposed once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import NOW
from tests.mediator.setting_up import PEOPLE, Mediator, Visit, plan_in_force, trial_of_lane, value_of
from tests.page import Page
from tracker.cases.model import Case, Invitation, Party
from tracker.db import db
from tracker.plans.plan_json import schedule_from_json
from tracker.trials import find
from tracker.trials.model import TrialDraft
from tracker.trials.state import State


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
    trial = trial_of_lane()
    assert setup.page.url == f"/caseload/{trial.id}"
    assert setup.page.has("Proposed. It starts when both have accepted.")
    assert (trial.starts_on, trial.days, trial.timezone, trial.sharing) == (
        date(2026, 3, 16), 28, "America/New_York", "open",
    )  # fmt: skip  # read in rows, as it is laid out
    plan = plan_in_force(trial)
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
    ]  # fmt: skip  # read in rows, as it is laid out
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
    trial = trial_of_lane()
    hours = plan_in_force(trial).schedule["quiet_hours"]
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
    found = plan_in_force(trial_of_lane()).schedule["milestones"]
    assert [m["key"] for m in found] == ["list", "questions", "rest", "tax-papers"]
    assert found[3]["due"] == "2026-03-20"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": ""}, "Give the trial a name"),
        ({"title": "x" * 121}, "Give the trial a name"),
        ({"name-1": "  "}, "Write the name, at most 80 characters."),
        ({"email-0": "no address"}, "Write an address such as name@example.org"),
        ({"email-0": "a@gmail"}, "Write an address such as name@example.org"),
        ({"email-1": "A@example.org"}, "Each party needs an address of their own"),
        ({"timezone-0": "Atlantis/Sunken"}, "Choose a time zone from the list"),
    ],
)
def test_wrong_people_come_back_as_typed(cast: Cast, visit: Visit, values: dict[str, Any], sentence: str) -> None:
    browser = visit(cast.mediator)
    page = browser.submit(browser.get("/caseload/new"), "/caseload/new", 422, **(PEOPLE | values))
    assert page.has(sentence)
    for name, value in (PEOPLE | values).items():
        assert value_of(page, name) == value.strip()
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
            assert value_of(page, name) == value


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
    assert plan_in_force(trial_of_lane()).schedule["nights"]["changes"] == [
        {"day": "2026-03-20", "with": "A"}, {"day": "2026-03-21", "with": "B"},
    ]  # fmt: skip  # read in rows, as it is laid out


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
    assert [term["text"] for term in plan_in_force(trial_of_lane()).terms] == ["One", "Five"]


def test_a_suggestion_is_used_once_and_can_be_changed(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    setup.press("use-bedtime", 200, **{"text-0": "Ours first"})
    assert (value_of(setup.page, "text-0"), value_of(setup.page, "text-1")) == (
        "Ours first", "Lights out by 20:30 on school nights",
    )  # fmt: skip  # read in rows, as it is laid out
    assert not [b for b in setup.page.all("button") if b.get("value") == "use-bedtime"]
    setup.press("remove-terms-0")
    assert value_of(setup.page, "text-0") == "Lights out by 20:30 on school nights"
    assert [b for b in setup.page.all("button") if b.get("value") == "use-call"]


def test_a_length_that_is_no_multiple_of_the_cycle_is_warned_about_and_taken(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    setup.go("/terms", **{"text-0": "One thing"})
    assert not setup.page.has("The pattern repeats")
    assert setup.press("show", days="30").has("The pattern repeats every 14 nights, and 30 days are no multiple")
    setup.go("/schedule")
    setup.go("/sharing")
    assert trial_of_lane().days == 30


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
    assert page.has("It ends by itself after Tue 7 Apr.")
    assert setup.browser.post(url, fields | {"days": "3"}, 200, htmx=True).has("The calendar appears here")
    assert value_of(setup.browser.get(url), "days") == "3"  # typed while previewing, and kept


def test_the_first_day_may_be_today_in_the_trials_own_zone(
    cast: Cast, visit: Visit, travel: Callable[[datetime], None]
) -> None:
    travel(datetime(2026, 3, 11, 2, 0, tzinfo=UTC))  # still the tenth in New York
    setup = Mediator(visit(cast.mediator))
    setup.go("/terms", **{"text-0": "One thing"})
    assert setup.wrong(starts_on="2026-03-09").has("Choose today or a later day")
    setup.go("/schedule", starts_on="2026-03-10")


def test_mistakes_are_listed_in_the_order_of_their_fields(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    setup.go("/terms", **{"text-0": "One thing"})
    assert _listed(setup.wrong(starts_on="2020-01-01", days="500", zone="Mars")) == ["starts_on", "days", "zone"]
    page = setup.browser.get(setup.page.url.replace("/schedule", "/people"))
    values: dict[str, Any] = {"name-0": "Sam", "email-0": "nobody", "name-1": "Sam", "timezone-1": "Mars", "title": ""}
    page = setup.browser.submit(page, "/people", 422, do="next", **values)
    assert _listed(page) == ["title", "email-0", "name-1", "timezone-1"]


def _listed(page: Page) -> list[str]:
    fields = {element.get("name") for element in page.all("input")}
    links = [(element.get("href") or "").removeprefix("#") for element in page.all("a")]
    return [link for link in links if link in fields]


def test_a_row_that_comes_or_goes_leaves_the_focus_beside_it(cast: Cast, visit: Visit) -> None:
    """The answer is an address that a browser can come back to, for what was typed is kept."""
    setup = Mediator(visit(cast.mediator))
    assert setup.browser.submit(setup.page, "/terms", do="add-terms").location.endswith("/terms?go=text-1")
    setup.page = setup.browser.get(setup.page.url)
    assert setup.press("add-terms", 200, **{"text-1": "The last"}).focus() == ["text-2"]
    assert setup.press("remove-terms-0").focus() == ["text-0"]
    assert value_of(setup.page, "text-0") == "The last"
    assert setup.press("remove-terms-1").focus() == ["text-0"]
    setup.go("/terms")
    assert setup.press("show").focus() == []
    assert setup.press("add-changes").focus() == ["cday-0"]
    assert setup.press("remove-changes-0").focus() == ["add-changes"]
    url, fields = setup.page.form("/schedule")
    assert setup.browser.post(url, fields | {"do": "add-changes"}, 200, htmx=True).focus() == ["cday-0"]


def test_milestones_come_and_go_with_the_focus(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator), "documents")
    setup.go("/terms", **{"text-0": "All pages"})
    assert setup.press("add-milestones").focus() == ["mtext-4"]
    for n, focus in ((4, "mtext-3"), *[(0, "mtext-0")] * 3, (0, "add-milestones")):
        assert setup.press(f"remove-milestones-{n}").focus() == [focus]


@pytest.mark.parametrize("name", ["Parent A", "  parent a "])
def test_two_parties_have_two_names(cast: Cast, visit: Visit, name: str) -> None:
    browser = visit(cast.mediator)
    page = browser.submit(browser.get("/caseload/new"), "/caseload/new", 422, **(PEOPLE | {"name-1": name}))
    assert page.has("Give each party a name of their own, such as Sam and Sam B.")
    assert "#name-1" in page.links()


def test_each_wrong_night_says_which_and_why(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator), "noise")
    setup.go("/terms", **{"text-0": "Quiet after ten"})
    page = setup.wrong(**{"until-mon": "", "until-tue": "", "quiet-fri": "23:00", "until-fri": "23:00"})
    listed = [" ".join(a.itertext()) for a in page.all("a") if (a.get("href") or "").startswith(("#quiet", "#until"))]
    both = "write both times, such as 22:00 and 07:00, or leave both empty."
    assert listed == [f"Monday: {both}", f"Tuesday: {both}", "Friday: choose two different times."]


def test_hostile_input_is_an_answer_not_an_error(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    hostile: list[dict[str, Any]] = [
        {"do": "remove-terms-99"}, {"do": "remove-nothing-0"}, {"do": "add-people"}, {"do": "use-nothing"}, {"do": ""},
        {"do": "add-terms", "text-0": "<script>alert(1)</script>" * 99}, {"do": "remove-terms--1"},
    ]  # fmt: skip  # read in rows, as it is laid out
    for values in hostile:
        page = setup.browser.follow(setup.browser.submit(setup.page, "/terms", **values))
        assert not [s for s in page.all("script") if "alert" in "".join(s.itertext())]
