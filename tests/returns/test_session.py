"""The return session: how it is held, who comes, and the entry in everybody's calendar that follows each change."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from icalendar import Calendar, Event

from tests.cast import Cast
from tests.conftest import NOW
from tests.mailbox import Mailbox
from tests.page import Page
from tests.party.day import url
from tests.visitor import Visitor
from tracker.cases import guests
from tracker.trials import rest

Visit = Callable[..., Visitor]
WHEN = {"day": "2026-04-01", "time": "14:00", "minutes": "60", "place": "Elm House, room 4", "held": "together"}


def _entry(message: EmailMessage) -> tuple[Calendar, str]:
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    return Calendar.from_ical(part.get_content()), str(part.get_param("method"))


def test_everybodys_calendar_follows(
    cast: Cast, visit: Visit, mailbox: Mailbox, travel: Callable[[datetime], None]
) -> None:
    desk, address = visit(cast.mediator), f"/caseload/{cast.parenting.id}/return-session"
    desk.post(address, WHEN)
    planned = {message["To"]: _entry(message) for message in mailbox.take()}
    assert set(planned) == {cast.parent_a.email, cast.parent_b.email, cast.mediator.email}
    travel(NOW + timedelta(minutes=1))
    desk.post(address, WHEN | {"time": "15:00"})
    moved = {message["To"]: _entry(message) for message in mailbox.take()}
    travel(NOW + timedelta(minutes=2))
    page = desk.get(address)
    assert "Everybody's calendar entry is taken back." in page.asks("/return-session")
    desk.submit(page, "/return-session", button="Cancel the session")
    gone = {message["To"]: _entry(message) for message in mailbox.take()}
    desk.post(address, {"cancel": "yes"})  # there is nothing left to cancel
    for to, (first, method) in planned.items():
        events = [calendar.walk("VEVENT")[0] for calendar in (first, moved[to][0], gone[to][0])]
        assert len({str(event["UID"]) for event in events}) == 1
        first_made, then, last = (int(str(event["SEQUENCE"])) for event in events)
        assert first_made < then < last
        assert (method, moved[to][1], gone[to][1]) == ("REQUEST", "REQUEST", "CANCEL")
        own = to == cast.mediator.email
        assert str(events[0]["SUMMARY"]) == ("Return session: School weeks" if own else "Reminder")
        assert {str(event["ATTENDEE"]) for event in events} == {f"mailto:{to}"}
        assert {str(event["ORGANIZER"]) for event in events} == {"mailto:reminders@localhost"}
    (event,) = planned[cast.parent_b.email][0].walk("VEVENT")  # Chicago, an hour behind New York
    assert isinstance(event, Event)
    assert event.start.isoformat() == "2026-04-01T13:00:00-05:00"


def test_the_entries_give_nothing_away(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    visit(cast.mediator).post(f"/caseload/{cast.parenting.id}/return-session", WHEN)
    for message in mailbox.take():
        if message["To"] == cast.mediator.email:
            continue  # whose own calendar says which session it is
        parts = [str(part.get_content()) for part in message.walk() if not part.is_multipart()]
        everything = str(dict(message.items())) + "".join(parts)
        for word in ("Elm House", "Parent", "School weeks", "Riverside", "mediat"):
            assert word not in everything.replace(str(message["To"]), "")


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("2025-04-01", "Choose a day from Mon 2 Mar on, when the trial begins. Look at the year, too."),
        ("2062-04-01", "This is more than a year after the trial. Look at the year again."),
    ],
)
def test_a_year_that_was_mistyped_is_told_to_nobody(
    cast: Cast, visit: Visit, mailbox: Mailbox, on: str, sentence: str
) -> None:
    page = visit(cast.mediator).post(f"/caseload/{cast.parenting.id}/return-session", WHEN | {"day": on}, expect=422)
    assert page.has(sentence)
    assert page.form("/return-session")[1]["place"] == WHEN["place"]
    assert mailbox.take() == []


def _open(page: Page) -> set[str]:
    """The fields in what stands open on the page."""
    shown = [details for details in page.all("details") if details.get("open") is not None]
    return {e.get("name", "") for details in shown for e in details.iter() if e.tag in ("input", "select")}


def test_each_party_reads_their_own_arrival(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    desk, address = visit(cast.mediator), f"/caseload/{cast.parenting.id}/return-session"
    apart = WHEN | {"held": "separate_arrival", "arrival-A": "13:45"}
    wrong = desk.post(address, apart, expect=422)
    assert wrong.has("Choose when Parent B is to arrive.")
    assert "arrival-B" in _open(wrong), "the time that is missing is in sight"
    desk.post(address, apart | {"arrival-B": "14:10"})
    assert "arrival-B" in _open(desk.get(address)), "so are the times that were planned"
    mailbox.take()
    first, second = visit(cast.parent_a), visit(cast.parent_b)
    page = first.get(url(cast.parenting, "prepare"))
    assert page.has("Wed 1 Apr, 13:45")
    assert "14:10" not in page.html
    assert second.get(url(cast.parenting, "prepare")).has("Wed 1 Apr, 14:10")
    file = first.client.get(url(cast.parenting, "return-session.ics"))
    assert file.mimetype == "text/calendar"
    assert re.findall(r"(?m)^DT(?:START|END)\S*:20260401T(\d{4})00", file.get_data(as_text=True)) == ["1345", "1445"]


def test_nobody_hears_that_the_others_arrival_moved(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    desk, address = visit(cast.mediator), f"/caseload/{cast.parenting.id}/return-session"
    apart = WHEN | {"held": "separate_arrival", "arrival-A": "13:45", "arrival-B": "14:10"}
    desk.post(address, apart)
    mailbox.take()
    reader, file = visit(cast.parent_a), url(cast.parenting, "return-session.ics")
    before = reader.client.get(file).data
    desk.post(address, apart | {"arrival-B": "14:20"})
    assert reader.client.get(file).data == before
    assert {message["To"] for message in mailbox.take()} == {cast.parent_b.email, cast.mediator.email}
    desk.post(address, apart | {"arrival-B": "14:20", "place": "Elm House, room 5"})
    everybody = {cast.parent_a.email, cast.parent_b.email, cast.mediator.email}
    assert {message["To"] for message in mailbox.take()} == everybody
    desk.post(address, apart | {"arrival-B": "14:20", "place": "Elm House, room 5"})  # the same again: sent again
    assert {message["To"] for message in mailbox.take()} == everybody


def test_a_guest_comes_with_both_parties_yes(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    desk, base = visit(cast.mediator), f"/caseload/{cast.parenting.id}"
    wrong = desk.post(f"{base}/guests", {"name": "", "email": "lawyer@example.org"}, expect=422)
    assert wrong.has("Type the guest's name.")
    proposed = desk.follow(desk.post(f"{base}/guests", {"name": "Counsel", "email": "Lawyer@example.org"}))
    assert proposed.has("Proposed: Lawyer@example.org."), "a mistyped address lets somebody else read"
    assert proposed.has("Tell them to sign in at http://127.0.0.1:8000"), "nothing else brings them here"
    assert not desk.get(f"{base}/return-session").has("awyer@example.org"), "it may be another one by now"
    assert desk.post(f"{base}/guests", {"name": "X", "email": "lawyer@example.org"}, expect=422).has(
        "no part in the case"
    )
    here = cast.here(cast.parent_a, cast.parenting)
    lawyer = next(one for one in guests.of_case(here.case.id) if one.name == "Counsel")
    for person in (cast.parent_a, cast.parent_b):
        assert not desk.get(f"{base}/return-session").has("Counsel comes")
        phone = visit(person)
        phone.post(url(cast.parenting, f"guests/{lawyer.id}"), {"answer": "yes"})
        assert phone.get(url(cast.parenting, "prepare")).has("You said yes.")
    desk.post(f"{base}/return-session", WHEN | {f"guest-{lawyer.id}": "yes"})
    assert "lawyer@example.org" in {message["To"] for message in mailbox.take()}
    visit(cast.parent_b).post(url(cast.parenting, f"guests/{lawyer.id}"), {"answer": "no"})
    assert _entry(mailbox.one("lawyer@example.org"))[1] == "CANCEL"
    assert desk.post(f"{base}/return-session", WHEN | {f"guest-{lawyer.id}": "yes"}, expect=422).has("each party")
    page = desk.get(f"{base}/return-session")
    assert "They read nothing from now on." in page.asks(f"{lawyer.id}/endings")
    desk.submit(page, f"{lawyer.id}/endings")
    assert not desk.get(f"{base}/return-session").has("Counsel")


def test_proposing_a_guest_tells_nothing_of_whose_the_address_is(cast: Cast, visit: Visit) -> None:
    """A mediator types the address of another case's party: neither they nor the parties learn that one's name."""
    base = f"/caseload/{cast.parenting.id}"
    visit(cast.mediator).post(f"{base}/guests", {"name": "Counsel", "email": "stranger@example.org"})
    for page in (
        visit(cast.mediator).get(f"{base}/return-session"),
        visit(cast.parent_a).get(url(cast.parenting, "prepare")),
    ):
        assert page.has("Counsel")
        assert not page.has("Stranger")


def test_who_left_gets_no_more_dates_and_the_other_party_the_same_as_ever(
    cast: Cast, visit: Visit, mailbox: Mailbox
) -> None:
    """A calendar that stopped following would say that somebody left, and not only that the trial rests."""
    desk, address = visit(cast.mediator), f"/caseload/{cast.parenting.id}/return-session"
    told = {}
    for how in ("paused", "left"):
        here = cast.here(cast.parent_a, cast.parenting)
        rest.pause(here, cast.parent_a.id, NOW) if how == "paused" else rest.leave(here, NOW)
        desk.post(address, WHEN)
        told[how] = {message["To"] for message in mailbox.take()}
    still = {cast.parent_b.email, cast.mediator.email}
    assert told == {"paused": still | {cast.parent_a.email}, "left": still}


def test_whoever_comes_no_more_has_it_taken_out_of_their_calendar(
    cast: Cast, visit: Visit, mailbox: Mailbox, travel: Callable[[datetime], None]
) -> None:
    desk, address = visit(cast.mediator), f"/caseload/{cast.parenting.id}/return-session"
    (guest,) = guests.of_case(cast.parenting.case_id)
    shared = f"/shared/{cast.parenting.id}"
    desk.post(address, WHEN)
    assert not visit(cast.guest).get(shared).has("Elm House"), "not invited to the session"
    come = WHEN | {f"guest-{guest.id}": "yes"}

    def told() -> list[tuple[str, int, str]]:
        found = [_entry(message) for message in mailbox.take() if message["To"] == cast.guest.email]
        events = [(calendar.walk("VEVENT")[0], method) for calendar, method in found]
        return [(method, int(str(event["SEQUENCE"])), str(event["UID"])) for event, method in events]

    mailbox.take()
    desk.post(address, come)
    ((method, first, uid),) = told()
    assert method == "REQUEST"
    assert visit(cast.guest).get(shared).has("Wed 1 Apr, 14:00 Where Elm House, room 4 How All in one room")
    travel(NOW + timedelta(minutes=1))
    desk.post(address, WHEN)  # the mediator leaves them out
    ((method, second, same),) = told()
    assert (method, second > first, same) == ("CANCEL", True, uid)
    desk.post(address, come)
    told()
    travel(NOW + timedelta(minutes=2))
    visit(cast.parent_b).post(url(cast.parenting, f"guests/{guest.id}"), {"answer": "no"})
    ((method, third, same),) = told()
    assert (method, third > second, same) == ("CANCEL", True, uid)
    visit(cast.parent_b).post(url(cast.parenting, f"guests/{guest.id}"), {"answer": "yes"})
    assert not visit(cast.guest).get(shared).has("Elm House"), "invited anew only by the mediator"


def test_a_link_can_be_opened(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    online = WHEN | {"held": "online", "place": "https://meet.example.org/room"}
    visit(cast.mediator).post(f"/caseload/{cast.parenting.id}/return-session", online)
    mailbox.take()
    assert "https://meet.example.org/room" in visit(cast.parent_a).get(url(cast.parenting, "prepare")).links()
