"""Recovery codes are there once their person says that they have them: the page that shows them may never arrive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.cast import Cast
from tests.conftest import NOW
from tests.front.invited import Invited, accept
from tests.front.test_second_step import app_code, by_code
from tests.mailbox import Mailbox
from tests.page import Page
from tests.visitor import Visitor
from tracker.db import db
from tracker.people import second_step
from tracker.people.model import Person, RecoveryCode

Visit = Callable[..., Visitor]
Travel = Callable[..., None]


def on(page: Page) -> list[str]:
    """The codes that a page shows."""
    return ["".join(item.itertext()) for item in page.all("li")]


def opens(person: Person, code: str) -> bool:
    return second_step.by_code(code, NOW, person.id) is not None


def kept(browser: Visitor) -> list[str]:
    """New codes, of which this person said that they have them."""
    page = browser.submit(browser.get("/devices"), "/recovery-codes", 200)
    browser.submit(page, "/recovery-codes/keepings")
    return on(page)


def test_whose_codes_never_came_is_not_told_that_there_are_some(
    invited: Invited, visit: Visit, mailbox: Mailbox, travel: Travel
) -> None:
    browser = visit()
    page = browser.follow(accept(browser, invited.first.token))
    page = browser.follow(browser.submit(page, "/reminders", email=""))
    browser.submit(page, "/recovery-codes", 200)  # and its answer was lost
    page = browser.get("/devices")
    assert not page.has("8 codes are left.")
    assert page.has("Without a recovery code you cannot come back by yourself.")
    assert browser.post("/sign-out", {}, 200).has("Could you come back?")
    travel(NOW + timedelta(days=1))
    assert len(kept(browser)) == 8, "nobody is asked for a proof that they cannot have"
    assert browser.get("/devices").has("8 codes are left.")
    assert browser.post("/sign-out").location == "/signed-out"


def test_a_code_with_a_typing_error_can_be_compared_where_it_was_typed(cast: Cast, visit: Visit) -> None:
    browser = visit()
    typed = second_step.new_codes(cast.parent_a.id, NOW)[0][:-1]
    page = browser.submit(browser.get("/sign-in/recovery"), "/sign-in/recovery", 422, code=typed)
    assert page.has("Compare it")
    (field,) = [e for e in page.all("input") if e.get("name") == "code"]
    assert field.get("value") == typed, "24 signs, and none of them was there any more"
    assert "code" not in field.get("class", "").split(), "as wide as six digits"


def test_the_codes_on_paper_work_until_the_new_ones_are_there(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit(cast.parent_a)
    old = kept(browser)
    page = browser.submit(browser.get("/devices"), "/recovery-codes", 200)
    assert page.has("The codes that you had work until you press the button.")
    assert opens(cast.parent_a, old[0])
    assert browser.get("/devices").has("7 codes are left.")
    for _ in range(2):  # the answer to the first was lost
        assert browser.submit(page, "/recovery-codes/keepings").location == "/devices"
    assert browser.get("/devices").has("8 codes are left.")
    assert not opens(cast.parent_a, old[1])
    assert opens(cast.parent_a, on(page)[0])
    mailbox.take()


def test_who_writes_them_down_and_goes_has_them(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit(cast.parent_a)
    old = kept(browser)
    new = on(browser.submit(browser.get("/devices"), "/recovery-codes", 200))
    page = browser.get("/devices")
    assert page.has("New codes were shown. Have you written them down?")
    assert opens(cast.parent_a, new[3]), "whoever types one has them on paper"
    assert not opens(cast.parent_a, old[0])
    page = browser.get("/devices")
    assert page.has("7 codes are left.")
    assert not page.has("Have you written them down?")
    new = on(browser.submit(page, "/recovery-codes", 200))
    browser.submit(browser.get("/devices"), "/recovery-codes/keepings")
    assert second_step.ways(cast.parent_a.id).codes == 8
    assert opens(cast.parent_a, new[0])
    mailbox.take()


def test_of_two_pages_only_the_newer_ones_codes_are_kept(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit(cast.parent_a)
    one, two = (browser.submit(browser.get("/devices"), "/recovery-codes", 200) for _ in range(2))
    page = browser.follow(browser.submit(one, "/recovery-codes/keepings"))
    assert page.has("Those codes do not work: newer ones were made after them.")
    assert second_step.ways(cast.parent_a.id).codes == 0
    assert not opens(cast.parent_a, on(one)[0])
    other = visit(cast.parent_b)
    other.post("/recovery-codes/keepings", {"made": str(two.form("/keepings")[1]["made"])})
    assert other.get("/devices").has("Those codes do not work"), "another person's word is none"
    assert second_step.ways(cast.parent_a.id).codes == 0
    browser.submit(two, "/recovery-codes/keepings")
    assert second_step.ways(cast.parent_a.id).codes == 8
    assert db.session.query(RecoveryCode).count() == 8
    mailbox.take()


def test_who_picks_up_an_open_phone_ends_no_codes(cast: Cast, visit: Visit, mailbox: Mailbox, travel: Travel) -> None:
    browser = visit(cast.parent_a)
    kept(browser)
    browser.submit(browser.get("/devices"), "/recovery-codes", 200)
    travel(NOW + timedelta(hours=1))
    assert not browser.get("/devices").has("Have you written them down?")
    mailbox.take()


def test_after_setting_up_an_app_it_is_the_same(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit()
    by_code(browser, mailbox)
    page = browser.get("/authenticator?next=/caseload")
    page = browser.submit(page, "/authenticator", 200, code=app_code(cast.mediator))
    assert second_step.ways(cast.mediator.id) == (False, True, 0)
    assert browser.submit(page, "/recovery-codes/keepings").location == "/caseload"
    assert second_step.ways(cast.mediator.id).codes == 8
    mailbox.take()
