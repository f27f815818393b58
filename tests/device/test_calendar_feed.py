"""A party's dates in their own calendar: right in both zones, silent by default, and gone as soon as they say so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import icalendar
import vobject

from tests.cast import Cast
from tests.party.day import url
from tests.visitor import Visitor
from tracker import clock
from tracker.cases import create as cases
from tracker.cases.create import NewParty
from tracker.db import db, transaction
from tracker.people import programmes
from tracker.people.model import Person
from tracker.returns import session
from tracker.trials import agree, changes, propose, rest
from tracker.trials.model import PlanVersion, Trial
from tracker.trials.propose import Proposal

Visit = Callable[..., Visitor]
NEW_YORK, CHICAGO = ZoneInfo("America/New_York"), ZoneInfo("America/Chicago")
PERSONAL = (
    "Parent A", "Parent B", "Upstairs", "Downstairs", "School", "Maple", "Riverside", "Handoff", "Quiet", "Lights",
    "Homework", "Meanwhile", "bedtime", "parenting", "noise", "trial",
)  # fmt: skip  # read in rows, as it is laid out


def address(browser: Visitor, trial: Trial) -> str:
    """Make a calendar address on the Reminders page, and take it from there."""
    page = browser.get(url(trial, "reminders"))
    page = browser.follow(browser.submit(page, "/calendar-feeds"))
    (field,) = [e for e in page.all("input") if "/calendar-feeds/" in e.get("value", "")]
    return str(field.get("value")).removeprefix("http://127.0.0.1:8000")


def events(visit: Visit, path: str) -> list[icalendar.Component]:
    """What a calendar program reads there, without a sign-in."""
    answer = visit().client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    return icalendar.Calendar.from_ical(answer.data).walk("VEVENT")


def test_handoffs_are_right_in_both_zones_on_both_sides_of_a_clock_change(cast: Cast, visit: Visit) -> None:
    for person in (cast.parent_a, cast.parent_b):
        made = visit().client.get(address(visit(person), cast.parenting)).data
        found = [e.decoded("DTSTART") for e in icalendar.Calendar.from_ical(made).walk("VEVENT")]
        assert len(found) == 11
        assert {start.astimezone(NEW_YORK).time().isoformat() for start in found} == {"17:30:00"}
        assert {start.astimezone(CHICAGO).time().isoformat() for start in found} == {"16:30:00"}
        assert {start.astimezone(UTC).hour for start in found} == {22, 21}  # the clocks change on 8 March
        vobject.icalendar.__dict__["__tzidMap"].clear()
        other = [e.dtstart.value.astimezone(UTC) for e in vobject.readOne(made.decode()).vevent_list]
        assert other == [start.astimezone(UTC) for start in found]


def test_by_default_it_says_nothing(cast: Cast, visit: Visit) -> None:
    session.arrange(
        cast.here(cast.parent_a, cast.parenting),
        session.Arrangement(datetime(2026, 4, 1, 14, 0, tzinfo=UTC), "School, room 4"),
    )
    for person, trial in ((cast.parent_a, cast.parenting), (cast.downstairs, cast.noise)):
        text = visit().client.get(address(visit(person), trial)).get_data(as_text=True)
        assert not [word for word in PERSONAL if word.lower() in text.lower()]
        assert set(text.split("\r\n")) >= {"SUMMARY:Reminder", "X-WR-CALNAME:Reminders"}
        assert "LOCATION" not in text
        assert "DESCRIPTION" not in text


def test_the_return_session_stands_where_this_party_is_to_be_there(cast: Cast, visit: Visit) -> None:
    here = cast.here(cast.parent_a, cast.parenting)
    own = {
        party.id: datetime(2026, 4, 1, *at, tzinfo=UTC)
        for party, at in zip(here.parties, ((17, 45), (18, 10)), strict=True)
    }
    session.arrange(
        here, session.Arrangement(datetime(2026, 4, 1, 18, 0, tzinfo=UTC), "Room 4", "separate_arrival", 60, own)
    )
    for person, (start, end) in ((cast.parent_a, ("17:45", "18:45")), (cast.parent_b, ("18:10", "19:10"))):
        found = events(visit, address(visit(person), cast.parenting))
        (one,) = [e for e in found if e.decoded("DTSTART").date() == date(2026, 4, 1)]
        times = [e.astimezone(UTC).strftime("%H:%M") for e in (one.decoded("DTSTART"), one.decoded("DTEND"))]
        assert times == [start, end]


def test_plainer_words_when_the_party_chose_them(cast: Cast, visit: Visit) -> None:
    session.arrange(
        cast.here(cast.parent_a, cast.parenting), session.Arrangement(datetime(2026, 4, 1, 14, 0, tzinfo=UTC), "Room 4")
    )
    browser = visit(cast.parent_a)
    path = address(browser, cast.parenting)
    browser.submit(browser.get(url(cast.parenting, "reminders")), "/calendar-feeds/wordings", plain="yes")
    found = {(str(e["SUMMARY"]), str(e["LOCATION"])) for e in events(visit, path)}
    assert found == {("Handoff", "School gate"), ("Return session", "Room 4")}
    text = visit().client.get(path).get_data(as_text=True)
    assert "Parent" not in text


def test_quiet_hours_take_no_time_and_follow_the_clocks(cast: Cast, visit: Visit) -> None:
    found = events(visit, address(visit(cast.downstairs), cast.noise))
    assert len(found) == 30
    assert {str(e["TRANSP"]) for e in found} == {"TRANSPARENT"}
    berlin = ZoneInfo("Europe/Berlin")
    fridays = [e for e in found if e.decoded("DTSTART").astimezone(berlin).weekday() == 4]
    assert {e.decoded("DTSTART").astimezone(berlin).hour for e in fridays} == {23}
    assert {e.decoded("DTEND").astimezone(berlin).hour for e in fridays} == {8}


def test_milestones_are_days(cast: Cast, visit: Visit) -> None:
    trial = _repairs(cast)
    browser = visit(cast.parent_a)
    found = events(visit, address(browser, trial))
    assert [(e.decoded("DTSTART"), str(e["SUMMARY"])) for e in found] == [(date(2026, 3, 20), "Reminder")]
    browser.submit(browser.get(url(trial, "reminders")), "/calendar-feeds/wordings", plain="yes")
    (one,) = events(visit, address_now(browser, trial))
    assert str(one["SUMMARY"]) == "Due: Two estimates"


def address_now(browser: Visitor, trial: Trial) -> str:
    """The address that is shown on the page already."""
    page = browser.get(url(trial, "reminders"))
    (field,) = [e for e in page.all("input") if "/calendar-feeds/" in e.get("value", "")]
    return str(field.get("value")).removeprefix("http://127.0.0.1:8000")


def test_a_swapped_night_moves_its_handoffs_and_the_others_keep_their_names(cast: Cast, visit: Visit) -> None:
    path = address(visit(cast.parent_a), cast.parenting)
    before = {str(e["UID"]): e.decoded("DTSTART") for e in events(visit, path)}
    a, b = (cast.here(person, cast.parenting) for person in (cast.parent_a, cast.parent_b))
    change = changes.propose(a, date(2026, 3, 17), "B", clock.now())
    changes.answer(b, change.id, "accepted", clock.now())
    after = {str(e["UID"]): e.decoded("DTSTART") for e in events(visit, path)}
    assert before != after
    assert all(after[uid] == start for uid, start in before.items() if uid in after)
    assert len(before.keys() & after.keys()) >= 9


def test_a_renewed_address_makes_the_old_one_useless(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    old = address(browser, cast.parenting)
    new = address(browser, cast.parenting)
    assert visit().client.get(old).status_code == 404
    assert len(events(visit, new)) == 11
    page = browser.get(url(cast.parenting, "reminders"))
    assert "The old address stops working in your calendar." in page.asks("/calendar-feeds")
    assert "The address stops working in your calendar." in page.asks("/calendar-feeds/endings")
    browser.submit(page, "/calendar-feeds/endings")
    assert visit().client.get(new).status_code == 404


def test_switched_off_by_the_programme_nothing_is_there_until_it_is_on_again(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    path = address(browser, cast.parenting)
    programmes.choose_channels(cast.programme.id, ["email"])
    assert visit().client.get(path).status_code == 404
    page = browser.get(url(cast.parenting, "reminders"))
    assert page.has("Your programme does not offer a calendar address any more. Remove yours from your calendar.")
    assert path not in page.html
    assert not visit(cast.parent_b).get(url(cast.parenting, "reminders")).has("In your calendar")
    refused = browser.follow(browser.post(url(cast.parenting, "calendar-feeds")))
    assert refused.has("Nothing was made: your programme does not offer a calendar address.")
    programmes.choose_channels(cast.programme.id, ["email", "feed"])
    assert len(events(visit, path)) == 11
    assert address_now(browser, cast.parenting) == path


def test_switched_off_by_the_programme_its_party_can_still_end_it(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    path = address(browser, cast.parenting)
    programmes.choose_channels(cast.programme.id, ["email"])
    page = browser.get(url(cast.parenting, "reminders"))
    assert "The address never works again." in page.asks("/calendar-feeds/endings")
    after = browser.follow(browser.submit(page, "/calendar-feeds/endings"))
    assert after.has("The address does not work any more.")
    assert not after.has("In your calendar")
    programmes.choose_channels(cast.programme.id, None)
    assert visit().client.get(path).status_code == 404


def test_another_programmes_choice_leaves_it_alone(cast: Cast, visit: Visit) -> None:
    path = address(visit(cast.parent_a), cast.parenting)
    programmes.choose_channels(cast.other_programme.id, ["email"])
    assert len(events(visit, path)) == 11


def test_what_was_done_is_said_where_the_page_opens(cast: Cast, visit: Visit) -> None:
    browser, reminders = visit(cast.parent_a), url(cast.parenting, "reminders")
    for action, said in (
        ("", "The address is ready."),
        ("/wordings", "Your calendar follows"),
        ("/endings", "Remove it"),
    ):
        made = browser.submit(browser.get(reminders), f"/calendar-feeds{action}")
        assert made.location.endswith("#calendar")
        page = browser.follow(made)
        (card,) = [e for e in page.all("section") if e.get("id") == "calendar"]
        assert said in "".join(card.itertext())
        assert page.text.count(said) == 1
    browser.submit(browser.get(reminders), "/reminders")
    assert browser.get(f"{reminders}?at=nowhere").draws("Saved.") == "done"


def test_each_party_has_their_own(cast: Cast, visit: Visit) -> None:
    mine, theirs = (address(visit(person), cast.parenting) for person in (cast.parent_a, cast.parent_b))
    assert mine != theirs
    assert address_now(visit(cast.parent_a), cast.parenting) == mine


def test_while_it_rests_nothing_is_expected_whoever_asked_for_that(cast: Cast, visit: Visit) -> None:
    paths = [address(visit(person), cast.parenting) for person in (cast.parent_a, cast.parent_b)]
    rest.pause(cast.here(cast.parent_a, cast.parenting), cast.parent_a.id, clock.now())
    days = [[e.decoded("DTSTART").date() for e in events(visit, path)] for path in paths]
    assert days[0] == days[1]
    assert max(days[0]) <= date(2026, 3, 10)


def test_who_left_has_no_dates_and_the_other_reads_of_a_pause(cast: Cast, visit: Visit) -> None:
    mine, theirs = (address(visit(person), cast.parenting) for person in (cast.parent_a, cast.parent_b))
    rest.leave(cast.here(cast.parent_a, cast.parenting), clock.now())
    assert events(visit, mine) == []
    assert max(e.decoded("DTSTART").date() for e in events(visit, theirs)) <= date(2026, 3, 10)


def _repairs(cast: Cast) -> Trial:
    """A trial of its own for Parent A, with one milestone."""
    people: dict[str, Person] = {"A": cast.parent_a, "B": cast.parent_b}
    milestones = [{"key": "estimates", "text": "Two estimates", "due": "2026-03-20"}]
    term = {"key": "gutter", "text": "The gutter is cleared"}
    proposal = Proposal(
        "Roof", "repairs", date(2026, 3, 2), 30, "America/New_York", "private", [term], {"milestones": milestones}
    )
    early = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    with transaction():
        new = [NewParty(key, person.name, "America/New_York", person.email) for key, person in people.items()]
        case, parties = cases.create(cast.programme.id, cast.mediator.id, "Roof", new, early)
        trial = propose.propose(case, proposal, cast.mediator.id, early)
        db.session.flush()
        plan = db.session.query(PlanVersion).filter_by(trial_id=trial.id).one()
        for party in parties:
            party.person_id = people[party.key].id
            agree.record_acceptance(plan, party.id, early)
    return trial
