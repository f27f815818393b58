"""A phone that is full, or whose storage is broken: the app works with what there is, and says what is true."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bad_network import BadNetwork
from tests.browser.phones import Owner, Phone, all_sent, ask, owners
from tests.browser.stage import Stage
from tests.browser.steps import (
    begin_noise,
    exit_is_near,
    leave,
    note,
    notes,
    partly,
    prepared,
    save,
    send,
    stop_button,
    type_note,
    written,
)

FAILED = "That did not go through. What you wrote is still here: try again in a moment."


def filled_in(page: Page, owner: Owner, text: str) -> None:
    """The day's form is filled in, not saved."""
    page.goto(f"/trials/{owner.trial}/today")
    type_note(page, text)
    partly(page)


def save_and_fail(page: Page, text: str) -> None:
    """It says that nothing is saved, and what was typed is there."""
    save(page)
    expect(page.locator("#say")).to_have_text(FAILED)
    assert note(page) == text


def noise_from_start_to_end(page: Page) -> None:
    """Two taps, each on a page that comes whole."""
    begin_noise(page)
    stop_button(page).click()
    expect(page.get_by_text("Saved. You can add what it was").first).to_be_visible()


def test_without_any_storage_the_app_works_online_and_promises_nothing_offline(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "noise", "Pantry")
    prepared(phone, owner)
    page = phone.break_storage()
    filled_in(page, owner, "On a broken phone.")
    phone.offline()
    save_and_fail(page, "On a broken phone.")
    page.get_by_role("button", name="Noise now").first.click()
    page.wait_for_timeout(500)
    expect(page.locator("#say")).to_have_text(FAILED)
    assert note(page) == "On a broken phone."
    phone.offline(False)
    save(page)
    expect(page.get_by_text("Saved.").first).to_be_visible()
    assert notes(owner) == [("On a broken phone.", None)]
    noise_from_start_to_end(page)


def test_a_full_phone_sends_what_waits_and_says_that_it_can_keep_no_more(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "noise", "Larder")
    page = prepared(phone, owner)
    phone.offline()
    send(page, owner, [written("day", 1)])
    page = phone.fill_storage()
    filled_in(page, owner, "On a full phone.")
    save_and_fail(page, "On a full phone.")
    assert len(ask(page, "list")) == 1
    phone.offline(False)
    all_sent(page)
    page.goto(f"/trials/{owner.trial}/today")
    noise_from_start_to_end(page)
    assert len(notes(owner)) == 2


@pytest.mark.whole_browser
def test_exit_ends_the_sign_in_of_a_full_phone(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, _other = owners(stage, "noise", "Shed")
    prepared(phone, owner)
    page = phone.fill_storage()
    exit_is_near(page)
    page.goto(f"/trials/{owner.trial}/today")
    leave(page)
    page.goto(f"/trials/{owner.trial}/today")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert ("POST /exit", 303) in network.seen
