"""What browsers keep for us is signed with SHA-256, and counts for its own purpose alone."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Callable

from flask import Flask

from tests.cast import Cast
from tests.visitor import Visitor

Visit = Callable[..., Visitor]
SHA256 = 32  # bytes


def signature(value: str) -> bytes:
    text = value.rpartition(".")[2]
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_cookie_and_form_are_signed_with_sha_256(app: Flask, visit: Visit) -> None:
    browser = visit()
    page = browser.get("/sign-in").html
    cookie = browser.client.get_cookie("meanwhile")
    assert cookie is not None
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    assert len(signature(cookie.value)) == len(signature(token)) == SHA256


def test_a_changed_cookie_is_nobodys(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    browser.get(f"/trials/{cast.parenting.id}/today")
    cookie = browser.client.get_cookie("meanwhile")
    assert cookie is not None
    other = "A" if cookie.value[5] != "A" else "B"
    browser.client.set_cookie("meanwhile", cookie.value[:5] + other + cookie.value[6:])
    browser.get(f"/trials/{cast.parenting.id}/today", 303)


def test_what_was_signed_for_one_purpose_opens_no_other(app: Flask, cast: Cast, visit: Visit) -> None:
    """The session cookie's value as the address of a link, and as the browser that is known."""
    browser = visit(cast.parent_a)
    cookie = browser.client.get_cookie("meanwhile")
    assert cookie is not None
    browser.get(f"/addresses/{cookie.value}", 410)
