"""A trial that is being set up survives closing the page, and is proposed once."""

from __future__ import annotations

from tests.cast import Cast
from tests.mediator.setting_up import PEOPLE, Mediator, Visit, trial_of_lane, value_of
from tracker.db import db
from tracker.trials.model import Trial, TrialDraft


def test_a_draft_survives_closing_the_browser(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    setup.press("save", 204, **{"text-0": "Typed halfway"})
    address = f"/caseload/new/{db.session.query(TrialDraft).one().id}"
    again = visit(cast.mediator)
    assert again.get("/caseload").has("Oak Lane A new trial, not proposed yet")
    assert f"{address}/people" in again.get("/caseload/new").links()
    assert value_of(again.get(f"{address}/terms"), "text-0") == "Typed halfway"
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
    assert value_of(setup.page, "days") == "30"
    assert setup.page.has("Quiet hours")


def test_proposing_twice_makes_one_trial(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    setup.go("/terms", **{"text-0": "One thing"})
    setup.go("/schedule")
    url, fields = setup.page.form("/sharing")
    fields["do"] = "next"
    assert setup.browser.post(url, fields).location == f"/caseload/{trial_of_lane().id}"
    setup.browser.post(url, fields, 404)
    assert db.session.query(Trial).filter_by(title="Oak Lane").count() == 1
