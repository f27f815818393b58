"""Devices and sign-in: where a person is signed in, ending that, and changing it only by who shows that it is them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.cast import Cast
from tests.conftest import NOW
from tests.front.signing_in import ask, enter, is_signed_in
from tests.mailbox import Mailbox, code_in, path_in
from tests.visitor import Visitor
from tracker.db import db
from tracker.people import second_step
from tracker.people.model import Device, Passkey, Person

Visit = Callable[..., Visitor]


def test_the_list_and_signing_out_one(cast: Cast, visit: Visit) -> None:
    here, there, other = visit(cast.parent_a), visit(cast.parent_a), visit(cast.parent_b)
    page = here.get("/devices")
    assert page.has("this device")
    ends = [form.get("action") or "" for form in page.all("form") if "/endings" in (form.get("action") or "")]
    mine = [action for action in ends if action != "/devices/endings"]
    assert len(mine) == 2  # not Parent B's
    away = next(action for action in mine if str(_device_of(here)) not in action)
    assert here.follow(here.post(away)).has("Nobody is signed in there any more")
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert is_signed_in(other)


def test_signing_out_everywhere(cast: Cast, visit: Visit) -> None:
    browsers, other = [visit(cast.parent_a) for _ in range(3)], visit(cast.parent_b)
    page = browsers[0].submit(browsers[0].get("/devices"), "/devices/endings")
    assert browsers[0].follow(page).has("You are signed out")
    assert not any(is_signed_in(browser) for browser in browsers)
    assert is_signed_in(other)


def test_nobody_ends_anothers(cast: Cast, visit: Visit) -> None:
    other, thief = visit(cast.parent_b), visit(cast.parent_a)
    thief.post(f"/devices/{_device_of(other)}/endings")
    assert is_signed_in(other)


def test_an_open_phone_is_not_enough_to_make_a_way_in(
    cast: Cast, visit: Visit, mailbox: Mailbox, travel: Callable[..., None]
) -> None:
    """Whoever picks it up can neither add a passkey nor get recovery codes; its person shows that it is them."""
    browser = visit(cast.parent_a)
    travel(NOW + timedelta(minutes=15))
    page = browser.get("/devices")
    assert page.has("show once more that it is you")
    assert not any("recovery" in (form.get("action") or "") for form in page.all("form"))
    assert browser.post("/recovery-codes").location == "/second-step?next=/devices"
    browser.post("/passkey-challenges", {"purpose": "add"}, 404)
    assert second_step.ways(cast.parent_a.id).codes == 0
    page = browser.get("/second-step?next=/devices")
    browser.submit(page, "/sign-in")
    assert enter(browser, code_in(mailbox.one("parent-a@example.org"))).location == "/devices"
    assert browser.submit(browser.get("/devices"), "/recovery-codes", 200).has("Write them down now")
    mailbox.one("parent-a@example.org")


def test_a_party_without_an_address_comes_back_by_a_recovery_code(
    cast: Cast, visit: Visit, mailbox: Mailbox, travel: Callable[..., None]
) -> None:
    db.session.get_one(Person, cast.parent_a.id).email = None
    db.session.commit()
    browser = visit(cast.parent_a)
    travel(NOW + timedelta(days=2))
    page = browser.get("/devices")
    assert page.has("Without a recovery code you cannot come back by yourself")
    page = browser.submit(page, "/recovery-codes", 200)
    codes = ["".join(item.itertext()) for item in page.all("li")]
    browser.submit(page, "/recovery-codes/keepings")
    browser.post("/sign-out")
    page = browser.get("/sign-in/recovery")
    assert page.has(f"{len(codes[3].replace('-', ''))} letters and digits.")
    browser.submit(page, "/sign-in/recovery", 422, code="AAAA-BBBB-CCCC-DDDD")
    browser.submit(page, "/sign-in/recovery", code=codes[3].lower().replace("-", " "))
    assert browser.get(f"/trials/{cast.parenting.id}/today").has("As planned today")
    again = visit()
    again.submit(again.get("/sign-in/recovery"), "/sign-in/recovery", 422, code=codes[3])
    assert second_step.ways(cast.parent_a.id).codes == 7
    assert "The codes that you have stop working once" in browser.get("/devices").asks("/recovery-codes")


def test_who_could_not_come_back_hears_so_before_signing_out(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    db.session.get_one(Person, cast.parent_a.id).email = None
    db.session.commit()
    browser = visit(cast.parent_a)
    page = browser.post("/sign-out", {}, 200)
    assert page.has("You could not come back")
    assert is_signed_in(browser)
    page = browser.get("/devices")
    page = browser.submit(page, "/addresses", 422, email="nobody")
    assert page.has("Write an email address")
    assert "#email" in page.links()
    assert page.form("/addresses")[1]["email"] == "nobody"
    for email in ("mine@example.org", "mediator@example.org"):  # one that nobody has, one that somebody has
        page = browser.follow(browser.submit(page, "/addresses", email=email))
        assert page.has(f"We wrote to {email}.")
    paths = {message["To"]: path_in(message) for message in mailbox.take()}
    browser.post(paths["mediator@example.org"], {}, 410)
    browser.post(paths["mine@example.org"], {}, 200)
    assert db.session.get_one(Person, cast.parent_a.id, populate_existing=True).email == "mine@example.org"
    assert browser.post("/sign-out").location == "/signed-out"


def test_who_picks_up_an_open_phone_adds_no_address_of_their_own(
    cast: Cast, visit: Visit, mailbox: Mailbox, travel: Callable[..., None]
) -> None:
    db.session.get_one(Person, cast.parent_a.id).email = None
    second_step.new_codes(cast.parent_a.id, NOW)
    assert second_step.keep_codes(cast.parent_a.id, second_step.shown(cast.parent_a.id))
    db.session.commit()
    browser = visit(cast.parent_a)
    mailbox.take()
    travel(NOW + timedelta(days=2))
    assert not browser.get("/devices").has("Your email address")
    assert browser.post("/addresses", {"email": "mine@example.org"}).location == "/second-step?next=/devices"
    assert not mailbox.take()


def test_signing_out_for_good_is_possible(cast: Cast, visit: Visit) -> None:
    db.session.get_one(Person, cast.parent_a.id).email = None
    db.session.commit()
    browser = visit(cast.parent_a)
    browser.submit(browser.post("/sign-out", {}, 200), "/sign-out", button="Sign out all the same")
    assert not is_signed_in(browser)


def test_new_codes_end_the_old_ones(cast: Cast, visit: Visit) -> None:
    old = second_step.new_codes(cast.parent_a.id, NOW)
    new = second_step.new_codes(cast.parent_a.id, NOW)
    assert second_step.by_code(old[0], NOW) is None
    found = second_step.by_code(new[0], NOW)
    assert found is not None
    assert found.id == cast.parent_a.id


def test_a_removed_app_no_longer_counts(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    from tests.front.test_second_step import app_code, with_app

    with_app(cast.parent_a)
    browser = visit()
    ask(browser)
    enter(browser, code_in(mailbox.one("parent-a@example.org")))
    browser.submit(browser.get("/devices"), "/authenticator/removals")
    mailbox.one("parent-a@example.org")
    assert not second_step.ways(cast.parent_a.id).app
    with_app(cast.parent_a)
    assert second_step.by_app(cast.parent_a.id, app_code(cast.parent_a), NOW)


def test_a_party_does_not_take_an_app_for_a_lock_that_it_is_not(cast: Cast, visit: Visit) -> None:
    """They are not asked for a second step when they sign in: see SECURITY-RULES.md."""
    said = "You are not asked for it when you sign in."
    for person, told in ((cast.parent_a, True), (cast.guest, True), (cast.mediator, False)):
        assert visit(person).get("/devices").has(said) == told
    page = visit(cast.parent_a).get("/second-step?next=/devices")
    assert page.has("You get a code by email, as when you sign in.")
    assert not page.has("Or begin again"), "there is nothing else"


def test_a_passkey_that_is_removed_twice_is_removed(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    mine, other = (
        Passkey(person_id=who.id, credential=who.name, public_key=b"", sign_count=0, name="Phone", created_at=NOW)
        for who in (cast.parent_a, cast.parent_b)
    )
    db.session.add_all([mine, other])
    db.session.commit()
    browser, theirs = visit(cast.parent_a), f"/passkeys/{other.id}/removals"
    page = browser.get("/devices")
    assert browser.follow(browser.submit(page, "/removals")).has("Removed. It no longer signs anybody in.")
    again = browser.follow(browser.submit(page, "/removals"))
    assert again.has("It is not among your passkeys any more."), "the answer that said so was lost"
    browser.post(theirs)
    assert second_step.ways(cast.parent_b.id).passkeys
    assert mailbox.one("parent-a@example.org")["Subject"] == "Your sign-in"


def _device_of(browser: Visitor) -> object:
    from tracker.people.devices import digest

    with browser.client.session_transaction() as session:
        token = session["_user_id"]
    return db.session.query(Device).filter_by(token_hash=digest(token)).one().id
