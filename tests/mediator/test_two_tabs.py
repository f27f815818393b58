"""A case that is open in two tabs: who saves last undoes nothing that was saved on the other, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tests.cast import Cast
from tests.conftest import NOW
from tests.mailbox import Mailbox
from tests.mediator.setting_up import value_of
from tests.returns.test_session import WHEN
from tests.visitor import Visitor
from tracker.cases import guests
from tracker.cases.model import Guest
from tracker.db import db
from tracker.returns import memorandum, preparation, session
from tracker.returns.model import HeldOption
from tracker.trials import rest

Visit = Callable[..., Visitor]
NEWER = "On another page this was changed meanwhile:"


def _welcome(cast: Cast) -> Guest:
    """A guest whom both allow."""
    found = guests.propose(cast.here(cast.parent_a, cast.parenting).case, "Counsel", "counsel@example.org", NOW)
    for person in (cast.parent_a, cast.parent_b):
        here = cast.here(person, cast.parenting)
        assert here.party is not None
        guests.allow(here.case, found.id, here.party.id, True, NOW)
    return found


def test_a_return_session_keeps_what_the_other_tab_settled(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    desk, url = visit(cast.mediator), f"/caseload/{cast.parenting.id}/return-session"
    desk.post(url, WHEN)
    old, lawyer = desk.get(url), _welcome(cast)
    there: dict[str, Any] = {"time": "15:30", f"guest-{lawyer.id}": "yes"}
    desk.submit(desk.get(url), "/return-session", **there)
    desk.submit(old, "/return-session", place="Elm House, room 9")
    kept = session.arrangement_of(cast.parenting.id)
    assert kept is not None
    assert (f"{kept.starts_at:%H:%M}", kept.place, set(kept.guests)) == ("19:30", "Elm House, room 9", {lawyer.id})
    mailbox.take()


def test_a_time_that_both_tabs_changed_is_shown(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    desk, url = visit(cast.mediator), f"/caseload/{cast.parenting.id}/return-session"
    desk.post(url, WHEN)
    old = desk.get(url)
    desk.submit(desk.get(url), "/return-session", day="2026-04-02", time="15:30", held="online")
    mailbox.take()
    back = desk.submit(old, "/return-session", 422, day="2026-04-03", time="16:00", held="separate_rooms")
    assert (value_of(back, "day"), value_of(back, "time")) == ("2026-04-03", "16:00")
    for words in ("“Thu 2 Apr”", "“15:30”", "“Online”"):
        assert back.has(f"{NEWER} {words}"), words
    desk.submit(back, "/return-session")
    kept = session.arrangement_of(cast.parenting.id)
    assert kept is not None
    assert (f"{kept.starts_at:%d %H:%M}", kept.form) == ("03 20:00", "separate_rooms")
    mailbox.take()


def test_a_session_that_the_other_tab_cancelled_does_not_come_back_by_itself(
    cast: Cast, visit: Visit, mailbox: Mailbox
) -> None:
    desk, url = visit(cast.mediator), f"/caseload/{cast.parenting.id}/return-session"
    desk.post(url, WHEN)
    old = desk.get(url)
    desk.post(url, {"cancel": "yes"})
    mailbox.take()
    back = desk.submit(old, "/return-session", 422, place="Elm House, room 9")
    assert back.has("On another page the session was cancelled meanwhile. Save again to plan it after all.")
    assert (value_of(back, "place"), value_of(back, "day")) == ("Elm House, room 9", "2026-04-01")
    assert session.arrangement_of(cast.parenting.id) is None
    desk.submit(back, "/return-session")
    assert session.arrangement_of(cast.parenting.id) is not None
    mailbox.take()


def test_an_agenda_of_the_other_tab_is_shown_before_it_is_replaced(cast: Cast, visit: Visit) -> None:
    desk, url = visit(cast.mediator), f"/caseload/{cast.parenting.id}/agenda"
    old = desk.submit(desk.get(url), "/agenda", 200, do="add")
    desk.post(url, {"text-0": "Holidays", "text-1": "School", "do": "save"})
    words: dict[str, Any] = {"text-0": "Handoffs"}
    back = desk.submit(old, "/agenda", 422, do="save", **words)
    assert back.has(f"{NEWER} “Holidays; School”")
    assert value_of(back, "text-0") == "Handoffs"
    stale = desk.submit(old, "/agenda", 200, do="remove-0")
    stale = desk.follow(desk.post(url, dict(stale.form("/agenda")[1]) | {"do": "suggested"}))
    assert stale.has("The agenda was changed on another page meanwhile. Look at it first.")
    desk.submit(desk.submit(back, "/agenda", 200, do="add"), "/agenda", do="save")
    desk.submit(back, "/agenda", do="save")  # once more: its answer was lost
    unchanged = desk.get(url)
    desk.post(url, {"text-0": "School", "do": "save"})
    desk.submit(unchanged, "/agenda", do="save")
    assert value_of(desk.get(url), "text-0") == "School"


def test_a_memorandum_of_the_other_tab_is_shown_before_it_is_replaced(cast: Cast, visit: Visit) -> None:
    desk, url = visit(cast.mediator), f"/caseload/{cast.parenting.id}/memorandum"
    old = desk.get(url)
    desk.submit(desk.get(url), "/memorandum", text="Handoffs at the library.\r\n\r\nHomework first.")
    back = desk.submit(old, "/memorandum", 422, text="Handoffs at school.")
    assert back.has(f"{NEWER} “Handoffs at the library. Homework first.”")
    assert [area.text for area in back.all("textarea")] == ["Handoffs at school."]
    older = desk.get(url)
    desk.submit(back, "/memorandum")
    unchanged = desk.submit(older, "/memorandum", 422)
    assert unchanged.has("Nothing was changed.")
    assert [area.text for area in unchanged.all("textarea")] == ["Handoffs at school."]
    found = memorandum.current(cast.parenting.id)
    assert found is not None
    assert (found.version.number, found.terms) == (2, ["Handoffs at school."])


def test_a_pause_that_came_after_the_page_is_not_ended_by_it(
    cast: Cast, visit: Visit, travel: Callable[[datetime], None]
) -> None:
    """A party may pause at any time: not so that a mediator who read of another pause lets it go on unseen."""
    desk, url = visit(cast.mediator), f"/caseload/{cast.parenting.id}"
    rest.pause(cast.here(cast.parent_a, cast.parenting), cast.mediator.id, NOW)
    old = desk.get(url)
    desk.submit(desk.get(url), "/resumptions")
    travel(NOW + timedelta(minutes=1))
    rest.pause(cast.here(cast.parent_b, cast.parenting), cast.parent_b.id, NOW + timedelta(minutes=1))
    again = desk.follow(desk.submit(old, "/resumptions"))
    assert again.has("It was paused once more since this page was opened. Look at it again.")
    assert again.has("This trial is paused")
    for page in (again, old):  # the second time there is nothing left to let go on
        assert desk.follow(desk.submit(page, "/resumptions")).has("The trial goes on.")


def test_an_option_is_held_once(cast: Cast, visit: Visit) -> None:
    preparation.save(cast.here(cast.parent_a, cast.parenting), "options", ["The library"], "mediator", NOW)
    desk, url = visit(cast.mediator), f"/caseload/{cast.parenting.id}/return-session"
    page = desk.get(url)
    for _ in range(2):
        desk.submit(page, "/options", button="Hold this option")
    assert db.session.query(HeldOption).count() == 1
