"""A party prepares on a phone: topic by topic, saved as typed, each with its readers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.cast import Cast
from tests.conftest import NOW
from tests.party.day import url
from tests.visitor import Visitor
from tracker.db import db
from tracker.keeping import holds
from tracker.returns.model import Preparation

Visit = Callable[..., Visitor]


def test_what_is_typed_is_kept_and_shown_to_whom_it_is_for(cast: Cast, visit: Visit) -> None:
    phone, address = visit(cast.parent_a), url(cast.parenting, "prepare/goals")
    page = phone.get(address)
    typed = {"text-0": "Calm handoffs", "text-1": "  ", "text-2": "A plan for the summer", "audience": "summary"}
    address_, fields = page.form("/prepare/goals")
    assert phone.post(address_, fields | typed).location == url(cast.parenting, "prepare")
    overview = phone.get(url(cast.parenting, "prepare"))
    assert overview.has("Calm handoffs · A plan for the summer")
    assert {"text-0": "Calm handoffs", "text-1": "", "text-2": "A plan for the summer"}.items() <= dict(
        phone.get(address).form("/prepare/goals")[1]
    ).items()
    desk = visit(cast.mediator).get(f"/caseload/{cast.parenting.id}/return-session")
    assert desk.has("My top three goals for the summary Calm handoffs")


def test_it_is_saved_while_it_is_typed(cast: Cast, visit: Visit) -> None:
    phone, address = visit(cast.parent_a), url(cast.parenting, "prepare/joining")
    typed = {"text-0": "My sister", "audience": "me", "typing": "yes"}
    said = phone.client.post(address, data=typed | {"csrf_token": phone.token()}, headers={"HX-Request": "true"})
    assert said.get_data(as_text=True) == "Saved at 14:00."
    assert phone.get(address).has("My sister")
    assert not visit(cast.mediator).get(f"/caseload/{cast.parenting.id}/return-session").has("My sister")
    assert visit(cast.parent_b).get(url(cast.parenting, "prepare/joining")).has("Who else should join")
    assert not visit(cast.parent_b).get(url(cast.parenting, "prepare/joining")).has("My sister")


def test_going_back_keeps_what_was_typed(cast: Cast, visit: Visit, travel: Callable[[datetime], None]) -> None:
    phone, address = visit(cast.parent_a), url(cast.parenting, "prepare/goals")
    assert phone.submit(phone.get(address), "/goals", button="Back").location == url(cast.parenting, "prepare")
    assert db.session.query(Preparation).count() == 0  # there was nothing to keep
    phone.submit(phone.get(address), "/goals", 303, "Back", **{"text-1": "Calm handoffs"})
    assert phone.get(url(cast.parenting, "prepare")).has("Calm handoffs")
    travel(NOW + timedelta(hours=1))
    phone.submit(phone.get(address), "/goals", button="Back")
    assert db.session.query(Preparation).one().saved_at == NOW  # nor anything else than what stands there
    phone.submit(phone.get(address), "/goals", button="Back", audience="me")
    assert db.session.query(Preparation).populate_existing().one().audience == "me"
    assert phone.submit(phone.get(address), "/goals", 422, "Back", **{"text-0": "x" * 501}).has("at most 500")


def test_a_released_preparation_stays_as_it_was_until_the_next_release(
    cast: Cast, visit: Visit, travel: Callable[[datetime], None]
) -> None:
    author, other, desk = visit(cast.parent_a), visit(cast.parent_b), visit(cast.mediator)
    address, releases = url(cast.parenting, "prepare/goals"), f"/caseload/{cast.parenting.id}/releases"
    summary = url(cast.parenting, "summary")
    author.post(address, {"text-0": "Calm handoffs", "audience": "summary"})
    assert not author.get(address).has("shows what you had marked for it")
    desk.post(releases)
    for minutes, text in ((5, "Calm hand"), (6, "Calm handoffs, at the library")):  # saved while it is typed, too
        travel(NOW + timedelta(minutes=minutes))
        author.post(address, {"text-0": text, "audience": "summary"})
    assert author.get(address).has("The summary shows what you had marked for it by Tue 10 Mar.")
    assert [visitor.get(summary).has("Calm handoffs") for visitor in (author, other)] == [True, True]
    assert not other.get(summary).has("at the library")
    assert desk.get(f"/caseload/{cast.parenting.id}/summary").has("Calm handoffs, at the library")
    desk.post(releases)
    assert other.get(summary).has("Calm handoffs, at the library")
    travel(NOW + timedelta(minutes=9))
    author.post(address, {"text-0": "Calm handoffs, at the library", "audience": "me"})
    page = other.get(summary)
    assert not page.has("Calm handoffs"), "what its author takes out is out at once"
    author.post(address, {"text-0": "For the next release", "audience": "summary"})
    assert not other.get(summary).has("For the next release")


def test_what_is_too_long_comes_back(cast: Cast, visit: Visit) -> None:
    phone, address = visit(cast.parent_a), url(cast.parenting, "prepare/phrases")
    page = phone.post(address, {"text-1": "x" * 501, "text-0": "A break", "audience": "me"}, expect=422)
    assert page.has("Use at most 500 characters.")
    assert page.form("/prepare/phrases")[1]["text-1"] == "x" * 501
    assert phone.post(address, {"text-0": "A break", "audience": "everybody"}, expect=422).has("Choose who may read")
    assert not phone.get(address).has("A break")
    assert phone.get(url(cast.parenting, "prepare/nonsense"), expect=404).status == 404


def test_an_option_travels_only_with_its_authors_yes(cast: Cast, visit: Visit) -> None:
    author, other, desk = visit(cast.parent_a), visit(cast.parent_b), visit(cast.mediator)
    typed = {"text-0": "Swap Wednesdays", "audience": "mediator"}
    author.post(url(cast.parenting, "prepare/options"), typed)
    address = f"/caseload/{cast.parenting.id}/return-session"
    desk.submit(desk.get(address), "/options", button="Hold this option")
    assert desk.get(address).has("You hold it.")
    assert not desk.get(address).has("Hold this option")
    assert not author.get(url(cast.parenting, "prepare")).has("Your mediator asks")
    held = next(f.get("action") for f in desk.get(address).all("form") if "/options/" in (f.get("action") or ""))
    desk.post(str(held), {"carry": "yes"})  # not without the author's yes
    assert not other.get(url(cast.parenting, "prepare")).has("Swap Wednesdays")
    desk.post(str(held))
    page = author.get(url(cast.parenting, "prepare"))
    assert page.has("May they bring it to the other party?")
    answer = f"/options/{str(held).rpartition('/')[2]}"
    other.post(url(cast.parenting, "prepare").removesuffix("/prepare") + answer, {"answer": "yes"}, expect=404)
    author.submit(page, answer, button="Yes, they may")
    assert not other.get(url(cast.parenting, "prepare")).has("Swap Wednesdays")
    desk.post(str(held), {"carry": "yes"})
    assert other.get(url(cast.parenting, "prepare")).has("Swap Wednesdays")
    author.post(url(cast.parenting, "prepare").removesuffix("/prepare") + answer, {"answer": "no"})
    assert other.get(url(cast.parenting, "prepare")).has("Swap Wednesdays")  # it cannot be unread


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["with scripts", "without"])
def test_an_option_of_two_lines_is_held(cast: Cast, visit: Visit, end: str) -> None:
    """A browser sends a line's end as two characters, and says so in its own way without scripts."""
    author, desk, address = visit(cast.parent_a), visit(cast.mediator), f"/caseload/{cast.parenting.id}"
    typed = {"text-0": "Swap Wednesdays\r\nor Thursdays", "audience": "mediator"}
    author.post(url(cast.parenting, "prepare/options"), typed)
    action, fields = desk.get(f"{address}/return-session").form("/options", "Hold this option")
    desk.post(action, fields | {"text": f"Swap Wednesdays{end}or Thursdays"})
    assert desk.get(f"{address}/return-session").has("You hold it.")


