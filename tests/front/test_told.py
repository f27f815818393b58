"""A new sign-in is told to its person, discreetly; a browser that they used before is not news."""

from __future__ import annotations

from collections.abc import Callable

from tests.cast import Cast
from tests.front.signing_in import MAIL, ask, is_signed_in
from tests.mailbox import Mailbox, code_in, text_of
from tests.visitor import Visitor

Visit = Callable[..., Visitor]
PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


def sign_in(browser: Visitor, mailbox: Mailbox, *, shared: bool = False) -> None:
    ask(browser, shared=shared)
    data = {"csrf_token": browser.token(), "code": code_in(mailbox.one(MAIL))}
    browser.client.post("/sign-in/code", data=data, headers={"User-Agent": PHONE})
    assert is_signed_in(browser)


def test_when_and_with_what_and_no_more(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    sign_in(visit(), mailbox)
    message = mailbox.one(MAIL)
    assert message["Subject"] == "A new sign-in"
    assert "Tue 10 Mar, 18:00 (UTC) with Firefox, Android." in text_of(message)
    assert "/devices" in text_of(message)
    html = message.get_body(("html",))
    assert html is not None
    for word in ("trial", "mediat", "plan", "parent", "riverside"):
        assert word not in f"{message['From']} {text_of(message)} {html.get_content()}".lower().replace(MAIL, "")


def test_the_same_browser_is_news_once(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit()
    for n in range(3):
        sign_in(browser, mailbox)
        assert len(mailbox.take()) == (1 if n == 0 else 0)
        browser.post("/sign-out")


def test_a_shared_device_is_news_each_time_and_keeps_nothing(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit()
    for _ in range(2):
        sign_in(browser, mailbox, shared=True)
        mailbox.one(MAIL)
        browser.post("/sign-out")
        assert browser.client.get_cookie("known") is None


def test_exit_takes_what_the_browser_knew(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser = visit()
    sign_in(browser, mailbox)
    mailbox.one(MAIL)
    assert browser.client.get_cookie("known") is not None
    browser.post("/exit")
    assert browser.client.get_cookie("known") is None


def test_what_the_browser_keeps_says_nothing_to_others(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    browser, thief = visit(), visit()
    sign_in(browser, mailbox)
    mailbox.one(MAIL)
    cookie = browser.client.get_cookie("known")
    assert cookie is not None
    assert "parent" not in cookie.value
    thief.client.set_cookie("known", cookie.value)
    assert not is_signed_in(thief)


def test_a_mail_has_no_space_that_only_looks_like_one(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    """On a page a date never breaks over two lines; in a plain text it is found and copied as anybody types it."""
    sign_in(visit(), mailbox)
    assert "\N{NO-BREAK SPACE}" not in text_of(mailbox.one(MAIL))
    browser = visit(cast.parent_a)
    browser.post(f"/trials/{cast.parenting.id}/observations", {"kind": "day", "day": "2026-03-09", "all": "kept"})
    assert (
        "Mon\N{NO-BREAK SPACE}9\N{NO-BREAK SPACE}Mar"
        in browser.get(f"/trials/{cast.parenting.id}/days/2026-03-09").html
    )
