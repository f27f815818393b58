"""A case goes to another mediator: they have it from then on, nobody else has, and both parties learn who it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest

from tests.cast import Cast
from tests.conftest import NOW
from tests.mailbox import Mailbox
from tests.mediator.keeping import note
from tests.visitor import Visitor
from tracker.audit.model import AuditEntry
from tracker.cases import close, invite
from tracker.cases.model import Case, Guest, Handover, Party
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.people import memberships
from tracker.people.model import Membership, Person
from tracker.returns import caucus, session
from tracker.trials import draft, find, hand_over, rest, safety
from tracker.trials.here import Here

Visit = Callable[..., Visitor]
Travel = Callable[[datetime], None]


def desk_of(cast: Cast, person: Person) -> Here | None:
    return find.for_mediator(person.id, cast.programme.id, cast.parenting.id)


def handed(cast: Cast, browser: Visitor, to: Person, expect: int = 303) -> None:
    page = browser.get(f"/caseload/{cast.parenting.id}/parties")
    browser.submit(page, "/handovers", expect, to=str(to.id))


def calendar_of(message: EmailMessage) -> str:
    (part,) = (part for part in message.walk() if part.get_content_type() == "text/calendar")
    return str(part.get_content())


def test_it_leaves_the_one_and_comes_to_the_other_with_all_that_is_in_it(
    cast: Cast, visit: Visit, mailbox: Mailbox
) -> None:
    note(cast, cast.parent_a, cast.parenting, NOW.date(), text="Only for you.", at=NOW)
    here = desk_of(cast, cast.mediator)
    assert here is not None
    caucus.note(here, here.parties[0].id, "Call in the morning.", cast.mediator.id, NOW)
    before = visit(cast.mediator)
    handed(cast, before, cast.other_mediator)
    assert before.get("/caseload").has("Done. It is Other mediator's case now.")
    assert not before.get("/caseload").has("School weeks")
    for page in ("", "/summary", "/parties", "/caucus-notes"):
        before.get(f"/caseload/{cast.parenting.id}{page}", 404)
    after = visit(cast.other_mediator)
    assert after.get("/caseload").has("School weeks")
    assert after.get(f"/caseload/{cast.parenting.id}").has("Only for you.")
    assert not after.get(f"/caseload/{cast.parenting.id}/caucus-notes").has("Call in the morning."), (
        "who wrote it alone"
    )
    assert visit(cast.mediator).get("/caseload").has("Maple Street"), "another case stays"
    mailbox.take()


@pytest.mark.parametrize("htmx", [False, True])
def test_sent_again_because_the_answer_was_lost_it_is_done_once(
    cast: Cast, visit: Visit, mailbox: Mailbox, htmx: bool
) -> None:
    """The case is no longer in the caseload by then, so its own page is not found any more."""
    desk = visit(cast.mediator)
    url, fields = desk.get(f"/caseload/{cast.parenting.id}/parties").form("/handovers")
    form = fields | {"to": str(cast.other_mediator.id)}
    for _ in range(2):
        assert desk.post(url, form, 200 if htmx else 303, htmx=htmx).location == "/caseload"
        assert desk.get("/caseload").draws("Done. It is Other mediator's case now.") == "done"
    assert [one["To"] for one in mailbox.take()] == ["other-mediator@example.org"]
    assert db.session.query(Handover).count() == 1
    desk.post(url, fields | {"to": str(cast.mediator.id)}, 404)
    visit(cast.administrator).post(url, {"to": form["to"]}, 404)


def test_both_parties_learn_who_it_is_for_weeks_and_get_no_mail(
    cast: Cast, visit: Visit, mailbox: Mailbox, travel: Travel
) -> None:
    sentence = "Other mediator is your mediator now, and can read what you marked for your mediator."
    assert not visit(cast.parent_a).get(f"/trials/{cast.parenting.id}/today").has("is your mediator now")
    handed(cast, visit(cast.mediator), cast.other_mediator)
    for person in (cast.parent_a, cast.parent_b):
        for page in ("today", "more", "prepare"):
            assert visit(person).get(f"/trials/{cast.parenting.id}/{page}").has(sentence)
    assert not visit(cast.upstairs).get(f"/trials/{cast.noise.id}/today").has("is your mediator now")
    assert [one["To"] for one in mailbox.take()] == ["other-mediator@example.org"]
    travel(NOW + hand_over.TOLD)
    assert not visit(cast.parent_a).get(f"/trials/{cast.parenting.id}/more").has("is your mediator now")


def test_what_happened_names_nobody_as_you_who_was_not(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    rest.pause(cast.here(cast.parent_a, cast.parenting), cast.mediator.id, NOW)
    assert visit(cast.mediator).get(f"/caseload/{cast.parenting.id}").has("You paused the trial")
    handed(cast, visit(cast.mediator), cast.other_mediator)
    page = visit(cast.other_mediator).get(f"/caseload/{cast.parenting.id}")
    assert page.has("The mediator before you paused the trial")
    mailbox.take()


def test_its_return_session_moves_to_the_others_calendar(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    here = desk_of(cast, cast.mediator)
    assert here is not None
    session.arrange(here, session.Arrangement(NOW + timedelta(days=5), "Room 2"))
    handed(cast, visit(cast.mediator), cast.other_mediator)
    sent = {one["To"]: one for one in mailbox.take() if one["Subject"] != "Something needs your attention"}
    assert set(sent) == {"mediator@example.org", "other-mediator@example.org"}
    assert "METHOD:CANCEL" in calendar_of(sent["mediator@example.org"])
    assert "METHOD:REQUEST" in calendar_of(sent["other-mediator@example.org"])
    assert "School weeks" in calendar_of(sent["other-mediator@example.org"])


def test_what_was_being_typed_about_it_is_gone(cast: Cast) -> None:
    draft.begin(cast.mediator.id, cast.programme.id, {}, NOW, cast.parenting)
    draft.begin(cast.mediator.id, cast.programme.id, {}, NOW)
    hand_over.hand_over(cast.parenting.case_id, cast.mediator.id, cast.other_mediator.id, NOW)
    assert [one.case_id for one in draft.all_of(cast.mediator.id, cast.programme.id)] == [None]


@pytest.mark.parametrize("who", ["outsider", "administrator", "mediator", "parent_a"])
def test_only_another_mediator_of_the_programme_can_take_it(cast: Cast, visit: Visit, who: str) -> None:
    handed(cast, visit(cast.mediator), getattr(cast, who), 422)
    assert desk_of(cast, cast.mediator) is not None


@pytest.mark.parametrize("who", ["parent_b", "guest"])
def test_who_takes_part_in_a_case_never_becomes_its_mediator(cast: Cast, visit: Visit, who: str) -> None:
    person: Person = getattr(cast, who)
    with transaction():
        memberships.add(cast.programme, person, "mediator", NOW).used_at = NOW
    browser = visit(cast.mediator)
    page = browser.get(f"/caseload/{cast.parenting.id}/parties")
    assert browser.submit(page, "/handovers", 422, to=str(person.id)).has("They cannot take over this case.")
    assert desk_of(cast, person) is None


def test_who_was_invited_by_address_or_was_a_guest_takes_part_too(cast: Cast, visit: Visit) -> None:
    party = db.session.query(Party).filter_by(case_id=cast.parenting.case_id, key="A").one()
    party.person_id, party.email = None, "Other-Mediator@example.org"
    ended = db.session.query(Guest).filter_by(case_id=cast.parenting.case_id).one()
    ended.ended_at = NOW
    with transaction():
        memberships.add(cast.programme, cast.guest, "mediator", NOW).used_at = NOW
    for person in (cast.other_mediator, cast.guest):
        with pytest.raises(Refused, match="takes_part"):
            hand_over.hand_over(cast.parenting.case_id, cast.mediator.id, person.id, NOW)


def test_whose_case_it_is_is_asked_again_under_its_lock(cast: Cast) -> None:
    hand_over.hand_over(cast.parenting.case_id, cast.mediator.id, cast.other_mediator.id, NOW)
    with pytest.raises(Refused, match="gone"):  # a second tab of who has just given it away
        hand_over.hand_over(cast.parenting.case_id, cast.mediator.id, cast.other_mediator.id, NOW)
    with pytest.raises(Refused, match="gone"):  # a second administrator: somebody works on it
        hand_over.adopt(cast.parenting.case_id, cast.mediator.id, cast.administrator.id, NOW)


def test_a_draft_that_was_begun_too_late_is_nobodys(cast: Cast) -> None:
    hand_over.hand_over(cast.parenting.case_id, cast.mediator.id, cast.other_mediator.id, NOW)
    late = draft.begin(cast.mediator.id, cast.programme.id, {"people": {}}, NOW, cast.parenting)
    assert draft.find(late.id, cast.mediator.id, cast.programme.id) is None
    assert draft.all_of(cast.mediator.id, cast.programme.id) == []


def test_who_had_a_case_never_joins_it(cast: Cast, visit: Visit) -> None:
    party = db.session.query(Party).filter_by(case_id=cast.parenting.case_id, key="A").one()
    party.person_id = None
    old = invite.invite(party, NOW).token
    hand_over.hand_over(cast.parenting.case_id, cast.mediator.id, cast.other_mediator.id, NOW)
    assert invite.find(old, NOW) is None, "its link dies with the handover"
    fresh = invite.invite(party, NOW).token
    for person in (cast.mediator, cast.other_mediator):
        with pytest.raises(Refused, match="in_case"):
            invite.join(fresh, person, NOW)
        assert visit(person).get(f"/invitations/{fresh}").has("You are signed in here as the mediator.")


def test_what_the_one_before_saw_is_new_to_the_other(cast: Cast, visit: Visit, travel: Travel) -> None:
    message = safety.feels_unsafe(cast.here(cast.parent_a, cast.parenting), "At the door.", NOW)
    here = desk_of(cast, cast.mediator)
    assert here is not None
    assert safety.mark_seen(here, message.id, NOW)
    assert not visit(cast.mediator).get("/caseload").has("Needs you first")
    hand_over.hand_over(cast.parenting.case_id, cast.mediator.id, cast.other_mediator.id, NOW)
    desk = visit(cast.other_mediator)
    assert desk.get("/caseload").has("Needs you first")
    page = desk.get(f"/caseload/{cast.parenting.id}")
    assert page.has("At the door.")
    travel(NOW + timedelta(hours=1))
    desk.submit(page, "/seen")
    assert not desk.get("/caseload").has("Needs you first")


def test_the_pages_about_safety_and_confidentiality_always_say_who_it_is(cast: Cast, visit: Visit) -> None:
    for page in ("safety", "confidentiality"):
        assert visit(cast.parent_a).get(f"/trials/{cast.parenting.id}/{page}").has("Your mediator is Mediator.")


def test_in_a_closed_case_somebody_may_still_not_feel_safe(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    close.close(cast.parenting.case_id, NOW)
    assert not visit(cast.mediator).get("/caseload").has("School weeks")
    safety.feels_unsafe(cast.here(cast.parent_a, cast.parenting), "Still.", NOW)
    assert visit(cast.mediator).get("/caseload").has("School weeks")
    mine = db.session.query(Membership).filter_by(person_id=cast.mediator.id).one()
    memberships.end(cast.programme.id, mine.id, NOW)
    desk = visit(cast.administrator)
    page = desk.get("/programme")
    assert page.has("2 cases have no mediator any more")
    desk.submit(page, "/handovers", to=str(cast.other_mediator.id))
    assert visit(cast.other_mediator).get("/caseload").has("School weeks")
    assert db.session.get_one(Case, cast.parenting.case_id, populate_existing=True).closed_at is not None
    mailbox.take()


def test_an_administrator_hands_over_what_was_left_alone_and_reads_no_title(
    cast: Cast, visit: Visit, mailbox: Mailbox, travel: Travel
) -> None:
    desk = visit(cast.administrator)
    assert not desk.get("/programme").has("no mediator any more")
    mine = db.session.query(Membership).filter_by(person_id=cast.mediator.id).one()
    memberships.end(cast.programme.id, mine.id, NOW)
    page = desk.get("/programme")
    assert page.has("2 cases have no mediator any more")
    assert not page.has("School weeks")
    assert not page.has("Parent A")
    assert desk.submit(page, "/handovers", 422, to="").has("Choose who takes them over.")
    after = desk.follow(desk.submit(page, "/handovers", to=str(cast.other_mediator.id)))
    assert after.has("2 cases were handed over.")
    assert not after.has("no mediator any more")
    again = desk.follow(desk.submit(page, "/handovers", to=str(cast.other_mediator.id)))
    assert again.draws("2 cases were handed over.") == "done", "the answer that said so may have been lost"
    assert visit(cast.other_mediator).get("/caseload").has("Maple Street")
    actions = [one.action for one in db.session.query(AuditEntry).order_by(AuditEntry.number)]
    assert actions.count("case.handed_over") == 2
    mailbox.take()
    travel(NOW + timedelta(days=1))
    late = visit(cast.administrator)
    late.post("/programme/handovers", {"to": str(cast.other_mediator.id)})
    assert late.get("/programme").has("No case waits to be handed over.")


@pytest.mark.parametrize("role", ["administrator", "mediator"])
def test_an_administrator_gives_themselves_no_case_to_read(cast: Cast, visit: Visit, role: str) -> None:
    """Neither as a mediator besides, nor by another address that they add, nor through a colleague who does both."""
    second = cast.stranger if role == "mediator" else cast.other_mediator
    with transaction():
        memberships.add(cast.programme, cast.administrator, "mediator", NOW - timedelta(days=30)).used_at = NOW
        memberships.add(cast.programme, second, role, NOW).used_at = NOW
    for one in db.session.query(Membership).filter_by(role="mediator", programme_id=cast.programme.id).all():
        if one.person_id in (cast.mediator.id, cast.other_mediator.id) and one.person_id != second.id:
            memberships.end(one.programme_id, one.id, NOW)
    desk = visit(cast.administrator)
    assert desk.get("/programme").has("Nobody can take them over yet.")
    for person in (cast.administrator, second):
        desk.post("/programme/handovers", {"to": str(person.id)}, 422)
        assert desk_of(cast, person) is None


def test_who_takes_part_in_one_of_them_is_not_told(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    with transaction():
        memberships.add(cast.programme, cast.upstairs, "mediator", NOW).used_at = NOW - timedelta(days=20)
    mine = db.session.query(Membership).filter_by(person_id=cast.mediator.id).one()
    memberships.end(cast.programme.id, mine.id, NOW)
    desk = visit(cast.administrator)
    page = desk.follow(desk.submit(desk.get("/programme"), "/handovers", to=str(cast.upstairs.id)))
    assert page.has("2 cases were handed over.")
    assert desk_of(cast, cast.upstairs) is not None
    assert find.for_mediator(cast.other_mediator.id, cast.programme.id, cast.noise.id) is not None
    assert not hand_over.left_alone(cast.programme.id)
    mailbox.take()
