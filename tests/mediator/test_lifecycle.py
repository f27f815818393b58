"""Pausing, going on, extending, ending, and the return session: each says what it does, and does it once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.cast import Cast, proposed
from tests.conftest import NOW
from tests.mailbox import Mailbox
from tests.visitor import Visitor
from tracker.cases.model import Case, Party
from tracker.db import db
from tracker.returns.model import ReturnSession
from tracker.returns.session import of_trial
from tracker.trials import agree, find, propose, rest
from tracker.trials.here import Here
from tracker.trials.model import Ending, Pause, PlanVersion, Trial
from tracker.trials.state import State

Visit = Callable[..., Visitor]
Travel = Callable[[datetime], None]


def _here(cast: Cast) -> Here:
    found = find.by_id(cast.parenting.id)
    assert found is not None
    return found


def _press(cast: Cast, browser: Visitor, action: str, expect: int = 303, **values: str) -> str:
    place = f"/caseload/{cast.parenting.id}" + (action if action == "/return-session" else "")
    page = browser.submit(browser.get(place), action, expect, **values)
    return (browser.follow(page) if expect == 303 else page).text


def test_a_pause_rests_until_the_mediator_lets_it_go_on(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.mediator)
    page = browser.get(f"/caseload/{cast.parenting.id}")
    assert page.has("No check-ins go out. The last day stays Sun 29 Mar.")
    assert "Both parties read that the trial has been paused" in _press(cast, browser, "/pauses")
    assert _here(cast).state(NOW) is State.PAUSED
    browser.post(f"/caseload/{cast.parenting.id}/pauses")
    assert db.session.query(Pause).count() == 1
    assert "The trial goes on." in _press(cast, browser, "/resumptions")
    assert _here(cast).state(NOW) is State.RUNNING


def test_after_a_party_left_it_cannot_go_on(cast: Cast, visit: Visit) -> None:
    rest.leave(cast.here(cast.parent_a, cast.parenting), NOW)
    browser = visit(cast.mediator)
    assert browser.get(f"/caseload/{cast.parenting.id}").has("A party has left, so it cannot go on.")
    browser.post(f"/caseload/{cast.parenting.id}/resumptions")
    assert _here(cast).state(NOW) is State.PAUSED
    assert "Tue 10 Mar is the last day that counts." in _press(cast, browser, "/endings")


def test_an_end_is_today_and_final(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.mediator)
    assert "Ended. Tue 10 Mar is the last day that counts." in _press(cast, browser, "/endings")
    assert _here(cast).state(NOW) is State.ENDED
    browser.post(f"/caseload/{cast.parenting.id}/endings")
    assert db.session.query(Ending).one().last_day == date(2026, 3, 10)
    page = browser.get(f"/caseload/{cast.parenting.id}")
    assert page.has("Ended on Tue 10 Mar")
    assert not [form for form in page.all("form") if (form.get("action") or "").endswith(("/endings", "/pauses"))]


def test_after_an_early_end_nothing_is_still_to_come(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.mediator)
    assert browser.get(f"/caseload/{cast.parenting.id}").has("still to come")
    _press(cast, browser, "/endings")
    page = browser.get(f"/caseload/{cast.parenting.id}")
    assert page.has("Mon 2 Mar to Tue 10 Mar, 9 of 28 days")
    assert not page.has("still to come")
    summary = browser.get(f"/caseload/{cast.parenting.id}/summary")
    assert summary.has("Day by day")
    assert not summary.has("still to come")


def test_an_extension_counts_when_both_have_accepted_it(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.mediator)
    assert "Choose a day after Sun 29 Mar 2026." in _press(cast, browser, "/extensions", 422, last_day="2026-03-29")
    assert "Choose a day up to Sun 30 Aug 2026: a trial lasts 182 days at most." in _press(
        cast, browser, "/extensions", 422, last_day="2026-08-31"
    )
    assert "Choose the new last day." in _press(cast, browser, "/extensions", 422, last_day="soon")
    assert "It counts when both have accepted it." in _press(cast, browser, "/extensions", last_day="2026-04-12")
    agree.accept(cast.here(cast.parent_a, cast.parenting), 2, NOW)
    assert _here(cast).facts.last_day == date(2026, 3, 29)
    agree.accept(cast.here(cast.parent_b, cast.parenting), 2, NOW)
    assert _here(cast).facts.last_day == date(2026, 4, 12)


def test_the_last_possible_day_is_the_182nd(cast: Cast, visit: Visit) -> None:
    last = date(2026, 3, 2) + timedelta(days=181)
    assert "Proposed: until" in _press(cast, visit(cast.mediator), "/extensions", last_day=last.isoformat())


def test_a_return_session_is_set_in_the_trials_zone_moved_and_cancelled(
    cast: Cast, visit: Visit, mailbox: Mailbox
) -> None:
    browser = visit(cast.mediator)
    values: dict[str, Any] = {"day": "2026-03-30", "time": "14:00", "place": "Room 2"}
    assert "The return session is on Mon 30 Mar, 14:00." in _press(cast, browser, "/return-session", **values)
    session = db.session.query(ReturnSession).one()
    assert (session.starts_at, session.place) == (datetime(2026, 3, 30, 18, tzinfo=UTC), "Room 2")  # summer time
    _press(cast, browser, "/return-session", **(values | {"time": "09:30"}))
    assert db.session.query(ReturnSession).populate_existing().one().starts_at.hour == 13
    url = f"/caseload/{cast.parenting.id}/return-session"
    browser.post(url, {"cancel": "yes"})
    assert of_trial(cast.parenting.id) is None
    invitations = mailbox.take()  # to both and the mediator, each time: planned, moved, cancelled
    assert [mail.get_content_maintype() for mail in invitations] == ["multipart"] * 9


def test_a_return_session_without_day_or_time_comes_back_as_typed(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.mediator)
    text = _press(cast, browser, "/return-session", 422, day="", time="25:00", place="x" * 201)
    for words in ("Choose the day", "Choose the time", "Use at most 200 characters."):
        assert words in text
    assert db.session.query(ReturnSession).count() == 0


def test_return_sessions_are_listed_by_date(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.mediator)
    assert browser.get("/return-sessions").has("No return session planned")
    for trial, moment in ((cast.parenting, NOW + timedelta(days=20)), (cast.noise, NOW + timedelta(hours=1))):
        with_session = ReturnSession(case_id=trial.case_id, trial_id=trial.id, starts_at=moment, place="Room 2")
        db.session.add(with_session)
    db.session.commit()
    page = browser.get("/return-sessions")
    assert page.text.index("Maple Street") < page.text.index("School weeks")
    assert f"/caseload/{cast.noise.id}/summary" in page.links()
    assert visit(cast.other_mediator).get("/return-sessions").has("No return session planned")


def test_a_session_of_yesterday_is_past_and_of_today_is_not(
    cast: Cast, visit: Visit, travel: Callable[[datetime], None]
) -> None:
    db.session.add(ReturnSession(case_id=cast.parenting.case_id, trial_id=cast.parenting.id, starts_at=NOW, place=""))
    db.session.commit()
    travel(datetime(2026, 3, 11, 3, 59, tzinfo=UTC))  # 23:59 in New York
    assert not visit(cast.mediator).get("/return-sessions").has("Past")
    travel(datetime(2026, 3, 11, 4, 0, tzinfo=UTC))
    assert visit(cast.mediator).get("/return-sessions").has("Past")


def test_of_a_link_the_list_says_that_it_is_online(cast: Cast, visit: Visit) -> None:
    place = "https://meet.example.org/abc"
    case = cast.parenting.case_id
    db.session.add(ReturnSession(case_id=case, trial_id=cast.parenting.id, starts_at=NOW, place=place))
    db.session.commit()
    page = visit(cast.mediator).get("/return-sessions")
    assert page.has("School weeks, Online")
    assert place not in page.html


def _another(cast: Cast, starts_on: date, *, accepted: bool) -> Trial:
    """Another trial of the parenting case."""
    case = db.session.get_one(Case, cast.parenting.case_id)
    plan = proposed("School weeks 2", "open", 28, "America/New_York", {}, starts_on)
    trial = propose.propose(case, plan, cast.mediator.id, NOW)
    version = db.session.query(PlanVersion).filter_by(trial_id=trial.id).one()
    for party in db.session.query(Party).filter_by(case_id=case.id) if accepted else ():
        agree.record_acceptance(version, party.id, NOW)
    return trial


def test_a_case_is_not_closed_while_another_of_its_trials_goes_on(cast: Cast, visit: Visit, travel: Travel) -> None:
    """It would leave the caseload, and be deleted one day, while both parties still note what they try."""
    again = _another(cast, date(2026, 4, 6), accepted=True)
    travel(datetime(2026, 4, 7, 15, tzinfo=UTC))
    desk, url = visit(cast.mediator), f"/caseload/{cast.parenting.id}"
    page = desk.get(url)
    said = "Another trial of this case is not over: end “School weeks 2” first."
    assert page.has(said)
    assert f"{url}/closings" not in page.html
    desk.post(f"{url}/closings")
    assert desk.get(url).draws(said) == "careful"
    assert desk.get("/caseload").has("School weeks 2")
    desk.post(f"/caseload/{again.id}/endings")
    assert "The case is closed." in _press(cast, desk, "/closings")
    assert not desk.get("/caseload").has("School weeks")


def test_a_case_whose_plan_was_never_accepted_is_closed(cast: Cast, visit: Visit, travel: Travel) -> None:
    """Names and addresses of its parties would stay for ever."""
    again = _another(cast, date(2026, 4, 6), accepted=False)
    travel(datetime(2026, 4, 5, 15, tzinfo=UTC))
    desk, url = visit(cast.mediator), f"/caseload/{again.id}"
    assert desk.get(url).has("You can close it when the trial is over.")
    travel(datetime(2026, 4, 8, 15, tzinfo=UTC))
    desk = visit(cast.mediator)
    assert "The case is closed." in desk.follow(desk.submit(desk.get(url), "/closings")).text
    assert not desk.get("/caseload").has("School weeks")
    assert not desk.get(url).has("Choose a later one")
    assert "Change the plan" not in desk.get(f"{url}/plan").html
    assert desk.post(f"{url}/plan").location == url, "a closed case gets no new plan"
    assert visit(cast.parent_a).get(f"/trials/{again.id}/today").has("Your case is closed.")


def test_the_mediator_reads_the_date_that_the_parties_read(cast: Cast, visit: Visit, travel: Travel) -> None:
    travel(NOW + timedelta(days=30))
    desk, url = visit(cast.mediator), f"/caseload/{cast.parenting.id}"
    _press(cast, desk, "/closings")
    travel(NOW + timedelta(days=90))
    desk, office = visit(cast.mediator), visit(cast.administrator)
    office.submit(office.get("/programme/keeping"), "/keeping", days="14")
    assert desk.get(url).has("will be deleted on Mon 22 Jun 2026"), "not before two weeks of notice"
    assert visit(cast.parent_a).get(f"/trials/{cast.parenting.id}/today").has("deleted on Mon 22 Jun 2026")
    office.submit(office.get("/programme/keeping"), "/keeping", days="730")
    assert desk.get(url).has("will be deleted on Sat 8 Apr 2028")
    assert office.get("/programme/keeping").has("is deleted on Sat 8 Apr 2028")


def test_the_reference_for_a_hold_is_there_while_the_trial_runs(cast: Cast, visit: Visit) -> None:
    """A party can ask for the deletion of what they noted at any time: a hold cannot wait for the end."""
    page = visit(cast.mediator).get(f"/caseload/{cast.parenting.id}")
    assert page.has(f"Reference {str(cast.parenting.case_id)[:8]}")
    assert page.has("You can close it when the trial is over.")


def test_an_extension_that_nobody_accepted_ends_with_the_trial(cast: Cast, visit: Visit) -> None:
    """Nobody can accept it any more: it would seem to wait for both."""
    desk, phone, trial = visit(cast.mediator), visit(cast.parent_a), f"/trials/{cast.parenting.id}"
    assert "The extension" in _press(cast, desk, "/extensions", last_day="2026-04-12")
    assert phone.get(f"{trial}/plan").has("Go on until Sun 12 Apr?")
    assert "The extension" not in _press(cast, desk, "/endings")
    assert not phone.get(f"{trial}/plan").has("Go on until")
