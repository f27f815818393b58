"""A browser that asks for a code and enters it."""

from __future__ import annotations

from collections.abc import Callable

from tests.mailbox import Mailbox
from tests.page import Page
from tests.visitor import Visitor

Visit = Callable[..., Visitor]
MAIL = "parent-a@example.org"


def ask(browser: Visitor, email: str = MAIL, *, shared: bool = False) -> Page:
    more = {"shared": "yes"} if shared else {}
    return browser.submit(browser.get("/sign-in"), "/sign-in", 303, None, email=email, **more)


def enter(browser: Visitor, code: str, expect: int = 303) -> Page:
    page = browser.submit(browser.get("/sign-in/code"), "/sign-in/code", expect, code=code)
    if expect == 303:
        expect_news(browser)
    return page


def expect_news(browser: Visitor) -> None:
    """The message that somebody signed in on a browser that was not known. See `test_told.py`."""
    messages = Mailbox(browser.app.extensions["config"].data).take()
    assert [message["Subject"] for message in messages] == ["A new sign-in"]


def is_signed_in(browser: Visitor) -> bool:
    return browser.client.get("/places").status_code == 200


def wrong(code: str) -> str:
    return f"{(int(code.replace(' ', '')) + 1) % 10**6:06}"
