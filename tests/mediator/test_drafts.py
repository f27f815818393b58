"""A trial that is being set up survives closing the page, and is proposed once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.cast import Cast
from tests.conftest import NOW
from tests.mediator.setting_up import PEOPLE, Mediator, Visit, trial_of_lane, value_of
from tracker.db import db
from tracker.keeping import retention
from tracker.people.model import Programme
from tracker.trials import draft
from tracker.trials.model import Trial, TrialDraft

Travel = Callable[[datetime], None]


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


def test_what_never_became_a_case_is_forgotten_in_time(cast: Cast, visit: Visit, travel: Travel) -> None:
    setup = Mediator(visit(cast.mediator))
    setup.press("save", 204, **{"text-0": "Typed halfway"})
    kept = timedelta(days=db.session.query(Programme).filter_by(name="Riverside Mediation").one().retention_days)
    assert not visit(cast.mediator).get("/caseload").has("It is deleted on")
    travel(NOW + kept - timedelta(days=14))
    assert visit(cast.mediator).get("/caseload").has("It is deleted on Mon 8 Jun unless you go on with it.")
    assert retention.daily(NOW + kept - timedelta(minutes=1), lambda _told: True).drafts == 0
    assert retention.daily(NOW + kept, lambda _told: True).drafts == 1
    assert db.session.query(TrialDraft).count() == 0


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


def test_the_ways_back_keep_what_is_typed_and_judge_none_of_it(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    assert setup.press("back", 200, **{"text-0": "Half a ter", "sign-0": "x" * 201}).url.endswith("/template")
    setup.go("/template")
    assert value_of(setup.page, "text-0") == "Half a ter"
    setup.go("/terms", **{"sign-0": ""})
    assert setup.press("to-people", days="four").url.endswith("/people")
    assert setup.press("to-schedule", title="").url.endswith("/schedule")
    assert value_of(setup.page, "days") == "four"
    assert setup.press("to-people").url.endswith("/people")
    assert value_of(setup.page, "title") == ""
    assert setup.press("to-nonsense", title="Elm Road").url.endswith("/people")
    assert setup.press("back").url == "/caseload"
    assert setup.page.has("Elm Road")


def test_every_way_out_of_a_step_is_a_button_of_its_form(cast: Cast, visit: Visit) -> None:
    """Whoever presses Enter goes on; no browser asks for a field before it goes back."""
    setup = Mediator(visit(cast.mediator))
    buttons = [b for b in setup.page.all("button") if b.get("name") == "do"]
    assert buttons[0].get("value") == "next"
    ways = {
        b.get("value", ""): b.get("formnovalidate") for b in buttons if b.get("value", "").startswith(("to-", "back"))
    }
    assert ways == dict.fromkeys(("to-people", "to-template", "to-schedule", "to-sharing", "back"), "")
    first = setup.browser.get("/caseload/new")  # nothing is kept yet: Back leaves
    assert "/caseload" in first.links()
    assert not [b for b in first.all("button") if b.get("value", "").startswith(("to-", "back"))]


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
    assert setup.browser.post(url, fields).location == f"/caseload/{trial_of_lane().id}"
    assert db.session.query(Trial).filter_by(title="Oak Lane").count() == 1


def test_the_first_step_that_is_sent_again_is_the_same_draft(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.mediator)
    url, fields = browser.get("/caseload/new").form("/caseload/new")
    wrong = browser.post(url, fields | PEOPLE | {"title": ""}, 422)
    assert wrong.form("/caseload/new")[1]["id"] == fields["id"]
    first = browser.post(url, fields | PEOPLE).location
    browser.post(first, {"template": "open", "do": "next"})
    again = browser.post(url, fields | PEOPLE | {"title": "Elm Lane"}, 200, htmx=True)
    assert json.loads(again.location) == {"path": first, "replace": "true"}, "Back leads to the caseload"
    (one,) = db.session.query(TrialDraft)
    assert [part in draft.content(one) for part in ("people", "template")] == [True, True]
    assert draft.content(one)["people"]["title"] == "Elm Lane"
    for person in (cast.other_mediator, cast.outsider):
        theirs = visit(person)
        mine = theirs.post(url, {"id": str(fields["id"])} | PEOPLE).location
        assert mine != first
    assert db.session.query(TrialDraft).count() == 3
    assert draft.content(one)["people"]["title"] == "Elm Lane"


def test_propose_it_pressed_twice_leads_to_the_trial(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    setup.go("/terms", **{"text-0": "Lights out by 20:30"})
    setup.go("/schedule")
    url, fields = setup.page.form("/sharing")
    for sentence in ("Proposed. It starts when both have accepted.", "It is proposed already."):
        done = setup.browser.post(url, fields | {"do": "next"})
        assert done.location == f"/caseload/{trial_of_lane().id}"
        assert setup.browser.follow(done).draws(sentence) == "done"
    assert setup.browser.get(url, 303).location == f"/caseload/{trial_of_lane().id}"
    setup.browser.post(url, fields | {"do": "save"}, 404)  # what is typed into an old page is not kept, and it says so
    for person in (cast.other_mediator, cast.outsider):
        visit(person).post(url, {"do": "next"}, 404)
    setup.browser.post(f"/caseload/new/{uuid4()}/sharing", {"do": "next"}, 404)
    used = url.split("/")[-2]
    started = setup.browser.post("/caseload/new", {"id": used} | PEOPLE).location
    assert used not in started, "a draft of the same id could not be proposed"


def test_another_version_proposed_twice_leads_to_the_trial(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    setup.go("/terms", **{"text-0": "Lights out by 20:30"})
    setup.go("/schedule")
    setup.go("/sharing")
    trial = trial_of_lane().id
    setup.page = setup.browser.follow(setup.browser.post(f"/caseload/{trial}/plan"))
    for step in ("/terms", "/schedule"):
        setup.go(step)
    url, fields = setup.page.form("/sharing")
    for _ in range(2):
        assert setup.browser.post(url, fields | {"do": "next"}).location == f"/caseload/{trial}"


def test_two_tabs_of_one_draft_undo_nothing(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    setup.go("/terms", **{"text-0": "Lights out by 20:30"})
    setup.go("/schedule", days="35", place="School gate")
    address = f"/caseload/new/{db.session.query(TrialDraft).one().id}"
    old, other = setup.browser.get(f"{address}/schedule"), visit(cast.mediator)
    other.submit(other.get(f"{address}/schedule"), "/schedule", do="next", days="42", handoff_at="18:00")
    setup.browser.submit(old, "/schedule", do="preview", place="Library")
    setup.browser.submit(old, "/schedule", do="next", place="The library")  # what this page typed it may change again
    typing = old.form("/schedule")[1] | {"days": "21", "place": "The library", "do": "preview"}
    preview = setup.browser.post(old.url, typing, 200, htmx=True)
    assert preview.has("What you type here is not kept yet")
    assert preview.has("It ends by itself after")
    now = setup.browser.get(f"{address}/schedule")
    assert [value_of(now, name) for name in ("days", "handoff_at", "place")] == ["42", "18:00", "The library"]


def test_what_both_tabs_of_a_draft_changed_is_shown(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    address = f"/caseload/new/{db.session.query(TrialDraft).one().id}"
    old, other = setup.page, visit(cast.mediator)
    here: dict[str, Any] = {"text-0": "Lights out by 20:30"}
    there: dict[str, Any] = {"text-0": "Supper at six"}
    other.submit(other.get(f"{address}/terms"), "/terms", 204, do="save", **there)
    typing = old.form("/terms")[1] | here | {"do": "save"}
    assert setup.browser.post(old.url, typing, 200, htmx=True).has("What you type here is not kept yet")
    for do in ("back", "next", "add-terms"):
        back = setup.browser.submit(old, "/terms", 422, do=do, **here)
        assert back.has("On another page this was changed meanwhile: “Supper at six”")
        assert value_of(back, "text-0") == "Lights out by 20:30"
        assert value_of(setup.browser.get(f"{address}/terms"), "text-0") == "Supper at six"
    setup.browser.submit(back, "/terms", do="next")
    assert value_of(setup.browser.get(f"{address}/terms"), "text-0") == "Lights out by 20:30"


def test_another_plan_of_the_other_tab_stays(cast: Cast, visit: Visit) -> None:
    setup = Mediator(visit(cast.mediator))
    address = f"/caseload/new/{db.session.query(TrialDraft).one().id}"
    old, other = setup.browser.get(f"{address}/template"), visit(cast.mediator)
    other.submit(other.get(f"{address}/template"), "/template", do="next", template="noise")
    setup.browser.submit(old, "/template", do="next")
    assert setup.browser.get(f"{address}/template").form("/template")[1]["template"] == "noise"
    back = setup.browser.submit(old, "/template", 422, do="next", template="repairs")
    assert back.has("On another page this was changed meanwhile: “Thirty-day noise plan”")
    assert setup.browser.submit(back, "/template", do="next").location.endswith("/terms")
    assert setup.browser.get(f"{address}/template").form("/template")[1]["template"] == "repairs"
