"""Passkeys in a real browser, with an authenticator that the browser plays: add, sign in, second step, remove."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Route, expect

from tests.apart import apart
from tests.browser.stage import Stage
from tracker.config import load
from tracker.db import db
from tracker.people.model import Device, Passkey, Person

INTERNAL = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip  # read in rows, as it is laid out


class Hand:
    """A person's browser with a security chip in it. Passkeys need a host's name, so it goes to `localhost`."""

    def __init__(self, stage: Stage, context: BrowserContext) -> None:
        self.base = stage.url.replace("127.0.0.1", "localhost")
        self.page: Page = context.new_page()
        self.cdp: CDPSession = context.new_cdp_session(self.page)
        self.cdp.send("WebAuthn.enable")
        self.chip = str(self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": INTERNAL})["authenticatorId"])

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def lose(self, path: str, name: str) -> None:
        """Press a button. The server does what it asks for, and the answer never arrives; then load the page again."""

        def meet(route: Route) -> None:
            at = urlsplit(self.base).netloc
            with closing(http.client.HTTPConnection(at.replace("localhost", "127.0.0.1"))) as connection:
                sent = {key: value for key, value in route.request.all_headers().items() if not key.startswith(":")}
                connection.request("POST", path, route.request.post_data_buffer, sent | {"host": at})
                connection.getresponse().read()
            route.abort("connectionreset")

        self.page.route(f"**{path}", meet, times=1)
        with self.page.expect_event("requestfailed"):
            self.press(name)
        self.page.wait_for_url(lambda url: url.startswith("chrome-error:"))
        self.page.reload()

    def enter_demo(self, who: str) -> None:
        self.go("/demo")
        self.page.get_by_role("button", name=f"Enter as {who}").first.click()
        self.page.wait_for_url(lambda url: "/demo" not in url)


@pytest.fixture
def hand(stage: Stage, browser: Browser) -> Iterator[Hand]:
    context = stage.enter(browser, "")
    yield Hand(stage, context)
    context.close()
    stage.enter_again("parent-a@demo.invalid")  # "everywhere" is everywhere, and other tests go on


def test_add_sign_in_remove(stage: Stage, hand: Hand) -> None:
    hand.enter_demo("Parent A")
    hand.go("/devices")
    hand.page.get_by_label("A name for it").fill("My phone")
    hand.press("Add a passkey")
    expect(hand.page.get_by_text("Write them down now")).to_be_visible()
    hand.go("/devices")
    expect(hand.page.get_by_text("My phone").first).to_be_visible()
    hand.page.get_by_role("button", name="Add a passkey").click()  # the same chip has one already
    expect(hand.page.locator("form [data-failed]")).to_be_visible()
    hand.press("Sign out everywhere")
    expect(hand.page.get_by_text("You are signed out")).to_be_visible()

    hand.go(f"/trials/{stage.trials['School weeks']}/calendar")
    hand.press("Sign in with a passkey")
    hand.page.wait_for_url(lambda url: url.startswith(hand.base + "/trials/"))

    hand.go("/devices")
    hand.page.get_by_role("button", name="Remove My phone").click()
    expect(hand.page.get_by_text("It no longer signs anybody in")).to_be_visible()
    hand.press("Sign out everywhere")
    hand.page.wait_for_url("**/signed-out")
    hand.go("/sign-in")
    hand.press("Sign in with a passkey")
    expect(hand.page.get_by_text("That passkey was not taken")).to_be_visible()


def test_a_mediators_passkey_is_both_steps(stage: Stage, hand: Hand) -> None:
    """The first sign-in by code leads to setting one up; the next one is one touch and opens the caseload.

    Both, although the network loses the first answer.
    """
    hand.enter_demo("Mediator")
    with apart(load({"DATA": str(stage.data), "DEMO": "1"})):  # as if this sign-in had come by email
        mediator = db.session.query(Person).filter_by(email="mediator@demo.invalid").one()
        db.session.query(Passkey).filter_by(person_id=mediator.id).delete()
        db.session.query(Device).filter_by(person_id=mediator.id, how="demo").update({"proved_at": None})
        db.session.commit()
    hand.go("/caseload")
    expect(hand.page.get_by_role("heading", name="Set up your second step")).to_be_visible()
    hand.lose("/passkeys", "Add a passkey")
    hand.page.get_by_role("button", name="I have written them down").click()
    hand.page.wait_for_url(hand.base + "/caseload")
    hand.press("Sign out")
    hand.page.wait_for_url("**/signed-out")
    hand.go("/sign-in?next=/caseload")
    hand.lose("/sign-in/passkey", "Sign in with a passkey")
    hand.page.wait_for_url(hand.base + "/caseload")
    expect(hand.page.get_by_role("heading", name="Caseload")).to_be_visible()


def test_elsewhere_the_button_is_not_offered(stage: Stage, browser: Browser) -> None:
    """Passkeys belong to one address. On another one of the same server, and without scripts, nothing is broken."""
    with stage.enter(browser, "") as context:
        page = context.new_page()
        page.goto("/sign-in")
        expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
        expect(page.get_by_role("button", name="Send me a code")).to_be_visible()
