"""A party who cannot come back is let in again: by their mediator, once, and without what was for themselves alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from tests.cast import NIGHTS, Cast, begin, proposed
from tests.conftest import NOW
from tests.front.invited import joined, walk
from tests.mailbox import Mailbox, text_of
from tests.mediator.keeping import note
from tests.visitor import Visitor
from tracker.cases import feeds, invite, settings
from tracker.cases.model import Invitation, Party
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.keeping import holds
from tracker.keeping.let_in import let_in
from tracker.observations.model import Observation
from tracker.people import second_step
from tracker.people.model import Person
from tracker.returns import preparation
from tracker.trials import rest
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]


def party(cast: Cast, person: Person, trial: Trial) -> Party:
    found = cast.here(person, trial).party
    assert found is not None
    return found


def ask(cast: Cast, visit: Visit, person: Person, trial: Trial) -> Invitation:
    """The mediator makes the code on the page of the parties; the open invitation."""
    desk, mine = visit(cast.mediator), party(cast, person, trial)
    page = desk.get(f"/caseload/{trial.id}/parties")
    assert page.has("Only when you know that it is this person who asks")
    desk.post(f"/caseload/{trial.id}/ways-in", {"party": str(mine.id)})
    made = invite.open_invitations(trial.case_id, NOW)[mine.id]
    assert desk.get(f"/caseload/{trial.id}/parties").has(f"{made.code[:4]} {made.code[4:]}")
    return made


def come_back(browser: Visitor, token: str, phone: str = "own") -> str:
    page = browser.get(f"/invitations/{token}")
    assert page.has("With this you come back to your trial")
    assert page.has("What you had kept for yourself alone is deleted")
    where = browser.submit(walk(browser, token, phone), "/acceptances").location
    (message,) = Mailbox(browser.app.extensions["config"].data).take()  # each of the cast has an address
    assert "came back with a new invitation" in text_of(message)
    assert not any(word in message.as_string() for word in ("School", "Parent", "Riverside", "trial"))
    return where


def test_they_find_their_account_and_every_earlier_way_in_has_ended(cast: Cast, visit: Visit) -> None:
    mine, trial = party(cast, cast.parent_a, cast.parenting), cast.parenting
    for n, audience in enumerate(("mediator", "summary", "me")):
        note(cast, cast.parent_a, trial, date(2026, 3, 4 + n), text=f"Kept {audience}.", audience=audience)
    here = cast.here(cast.parent_a, trial)
    preparation.save(here, "goals", ["For me alone"], "me", NOW)
    preparation.save(here, "options", ["For the mediator"], "mediator", NOW)
    code = second_step.new_codes(cast.parent_a.id, NOW)[0]
    feed = feeds.renew(mine, NOW).token
    lost = visit(cast.parent_a)
    assert lost.get(f"/trials/{trial.id}/today").has("As planned today")

    made, phone = ask(cast, visit, cast.parent_a, trial), visit()
    assert lost.get(f"/trials/{trial.id}/today").has("As planned today"), "until it is used nothing changes"
    assert come_back(phone, made.token) == f"/trials/{trial.id}/welcome/reminders"
    assert phone.get(f"/trials/{trial.id}/welcome/reminders").has("You are back.")
    assert phone.get(f"/trials/{trial.id}/days/2026-03-04").has("Kept mediator.")
    assert phone.get(f"/trials/{trial.id}/days/2026-03-05").has("Kept summary.")
    assert not phone.get(f"/trials/{trial.id}/days/2026-03-06").has("Kept me.")
    assert not phone.get(f"/trials/{trial.id}/prepare/goals").has("For me alone")
    assert phone.get(f"/trials/{trial.id}/prepare/options").has("For the mediator")
    notes = db.session.query(Observation.note).filter_by(party_id=mine.id).order_by(Observation.day).all()
    assert [row.note for row in notes] == ["Kept mediator.", "Kept summary.", ""]

    assert lost.client.get(f"/trials/{trial.id}/today").status_code == 303, "the lost phone is signed out"
    assert second_step.by_code(code, NOW) is None
    assert visit().client.get(f"/calendar-feeds/{feed}.ics").status_code == 404
    assert visit().client.get(f"/invitations/{made.token}").status_code == 404, "it works once"


def test_reminders_go_where_those_of_a_new_party_go(cast: Cast, visit: Visit) -> None:
    """The device that showed them is not theirs any more, and who reads the new mailbox is not known yet."""
    mine = party(cast, cast.parent_a, cast.parenting)
    settings.choose(mine.id, settings.Choice(time(19, 15), every=3, wording="plain", channels=("push",)))
    come_back(visit(), ask(cast, visit, cast.parent_a, cast.parenting).token)
    db.session.expire_all()
    assert settings.choice(mine) == settings.Choice(time(19, 15), every=3, wording="discreet", channels=("email",))


def test_who_has_something_else_here_keeps_that(cast: Cast, visit: Visit) -> None:
    names = [("A", "Parent A", "UTC"), ("B", "Stranger", "UTC")]
    people = {"Parent A": cast.parent_a, "Stranger": cast.stranger}
    with transaction():
        plan = proposed("Another", "parenting", 28, "UTC", {"nights": NIGHTS}, date(2026, 3, 2))
        other = begin(cast.programme.id, cast.other_mediator.id, names, people, plan, NOW)
    own = visit(cast.parent_a)
    come_back(visit(), ask(cast, visit, cast.parent_a, cast.parenting).token)
    assert own.get(f"/trials/{other.id}/today").has("As planned today")
    assert own.client.get(f"/trials/{cast.parenting.id}/today").status_code == 404
    assert db.session.get_one(Person, cast.parent_a.id, populate_existing=True).email == "parent-a@example.org"


def test_the_mediator_still_reads_who_paused(cast: Cast, visit: Visit) -> None:
    rest.pause(cast.here(cast.parent_b, cast.parenting), cast.parent_b.id, NOW)
    come_back(visit(), ask(cast, visit, cast.parent_b, cast.parenting).token)
    assert visit(cast.mediator).get("/caseload").has("by Parent B")


def test_it_is_for_who_has_joined_for_a_day_and_can_be_taken_back(
    cast: Cast, visit: Visit, travel: Callable[..., None]
) -> None:
    mine = party(cast, cast.parent_a, cast.parenting)
    made, desk = ask(cast, visit, cast.parent_a, cast.parenting), visit(cast.mediator)
    page = desk.get(f"/caseload/{cast.parenting.id}/parties")
    page = desk.follow(desk.submit(page, "/ways-in", button="Take it back"))
    assert page.has("Taken back. The code for Parent A no longer works.")
    assert invite.find(made.token, NOW) is None
    made = ask(cast, visit, cast.parent_a, cast.parenting)
    assert invite.find(made.code, NOW + timedelta(days=1)) is None
    travel(NOW + timedelta(days=1))
    page = visit().get(f"/invitations/{made.token}", 404)
    assert page.has("its time is over"), "'used', or 'older than two weeks': somebody else would have come in with it"
    travel(NOW)
    with pytest.raises(Refused, match="joined"):
        invite.invite(mine, NOW)
    mine.person_id = None
    with pytest.raises(Refused, match="not_joined"):
        invite.invite(mine, NOW, again=True)


def test_an_invitation_that_was_made_while_the_other_was_used_lets_nobody_in(cast: Cast) -> None:
    mine = party(cast, cast.parent_a, cast.parenting)
    made = invite.invite(mine, NOW, again=True)
    made.again = False  # as an ordinary one that was renewed in the moment in which the party joined
    db.session.commit()
    with pytest.raises(Refused, match="gone"):
        invite.join_as_new(made.token, NOW)
    with pytest.raises(Refused, match="gone"):
        let_in(made.token, None, NOW)
    assert joined(mine) == cast.parent_a


def test_a_case_that_is_held_lets_nobody_in(cast: Cast, visit: Visit) -> None:
    made = ask(cast, visit, cast.parent_a, cast.parenting)
    holds.place(cast.programme, str(cast.parenting.case_id), "A court asked.", cast.administrator.id, NOW)
    assert visit().get(f"/invitations/{made.token}").has("This invitation cannot be used at present")
    with pytest.raises(Refused, match="held"):
        let_in(made.token, None, NOW)
    desk, mine = visit(cast.mediator), party(cast, cast.parent_b, cast.parenting)
    page = desk.follow(desk.post(f"/caseload/{cast.parenting.id}/ways-in", {"party": str(mine.id)}))
    assert page.has("The programme holds this case at present: nobody can be let in again.")
    assert joined(party(cast, cast.parent_a, cast.parenting)) == cast.parent_a


@pytest.mark.parametrize("who", ["mediator", "parent_b", "parent_a"])
def test_neither_the_mediator_nor_a_party_comes_in_by_it(cast: Cast, visit: Visit, who: str) -> None:
    made = ask(cast, visit, cast.parent_a, cast.parenting)
    browser = visit(getattr(cast, who))
    assert not any(link.endswith("/phone") for link in browser.get(f"/invitations/{made.token}").links())
    browser.post(f"/invitations/{made.token}/phone", {"phone": "own"})
    browser.post(f"/invitations/{made.token}/acceptances", {"version": "1"})
    assert joined(party(cast, cast.parent_a, cast.parenting)) == cast.parent_a


def test_the_trail_says_what_was_done_and_names_no_party(cast: Cast, visit: Visit) -> None:
    come_back(visit(), ask(cast, visit, cast.parent_a, cast.parenting).token)
    page = visit(cast.administrator).get("/programme/trail")
    assert page.has("made a new way in for a party of the case")
    assert page.has("came back into a case by a new way in")
    assert not page.has("Parent A")
