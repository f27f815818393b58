"""Saving on a network that says nothing: what is asked never arrives, and nobody is told. Most dead networks are so."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.bad_network import BadNetwork
from tests.browser.phones import Phone, all_sent, owners
from tests.browser.silence import SOON, hanging, impatient, kill
from tests.browser.stage import Stage
from tests.browser.steps import SAVED, begin_noise, moment, prepared, send, stop_button, stored, written


def test_what_is_saved_is_soon_said_to_be_kept(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, _other = owners(stage, "noise", "Tunnel")
    impatient(network)
    page = prepared(phone, owner)
    network.silent = True
    page.get_by_role("button", name="As planned today").click()  # by htmx
    expect(page.get_by_text(SAVED).first).to_be_visible(timeout=SOON)
    page.goto("/today")
    begin_noise(page, SOON)  # behind a form that waits
    page.goto(f"/trials/{owner.trial}/more", timeout=SOON)
    expect(page.get_by_role("heading", name="There is no network")).to_be_visible()
    network.silent = False
    page.goto("/today")
    expect(stop_button(page)).to_be_visible()
    assert [row.kind for row in stored(owner)] == ["day"]


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
        begin_noise(page, SOON)
        phone.close()
        page = phone.open()
        page.goto("/today")
        stop_button(page).click()
    expect(page.get_by_text(SAVED).first).to_be_visible(timeout=SOON)
    network.silent = False
    all_sent(page)
    assert [row.kind for row in stored(owner)] == [kind]


@pytest.mark.soak
def test_a_worker_that_is_killed_loses_and_doubles_nothing(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, _other = owners(stage, "parenting", "Arcade")
    page = prepared(phone, owner)
    phone.offline()
    send(page, owner, [written("day", 1)])
    network.silent = True
    phone.offline(False)
    page.wait_for_timeout(300)
    kill(page)  # while it sends
    page.get_by_role("button", name="As planned today").click()
    page.wait_for_timeout(300)
    kill(page)  # while it saves: the browser asks the next worker for the same, which keeps it once more
    network.silent = False
    page.goto(f"/trials/{owner.trial}/today")
    all_sent(page)
    assert len(stored(owner)) == 2


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
