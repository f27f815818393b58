"""A programme's settings: whom its parties call in danger, and what it says about confidentiality where it works."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.front.test_second_step import with_app
from tests.mailbox import Mailbox
from tests.party.day import url
from tests.visitor import Visitor
from tracker.db import db
from tracker.people import memberships, second_step
from tracker.people.model import ProgrammeText

Visit = Callable[..., Visitor]


def test_another_country_has_other_numbers(cast: Cast, visit: Visit) -> None:
    desk = visit(cast.administrator)
    page = desk.get("/programme/settings")
    assert page.has("Usual numbers, United States."), "also while another country is chosen and not saved"
    desk.submit(page, "/programme/settings", country="DE")
    assert desk.get("/programme/settings").has("Usual numbers, Germany.")
    assert visit(cast.parent_a).get(url(cast.parenting, "safety")).has("110 · Police")


def test_its_own_numbers_take_their_place(cast: Cast, visit: Visit) -> None:
    desk = visit(cast.administrator)
    page = desk.get("/programme/settings")
    desk.submit(page, "/programme/settings", numbers="Emergency: 911\nOur line, day and night: 555 0100")
    shown = visit(cast.parent_a).get(url(cast.parenting, "safety"))
    assert shown.has("Our line, day and night")
    assert not shown.has("National Domestic Violence Hotline")
    desk.submit(desk.get("/programme/settings"), "/programme/settings", numbers="")
    assert visit(cast.parent_a).get(url(cast.parenting, "safety")).has("National Domestic Violence Hotline")


@pytest.mark.parametrize(
    "numbers", ["911", "Emergency: none", ": 911", "Emergency: 1", "x" * 81 + ": 911", "a: 911\n" * 9]
)
def test_what_nobody_could_dial_is_not_kept(cast: Cast, visit: Visit, numbers: str) -> None:
    desk = visit(cast.administrator)
    page = desk.submit(desk.get("/programme/settings"), "/programme/settings", 422, numbers=numbers)
    assert page.has("such as “Emergency: 112”")
    assert page.has(f"This line is not one: “{numbers.strip()[:60]}”.") is ("\n" not in numbers), "which one it is"
    assert visit(cast.parent_a).get(url(cast.parenting, "safety")).has("911 · Emergency")


def test_each_text_is_a_version(cast: Cast, visit: Visit) -> None:
    desk = visit(cast.administrator)
    for words in ("The first.", "The first.", "The second."):
        desk.submit(desk.get("/programme/settings"), "/programme/settings", text=words)
    assert [(one.number, one.text) for one in db.session.query(ProgrammeText).order_by(ProgrammeText.number)] == [
        (1, "The first."), (2, "The second."),
    ]  # fmt: skip  # read in rows, as it is laid out
    assert visit(cast.parent_a).get(url(cast.parenting, "confidentiality")).has("The second.")
    assert not visit(cast.stranger).get(url(cast.strangers, "confidentiality")).has("The first.")


def test_a_country_that_is_none(cast: Cast, visit: Visit) -> None:
    desk = visit(cast.administrator)
    desk.post("/programme/settings", {"country": "Atlantis"}, 422)


def test_who_lost_the_second_step_is_helped(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    with_app(cast.mediator)
    second_step.new_codes(cast.mediator.id, cast.mediator.created_at)
    theirs, desk = visit(cast.mediator), visit(cast.administrator)
    membership = next(m.id for m, p in memberships.people_of(cast.programme.id) if p.id == cast.mediator.id)
    assert desk.follow(desk.post(f"/programme/memberships/{membership}/second-step-resets")).has("Mediator sets up")
    assert mailbox.one("mediator@example.org")["Subject"] == "Your sign-in"
    assert second_step.ways(cast.mediator.id) == (False, False, 0)
    theirs.get("/caseload", 303)
    visit(cast.outsider).post(f"/programme/memberships/{membership}/second-step-resets", {}, 404)


def test_a_page_that_was_open_for_long_undoes_nothing(cast: Cast, visit: Visit) -> None:
    one, other = visit(cast.administrator), visit(cast.administrator)
    old = one.get("/programme/settings")
    other.submit(other.get("/programme/settings"), "/programme/settings", country="GB", text="Ask us.\r\nAny day.")
    back = one.submit(old, "/programme/settings", 422, numbers="Emergency")
    one.submit(back, "/programme/settings", numbers="Emergency: 112")
    db.session.expire_all()
    assert (cast.programme.country, cast.programme.emergency) == ("GB", [{"name": "Emergency", "number": "112"}])
    assert [text.text for text in db.session.query(ProgrammeText)] == ["Ask us.\nAny day."]


def test_what_two_changed_is_shown_before_it_is_replaced(cast: Cast, visit: Visit) -> None:
    one, other = visit(cast.administrator), visit(cast.administrator)
    old = one.get("/programme/settings")
    other.submit(other.get("/programme/settings"), "/programme/settings", text="Ask us.", country="GB")
    back = one.submit(old, "/programme/settings", 422, text="Ask Ann.", country="DE")
    assert back.has("On another page this was changed meanwhile: “Ask us.”")
    assert back.has("On another page this was changed meanwhile: “United Kingdom”")
    one.submit(back, "/programme/settings")
    assert [text.text for text in db.session.query(ProgrammeText).order_by(ProgrammeText.number)] == [
        "Ask us.",
        "Ask Ann.",
    ]
    one.submit(back, "/programme/settings", text="Ask Ann.")  # the same words again: its first answer was lost
    assert db.session.query(ProgrammeText).count() == 2
