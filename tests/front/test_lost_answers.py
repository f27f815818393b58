"""A way in whose answer was lost: the same form sent again by the same browser is the same sign-in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.conftest import NOW
from tests.front.invited import joined, propose_to, walk
from tests.front.signing_in import MAIL, ask, is_signed_in, wrong
from tests.front.test_second_step import app_code, by_code, with_app
from tests.mailbox import Mailbox, code_in, path_in
from tests.page import Page
from tests.visitor import Visitor
from tracker.cases import invite
from tracker.db import db
from tracker.people import second_step
from tracker.people.model import Device, Person

Visit = Callable[..., Visitor]
Travel = Callable[..., None]
WAYS = ("/sign-in/recovery", "/sign-in/code", "link")


class Lost:
    """A form, and what this browser kept before it was sent: neither a cookie nor a page came back."""

    def __init__(self, browser: Visitor, page: Page, action: str, expect: int = 303, **values: object) -> None:
        self.browser, (self.url, fields) = browser, page.form(action)
        self.fields = fields | values
        self.send(expect)

    def send(self, expect: int = 303) -> None:
        """Send it, and lose the answer; the next one is kept."""
        kept = dict(self.browser.client._cookies or {})
        self.browser.post(self.url, self.fields, expect)
        self.browser.client._cookies = kept

    def again(self, expect: int = 303, **values: object) -> Page:
        """Send it once more, and get the answer."""
        return self.browser.post(self.url, self.fields | values, expect)


def lost(way: str, browser: Visitor, mailbox: Mailbox, person: Person, *, shared: bool = False) -> Lost:
    """The last form of a way in, sent; its answer was lost."""
    if way == "/sign-in/recovery":
        code = second_step.new_codes(person.id, NOW)[0]
        form = Lost(browser, browser.get(way), way, code=code)
    else:
        ask(browser, shared=shared)
        message = mailbox.one(MAIL)
        way = path_in(message) if way == "link" else way
        form = Lost(browser, browser.get(way), way, code=code_in(message))
    assert mailbox.one(MAIL)["Subject"] == "A new sign-in"
    return form


@pytest.mark.parametrize("way", WAYS)
def test_sent_again_it_is_the_same_sign_in(cast: Cast, visit: Visit, mailbox: Mailbox, way: str) -> None:
    browser = visit()
    form = lost(way, browser, mailbox, cast.parent_a)
    assert not is_signed_in(browser)
    form.send()
    form.again()
    assert is_signed_in(browser)
    assert [device.ended_at for device in db.session.query(Device).filter_by(person_id=cast.parent_a.id)] == [None]
    assert browser.client.get_cookie("known") is not None


@pytest.mark.parametrize("way", WAYS)
def test_on_a_shared_device_it_is_a_shared_one(
    cast: Cast, visit: Visit, mailbox: Mailbox, travel: Travel, way: str
) -> None:
    browser = visit()
    form = lost(way, browser, mailbox, cast.parent_a, shared=way == "/sign-in/code")  # said on the page before
    form.again(shared="yes")
    cookie = browser.client.get_cookie("meanwhile")
    assert cookie is not None
    assert not cookie.max_age
    assert browser.client.get_cookie("known") is None
    travel(NOW + timedelta(hours=1))
    assert not is_signed_in(browser)


@pytest.mark.parametrize("way", WAYS)
def test_another_browser_gets_nothing_for_it(cast: Cast, visit: Visit, mailbox: Mailbox, way: str) -> None:
    form, thief = lost(way, visit(), mailbox, cast.parent_a), visit()
    ask(thief)  # or else there is no form for a code
    thief.post(form.url, {"code": form.fields["code"]}, 410 if way == "link" else 422)
    assert not is_signed_in(thief)
    assert mailbox.one(MAIL)["Subject"] == "Your code"


@pytest.mark.parametrize("way", WAYS)
def test_it_is_over_after_minutes_or_with_the_sign_in(
    cast: Cast, visit: Visit, mailbox: Mailbox, travel: Travel, way: str
) -> None:
    browser, refused = visit(), 410 if way == "link" else 422
    form = lost(way, browser, mailbox, cast.parent_a)
    before = dict(browser.client._cookies or {})
    form.again()
    browser.post("/sign-out")
    browser.client._cookies = dict(before)
    form.again(refused)
    late = lost(way, browser, mailbox, cast.parent_a)
    travel(NOW + timedelta(minutes=10))
    late.again(refused)
    assert not is_signed_in(browser)


def test_nobody_guesses_a_code_that_was_right(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit()
    form = lost("/sign-in/code", browser, mailbox, cast.parent_a)
    for _ in range(4):
        form.again(422, code=wrong(str(form.fields["code"])))
    form.again(422)
    assert not is_signed_in(browser)


def rows(person: Person) -> list[tuple[bool, bool]]:
    """Of each sign-in of this person, whether it is proved, and whether it has ended."""
    db.session.rollback()
    found = db.session.query(Device).filter_by(person_id=person.id).order_by(Device.proved_at.is_(None))
    return [(one.proved_at is not None, one.ended_at is not None) for one in found]


@pytest.mark.parametrize("paper", [False, True])
def test_the_second_step_sent_again_is_done(cast: Cast, visit: Visit, mailbox: Mailbox, paper: bool) -> None:
    with_app(cast.mediator)
    codes = second_step.new_codes(cast.mediator.id, NOW)
    browser = visit()
    by_code(browser, mailbox)
    page = browser.get("/second-step?next=/caseload")
    form = Lost(browser, page, "/second-step", code=codes[0] if paper else app_code(cast.mediator))
    assert is_signed_in(browser), "the sign-in of before is there until the new one has come"
    browser.get("/caseload", 303)
    form.again(422, code="000000")
    form.send()
    assert form.again().location == "/caseload"
    browser.get("/caseload")
    assert rows(cast.mediator) == [(True, False), (False, True)]
    assert len(mailbox.take()) == paper, "once"


def test_five_guesses_of_a_second_step_that_was_right_end_it(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    with_app(cast.mediator)
    browser = visit()
    by_code(browser, mailbox)
    form = Lost(browser, browser.get("/second-step"), "/second-step", code=app_code(cast.mediator))
    for n in range(5):
        form.again(422 if n < 4 else 303, code="000000")
    assert not is_signed_in(browser)


@pytest.mark.parametrize("who", ["mediator", "parent_a"])
def test_an_app_whose_set_up_is_sent_again_is_set_up(cast: Cast, visit: Visit, mailbox: Mailbox, who: str) -> None:
    person: Person = getattr(cast, who)
    browser = visit()
    by_code(browser, mailbox, str(person.email))
    page = browser.get("/authenticator?next=/places")
    form = Lost(browser, page, "/authenticator", 200, code=app_code(person))
    assert is_signed_in(browser), "who has no other way in would be out"
    page = form.again(200)
    assert page.has("The app is set up.")
    assert len(page.all("li")) >= 8
    assert browser.submit(page, "/recovery-codes/keepings").location == "/places"
    assert rows(person) == [(True, False), (False, True)]
    assert mailbox.one(str(person.email))["Subject"] == "Your sign-in"


@pytest.mark.parametrize("path", ["/second-step", "/authenticator"])
def test_half_a_page_that_is_loaded_again_says_what_was_done(
    cast: Cast, visit: Visit, mailbox: Mailbox, path: str
) -> None:
    """The cookie came and the page did not: the form that is sent again has the token of the sign-in before."""
    step = path == "/second-step"
    if step:
        with_app(cast.mediator)
    browser, status = visit(), 303 if step else 200
    by_code(browser, mailbox)
    url, fields = browser.get(f"{path}?next=/caseload").form(path)
    fields |= {"code": app_code(cast.mediator)}
    browser.post(url, fields, status)
    page = browser.post(url, fields, status, headers={"Sec-Fetch-Site": "same-origin"})
    assert page.location == "/caseload" if step else page.has("The app is set up.")
    browser.post(url, fields, 400, headers={"Sec-Fetch-Site": "cross-site"})
    mailbox.take()


def test_another_code_whose_page_never_came_works(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    """The browser keeps what it had, and the newest mail's code is typed into the page of the one before."""
    browser = visit()
    ask(browser)
    first = code_in(mailbox.one(MAIL))
    form = Lost(browser, browser.get("/sign-in/code"), "/sign-in")
    second = code_in(mailbox.one(MAIL))
    page = browser.get("/sign-in/code")
    browser.submit(page, "/sign-in/code", 422, code=first)
    form.send()
    third = code_in(mailbox.one(MAIL))
    browser.submit(page, "/sign-in/code", 422, code=second)
    browser.submit(page, "/sign-in/code", code=third)
    assert is_signed_in(browser)
    assert mailbox.one(MAIL)["Subject"] == "A new sign-in"