def test_a_referral_is_a_task_of_one_party(cast: Cast, visit: Visit) -> None:
    desk, mine, other = visit(cast.mediator), visit(cast.parent_a), visit(cast.parent_b)
    address = f"/caseload/{cast.parenting.id}/return-session"
    values = {"party": "A", "who": "A tax adviser", "about": "The flat", "bring": "One page", "due": "2026-03-20"}
    wrong = desk.post(f"/caseload/{cast.parenting.id}/referrals", values | {"who": ""}, expect=422)
    assert wrong.form("/referrals")[1]["about"] == "The flat"
    wrong = desk.post(f"/caseload/{cast.parenting.id}/referrals", values | {"bring": "x" * 201}, expect=422)
    assert wrong.has("Use at most 200 characters.")
    assert not wrong.asks("/referrals"), "what is wrong is in sight"
    for due, said in (("2026-03-09", "Choose today or a later day."), ("2062-03-20", "Look at the year again.")):
        wrong = desk.post(f"/caseload/{cast.parenting.id}/referrals", values | {"due": due}, expect=422)
        assert wrong.has(said), "its party would read it without the year"
    desk.post(f"/caseload/{cast.parenting.id}/referrals", values)
    desk.post(f"/caseload/{cast.parenting.id}/referrals", {"party": "B", "who": "A counsellor"})  # needs no more
    page = mine.get(url(cast.parenting, "prepare"))
    assert page.has("A tax adviser by Fri 20 Mar")
    assert not other.get(url(cast.parenting, "prepare")).has("A tax adviser")
    task = next(f.get("action") for f in page.all("form") if "/referrals/" in (f.get("action") or ""))
    other.post(str(task), {"done": "yes"}, expect=404)
    mine.post(str(task), {"done": "yes"})
    page = desk.get(address)
    assert page.has("One page done")
    the_same = "/referrals/" + str(task).rpartition("/")[2]
    assert "gone for good" in page.asks(the_same)
    desk.submit(page, the_same, button="Take the referral back")
    assert not mine.get(url(cast.parenting, "prepare")).has("A tax adviser")


def test_caucus_notes_are_the_mediators_own(cast: Cast, visit: Visit) -> None:
    desk, address = visit(cast.mediator), f"/caseload/{cast.parenting.id}/caucus-notes"
    assert desk.get(address).has("No notes yet")
    assert desk.post(address, {"text": "Worried about August"}, expect=422).has("Choose whom you spoke with.")
    desk.submit(desk.get(address), "/caucus-notes", party="A", text="Worried about August")
    page = desk.get(address)
    assert page.has("Worried about August")
    hold = holds.place(cast.programme, str(cast.parenting.case_id), "A duty", cast.administrator.id, NOW)
    assert desk.follow(desk.submit(page, "/removals")).draws("The programme has to keep") == "careful"
    assert desk.get(address).has("Worried about August"), "nothing in a case that is held is deleted"
    holds.lift(cast.programme.id, hold.id, cast.administrator.id, NOW)
    desk.submit(page, "/removals")
    assert desk.get(address).has("No notes yet")
