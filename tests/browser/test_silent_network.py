"""A network that says nothing: what is asked never arrives, and nobody is told. Most dead networks are so."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from playwright.sync_api import Dialog, Error, Page, expect

from tests.browser.bad_network import BadNetwork
from tests.browser.phones import KEPT, Owner, Phone, all_sent, owners
from tests.browser.stage import Stage
from tests.browser.steps import moment, prepared, send, stored, written

SAVED = "Saved on this phone. It will be sent when you are online."
SOON = 6_000  # milliseconds: for these impatient phones it is long; a browser by itself waits for ever
LEAVE = """() => {
  const form = Object.assign(document.createElement("form"), { method: "post", action: "/sign-out" });
  form.dataset.left = "{n} would wait here.";
  document.querySelector("main").append(form);
  form.requestSubmit();
}"""


def impatient(network: BadNetwork) -> None:
    """The same worker, with a tenth of the patience: these tests wait for it."""
    change = {b"8e3": b"800", b"3e4": b"3e3"}
    network.change = lambda path, body: re.sub(b"8e3|3e4", lambda at: change[at[0]], body) if "work" in path else body


@contextmanager
def hanging(network: BadNetwork, path: str) -> Iterator[threading.Event]:
    """The first answer from there is kept back until the end of this; the event says that there is one."""
    asked, over, before = threading.Event(), threading.Event(), network.change

    def change(at: str, body: bytes) -> bytes:
        if at == path and not asked.is_set():
            asked.set()
            over.wait(30)
        return before(at, body)

    network.change = change
    yield asked
    over.set()


def entered(phone: Phone, owner: Owner) -> Page:
    """The phone knows its owner, and has a neutral site to leave to."""
    page = prepared(phone, owner)
    page.context.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="a neutral page"))
    return page


def leave(page: Page) -> None:
    """Exit."""
    page.bring_to_front()
    page.get_by_role("button", name="Exit").click()
    page.wait_for_url("https://www.wikipedia.org/**")


def signed_out(page: Page, owner: Owner) -> None:
    page.goto(f"/trials/{owner.trial}/today")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert "key " not in page.evaluate(KEPT)


def back(phone: Phone, page: Page, owner: Owner) -> None:
    """Its owner signs in again: what waited is sent."""
    phone.sign_in(owner.signs_in())
    page.goto(f"/trials/{owner.trial}/today")
    all_sent(page)


def kill(page: Page) -> None:
    """As a phone does that needs its memory for something else."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("ServiceWorker.enable")
    cdp.send("ServiceWorker.stopAllWorkers")
    page.wait_for_timeout(300)


