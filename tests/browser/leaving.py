"""Somebody leaves a phone, by Exit or by signing out, and comes back: for tests of what holds then."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.bad_network import BadNetwork
from tests.browser.phones import KEPT, Owner, Phone, all_sent
from tests.browser.silence import hanging
from tests.browser.steps import exit_is_near, leave, prepared

OUT = "Sign out"


def entered(phone: Phone, owner: Owner) -> Page:
    """The phone knows its owner, and has a neutral site to leave to."""
    page = prepared(phone, owner)
    exit_is_near(page)
    return page


def sign_out(page: Page) -> None:
    """The tap on *More*: a click would wait for the page behind it."""
    page.get_by_role("button", name=OUT).dispatch_event("click")


def signed_out(page: Page, owner: Owner) -> None:
    """The server asks who is there, and the phone has no key any more."""
    page.goto(f"/trials/{owner.trial}/today")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert "key " not in page.evaluate(KEPT)


def back(phone: Phone, page: Page, owner: Owner) -> None:
    """Its owner signs in again: what waited is sent."""
    phone.sign_in(owner.signs_in())
    page.goto(f"/trials/{owner.trial}/today")
    all_sent(page)


def no_page_from_before(page: Page, network: BadNetwork, place: str) -> None:
    """A second tab asks for a page, then its reader leaves by the first one: the late answer is not shown."""
    second = page.context.new_page()
    with hanging(network, place) as asked:
        second.evaluate("(place) => void setTimeout(() => location.assign(place))", network.url + place)
        assert asked.wait(10)
        leave(page)
        page.wait_for_timeout(500)
    expect(second.get_by_role("heading", name="Sign in")).to_be_visible()