def test_a_code_that_is_asked_for_after_a_lost_sign_in_works(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit()
    old = lost("/sign-in/code", browser, mailbox, cast.parent_a)
    Lost(browser, browser.get("/sign-in/code"), "/sign-in")
    new = code_in(mailbox.one(MAIL))
    old.again(422)
    old.again(code=new)
    assert is_signed_in(browser)
    assert mailbox.one(MAIL)["Subject"] == "A new sign-in"


@pytest.mark.parametrize("again", [False, True])
def test_who_joined_or_came_back_and_never_heard_is_let_on(cast: Cast, visit: Visit, again: bool) -> None:
    """A newcomer has no other way in: without this their mediator would have to help."""
    case = propose_to(cast, [None, None])
    if again:
        invite.join_as_new(case.first.token, NOW)
    token = invite.invite(case.parties[0], NOW, again=True).token if again else case.first.token
    browser = visit()
    form = Lost(browser, walk(browser, token), "/acceptances")
    person = joined(case.parties[0])
    assert form.again().location == f"/trials/{case.trial.id}/welcome/reminders"
    assert joined(case.parties[0]) == person
    assert browser.get(f"/trials/{case.trial.id}/welcome/reminders").has("Your email address")
    thief = visit()
    thief.post(f"/invitations/{token}/acceptances", {"version": "1"}, 404)
    assert thief.client.get("/places").status_code == 303