def test_what_is_saved_is_soon_said_to_be_kept(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, _other = owners(stage, "noise", "Tunnel")
    impatient(network)
    page = prepared(phone, owner)
    network.silent = True
    page.get_by_role("button", name="As planned today").click()  # by htmx
    expect(page.get_by_text(SAVED).first).to_be_visible(timeout=SOON)
    page.goto("/today")
    page.get_by_role("button", name="Noise now").first.click()  # a plain form, behind one that waits
    expect(page.get_by_role("button", name="It stopped")).to_be_visible(timeout=SOON)
    page.goto(f"/trials/{owner.trial}/more", timeout=SOON)
    expect(page.get_by_role("heading", name="There is no network")).to_be_visible()
    network.silent = False
    page.goto("/today")
    all_sent(page)
    assert [row.kind for row in stored(owner)] == ["day"]
    expect(page.get_by_role("button", name="It stopped")).to_be_visible()


def test_what_is_saved_is_kept_once_though_the_app_is_closed_at_once(
    stage: Stage, phone: Phone, network: BadNetwork
) -> None:
    owner, _other = owners(stage, "parenting", "Crossing")
    page = prepared(phone, owner)
    network.silent = True
    page.get_by_role("button", name="As planned today").click()
    page.wait_for_timeout(300)
    phone.close()
    network.silent = False
    page = phone.open()
    page.goto(f"/trials/{owner.trial}/more")
    all_sent(page)
    assert len(stored(owner)) == 1


@pytest.mark.whole_browser
@pytest.mark.parametrize("closed", [True, pytest.param(False, marks=pytest.mark.soak)])
def test_signing_out_holds_and_is_soon_said(stage: Stage, phone: Phone, network: BadNetwork, closed: bool) -> None:
    owner, _other = owners(stage, "parenting", "Archway")
    if not closed:
        impatient(network)
    page = prepared(phone, owner)
    page.goto(f"/trials/{owner.trial}/more")
    network.silent = True
    page.get_by_role("button", name="Sign out").dispatch_event("click")  # a click would wait for the page behind it
    page.wait_for_timeout(300)
    if closed:
        phone.close()
        page = phone.open()
    else:
        expect(page.get_by_role("button", name="Sign out")).to_have_count(0, timeout=SOON)
    network.silent = False
    signed_out(page, owner)


@pytest.mark.whole_browser
def test_a_late_exit_is_not_the_exit_of_the_next_person(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, other = owners(stage, "parenting", "Veranda")
    impatient(network)
    page = entered(phone, owner)
    with hanging(network, "/exit") as asked:
        leave(page)
        assert asked.wait(10)
        with suppress(Error):  # until the server has answered, nobody can sign in
            page.goto("/sign-in", timeout=1_000)
        expect(page.get_by_role("heading", name="Sign in")).to_have_count(0)
    page.goto("/sign-in")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    phone.sign_in(other.cookie)
    page.goto(f"/trials/{other.trial}/today")
    expect(page.get_by_role("button", name="As planned today")).to_be_visible()


@pytest.mark.whole_browser
def test_a_page_that_was_asked_for_before_an_exit_does_not_come_after_it(
    stage: Stage, phone: Phone, network: BadNetwork
) -> None:
    owner, _other = owners(stage, "parenting", "Balcony")
    page, place = entered(phone, owner), f"/trials/{owner.trial}/more"
    second = page.context.new_page()
    with hanging(network, place) as asked:
        second.evaluate("(place) => void setTimeout(() => location.assign(place))", network.url + place)
        assert asked.wait(10)
        leave(page)
        page.wait_for_timeout(500)
    expect(second.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["noise", "moment"])
def test_other_forms_are_soon_said_to_be_kept(stage: Stage, phone: Phone, network: BadNetwork, kind: str) -> None:
    owner, _other = owners(stage, "noise", "Passage")
    impatient(network)
    page = prepared(phone, owner)
    network.silent = True
    if kind == "moment":
        moment(page, owner, "A note.")
    else:
        page.get_by_role("button", name="Noise now").first.click()
        expect(page.get_by_role("button", name="It stopped")).to_be_visible(timeout=SOON)
        phone.close()
        page = phone.open()
        page.goto("/today")
        page.get_by_role("button", name="It stopped").click()
    expect(page.get_by_text(SAVED).first).to_be_visible(timeout=SOON)
    network.silent = False
    all_sent(page)
    assert [row.kind for row in stored(owner)] == [kind]


@pytest.mark.soak
def test_a_worker_that_is_killed_loses_and_doubles_nothing(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, _other = owners(stage, "parenting", "Arcade")
    page = prepared(phone, owner)
    network.silent = True
    page.get_by_role("button", name="As planned today").click()
    page.wait_for_timeout(300)
    kill(page)  # while it saves
    page.evaluate("() => dispatchEvent(new Event('online'))")
    page.wait_for_timeout(300)
    kill(page)  # while it sends
    network.silent = False
    page.goto(f"/trials/{owner.trial}/today")
    all_sent(page)
    assert len(stored(owner)) == 1


@pytest.mark.soak
@pytest.mark.whole_browser
def test_an_exit_holds_though_its_worker_is_killed(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, _other = owners(stage, "parenting", "Alcove")
    page = entered(phone, owner)
    network.silent = True
    leave(page)
    kill(page)
    network.silent = False
    signed_out(page, owner)


@pytest.mark.soak
@pytest.mark.whole_browser
def test_exit_while_something_is_saved_loses_nothing(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, _other = owners(stage, "parenting", "Gallery")
    page = entered(phone, owner)
    network.silent = True
    page.get_by_role("button", name="As planned today").click()
    page.wait_for_timeout(300)
    leave(page)
    page.wait_for_timeout(300)
    phone.close()
    network.silent = False
    page = phone.open()
    signed_out(page, owner)
    assert not stored(owner)
    back(phone, page, owner)
    assert len(stored(owner)) == 1


@pytest.mark.soak
def test_a_request_that_hangs_holds_nothing_up_for_long(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, _other = owners(stage, "parenting", "Cloister")
    impatient(network)
    page = prepared(phone, owner)
    phone.offline()
    send(page, owner, [written("day", 1)])
    with hanging(network, "/outbox") as asked:
        phone.offline(False)
        assert asked.wait(10)
        tab = page.context.new_page()
        tab.goto(f"/trials/{owner.trial}/today")
        assert send(tab, owner, [written("day", 2)]) == [f"/trials/{owner.trial}/outbox"]
        all_sent(page)
        assert len(stored(owner)) == 2


@pytest.mark.soak
@pytest.mark.whole_browser
def test_signing_out_soon_asks_about_what_cannot_be_sent(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, _other = owners(stage, "parenting", "Portico")
    impatient(network)
    page = prepared(phone, owner)
    phone.offline()
    send(page, owner, [written("day", 1)])
    network.silent = True
    phone.offline(False)
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.once("dialog", agree)
    page.evaluate(LEAVE)
    expect(page.locator("form[data-left]")).to_have_count(0, timeout=SOON)
    assert asked == ["1 would wait here."]
    network.silent = False
    signed_out(page, owner)
    back(phone, page, owner)
    assert len(stored(owner)) == 1


@pytest.mark.soak
def test_a_form_that_needs_a_network_says_that_it_did_not_go_through(
    stage: Stage, phone: Phone, network: BadNetwork
) -> None:
    owner, _other = owners(stage, "parenting", "Lobby")
    page = prepared(phone, owner)
    page.goto(f"/trials/{owner.trial}/safety")
    words = page.get_by_label("What should your mediator know?")
    words.fill("Somebody waited at the door.")
    network.silent = True
    page.get_by_role("button", name="Tell my mediator").click()
    expect(page.locator("#say.shown")).to_have_text(re.compile("did not go through"), timeout=25_000)
    expect(words).to_have_value("Somebody waited at the door.")
