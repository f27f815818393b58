"""A phone that does not know the latest: of another device, the night, another trial, or after its sign-in ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phones import KEPT, Phone, holds, owners, until
from tests.browser.stage import Stage
from tests.browser.steps import (
    back_online,
    begin_noise,
    elsewhere,
    exit_is_near,
    leave,
    look_again,
    partly,
    prepared,
    save,
    send,
    stop_button,
    stored,
    type_note,
    written,
)


def gone(page: Page, what: str) -> None:
    """Wait until the phone holds nothing of that name."""
    for _ in range(100):
        if what not in page.evaluate(KEPT):
            return
        page.wait_for_timeout(100)
    raise AssertionError(what)


def test_a_noise_that_ended_or_began_on_another_device_is_known_without_a_network(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "noise", "Stairs")
    page = prepared(phone, owner)
    page.goto(f"/trials/{owner.trial}/today")
    begin_noise(page)
    assert "running:" in page.evaluate(KEPT)
    action = page.locator("form[action$='/end']").get_attribute("action") or ""
    elsewhere(phone, page, owner, action.split(f"{owner.trial}/")[1], {})
    page.goto(f"/trials/{owner.trial}/today")
    gone(page, "running:")
    phone.offline()
    page.goto("/")
    expect(page.get_by_role("button", name="As planned today")).to_be_visible()
    expect(stop_button(page)).to_have_count(0)
    phone.offline(False)
    elsewhere(phone, page, owner, "noise", {})
    page.goto(f"/trials/{owner.trial}/today")
    holds(page, "running:")
    phone.offline()
    page.goto("/")
    expect(stop_button(page)).to_be_visible()


def test_a_noise_of_this_phone_is_kept_although_another_device_began_one_meanwhile(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "noise", "Fire escape")
    page = prepared(phone, owner)
    phone.offline()
    page.goto("/")
    page.get_by_role("button", name="Noise now").first.click()
    stop_button(page).click()
    expect(page.get_by_text("A noise stopped")).to_be_visible()
    elsewhere(phone, page, owner, "noise", {})
    back_online(phone, page)
    (row,) = stored(owner)
    assert (row.kind, sorted(row.answers)) == ("noise", ["end", "start"])
    page.goto(f"/trials/{owner.trial}/today")
    expect(stop_button(page)).to_be_visible()


def test_a_page_from_before_a_noise_does_not_end_it_on_this_phone(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "noise", "Lift")
    before = prepared(phone, owner)
    page = before.context.new_page()
    page.goto(f"/trials/{owner.trial}/today")
    begin_noise(page)
    before.bring_to_front()
    look_again(before)
    before.wait_for_timeout(500)
    phone.offline()
    before.goto("/")
    expect(stop_button(before)).to_be_visible()


def test_a_noise_whose_beginning_is_discarded_runs_no_more(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "noise", "Gutter")
    page = prepared(phone, owner)
    page.on("dialog", lambda dialog: dialog.accept())
    phone.offline()
    page.goto("/")
    begin_noise(page)
    page.goto(f"/trials/{owner.trial}/outbox")
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("Nothing waits here.")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("button", name="As planned today")).to_be_visible()
    expect(stop_button(page)).to_have_count(0)
    page.get_by_role("button", name="Noise now").first.click()
    stop_button(page).click()
    page.get_by_role("button", name="Discard").first.click()
    expect(page.get_by_text("Nothing waits here.")).to_be_visible()


def test_today_left_open_overnight_loads_anew_unless_something_is_typed(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Lamp")
    page = prepared(phone, owner)
    page.clock.install()
    page.goto(f"/trials/{owner.trial}/today")
    page.evaluate("() => (window.old = true)")
    look_again(page)
    page.wait_for_timeout(500)
    assert page.evaluate("() => window.old"), "the same day stays"
    type_note(page, "Half typed at night.")
    page.clock.fast_forward(timedelta(days=1) // timedelta(milliseconds=1))
    look_again(page)
    page.wait_for_timeout(500)
    assert page.evaluate("() => window.old"), "what is typed stays"
    page.reload()
    expect(page.locator("#note")).to_have_value("Half typed at night.")
    partly(page)
    save(page)
    expect(page.get_by_text("Your days so far")).to_be_visible()
    page.evaluate("() => (window.old = true)")
    with page.expect_event("load"):
        look_again(page)
    page.wait_for_load_state()
    assert not page.evaluate("() => window.old")


def test_the_outbox_says_what_belongs_to_another_trial_and_the_app_opens_the_one_looked_at_last(
    stage: Stage, phone: Phone
) -> None:
    owner, _other = owners(stage, "parenting", "Shelf")
    second, _other = owners(stage, "noise", "Cupboard", again=owner)
    page = prepared(phone, owner)
    for one in (second, owner):
        page.goto(f"/trials/{one.trial}/today")
        holds(page, f"{one.trial}$")
    phone.offline()
    page.goto("/")
    assert owner.trial in page.url, "the one that was looked at last"
    send(page, owner, [written("day", 1)])
    page.goto(f"/trials/{owner.trial}/outbox")
    expect(page.get_by_text("Note number 1.")).to_be_visible()
    expect(page.get_by_text("In another trial of yours")).to_be_hidden()
    page.goto(f"/trials/{second.trial}/today")
    page.get_by_role("button", name="As planned today").click()
    expect(page.get_by_text("In another trial of yours")).to_have_count(2)
    expect(page.get_by_text("In another trial of yours").first).to_be_visible()
    page.goto(f"/trials/{owner.trial}/outbox")
    expect(page.get_by_text("In another trial of yours: Cupboard")).to_be_visible()
    expect(page.get_by_text("In another trial of yours").first).to_be_hidden()


def test_who_is_signed_out_by_time_is_told_that_what_was_written_is_kept(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Porch")
    page = prepared(phone, owner)
    page.goto(f"/trials/{owner.trial}/today")
    type_note(page, "Not for other eyes.")
    partly(page)
    owner.sign_in_ends()
    save(page)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_text("What you wrote is kept on this phone. It is sent when you sign in.")).to_be_visible()
    assert "Not for other eyes." not in page.content()
    phone.sign_in(owner.signs_in())
    page.goto(f"/trials/{owner.trial}/today")
    expect(page.locator("#waiting")).to_be_hidden()
    until(page, "list", lambda found: found == [])


@pytest.mark.whole_browser
def test_who_left_by_exit_is_told_nothing(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Awning")
    page = prepared(phone, owner)
    exit_is_near(page)
    phone.offline()
    send(page, owner, [written("day", 1)])
    page.goto(f"/trials/{owner.trial}/today")
    leave(page)
    phone.offline(False)
    page.goto("/sign-in")
    page.goto("/sign-in")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.wait_for_timeout(500)
    expect(page.get_by_text("kept on this phone")).to_be_hidden()
