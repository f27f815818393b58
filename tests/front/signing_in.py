"""A browser that asks for a code and enters it."""

from __future__ import annotations

from collections.abc import Callable

from tests.page import Page
from tests.visitor import Visitor

Visit = Callable[..., Visitor]
MAIL = "parent-a@example.org"


def ask(browser: Visitor, email: str = MAIL, *, shared: bool = False) -> Page:
    more = {"shared": "yes"} if shared else {}
    return browser.submit(browser.get("/sign-in"), "/sign-in", 303, None, email=email, **more)


def enter(browser: Visitor, code: str, expect: int = 303) -> Page:
    return browser.submit(browser.get("/sign-in/code"), "/sign-in/code", expect, code=code)


def is_signed_in(browser: Visitor) -> bool:
    return browser.client.get("/places").status_code == 200


def wrong(code: str) -> str:
    return f"{(int(code.replace(' ', '')) + 1) % 10**6:06}"
