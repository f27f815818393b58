"""Leaving on a network that says nothing: it holds from the tap on, and the server hears of it as soon as it can."""

from __future__ import annotations

from contextlib import suppress

import pytest
from playwright.sync_api import Dialog, Error, expect

from tests.browser.bad_network import BadNetwork
from tests.browser.leaving import OUT, back, entered, no_page_from_before, sign_out, signed_out
from tests.browser.phones import Phone, owners
from tests.browser.silence import SOON, hanging, impatient, kill
from tests.browser.stage import Stage
from tests.browser.steps import leave, prepared, send, stored, written

pytestmark = pytest.mark.whole_browser


@pytest.mark.parametrize("closed", [True, pytest.param(False, marks=pytest.mark.soak)])
def test_signing_out_holds_and_is_soon_said(stage: Stage, phone: Phone, network: BadNetwork, closed: bool) -> None:
    owner, _other = owners(stage, "parenting", "Archway")
    if not closed:
        impatient(network)
    page = prepared(phone, owner)
    page.goto(f"/trials/{owner.trial}/more")
    network.silent = True
    sign_out(page)
    page.wait_for_timeout(300)
    if closed:
        phone.close()
        page = phone.open()
    else:
        expect(page.get_by_role("button", name=OUT)).to_have_count(0, timeout=SOON)
    network.silent = False
    signed_out(page, owner)


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


def test_a_page_that_was_asked_for_before_an_exit_does_not_come_after_it(
    stage: Stage, phone: Phone, network: BadNetwork
) -> None:
    owner, _other = owners(stage, "parenting", "Balcony")
    page, place = entered(phone, owner), f"/trials/{owner.trial}/more"
    no_page_from_before(page, network, place)


@pytest.mark.soak
def test_an_exit_holds_though_its_worker_is_killed(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, _other = owners(stage, "parenting", "Alcove")
    page = entered(phone, owner)
    network.silent = True
    leave(page)
    kill(page)
    network.silent = False
    signed_out(page, owner)


@pytest.mark.soak
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
def test_signing_out_soon_asks_about_what_cannot_be_sent(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, _other = owners(stage, "parenting", "Portico")
    impatient(network)
    page = prepared(phone, owner)
    page.goto(f"/trials/{owner.trial}/more")
    phone.offline()
    send(page, owner, [written("day", 1)])
    network.silent = True
    phone.offline(False)
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.once("dialog", agree)
    sign_out(page)
    expect(page.get_by_role("button", name=OUT)).to_have_count(0, timeout=SOON)
    assert "Not sent yet: 1." in asked[0]
    network.silent = False
    signed_out(page, owner)
    back(phone, page, owner)
    assert len(stored(owner)) == 1
