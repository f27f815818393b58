"""The page of what waits: each line says what it is, nothing moves under a key, and each tap is answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.bad_network import BadNetwork
from tests.browser.phones import Phone, all_sent, owners
from tests.browser.silence import hanging, impatient
from tests.browser.stage import Stage
from tests.browser.steps import moment, prepared, send, stored, written

FOCUS = "() => document.activeElement.textContent.trim()"


def test_what_waits_is_read_and_discarded_with_a_keyboard(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Pantry")
    page = prepared(phone, owner)
    page.on("dialog", lambda dialog: dialog.accept())
    phone.offline()
    kept = datetime.now(UTC)
    send(page, owner, [written("day", 2), written("handoff", 3)])
    page.goto(f"/trials/{owner.trial}/outbox")
    waiting = page.locator("#outbox").get_by_role("listitem")
    first = waiting.first
    day = (kept - timedelta(hours=1, days=2)).strftime("%a %-d %b")
    expect(first).to_contain_text(f"About: {day}")
    expect(first).to_contain_text(kept.strftime("Written: %a %-d %b "))
    page.get_by_role("button", name="Try to send now").click()
    expect(page.get_by_text("That did not go through.")).to_be_visible()

    first.get_by_role("button", name="Discard").focus()
    page.evaluate("() => dispatchEvent(new Event('online'))")  # the app tries again
    page.wait_for_timeout(500)
    assert page.evaluate(FOCUS) == "Discard"
    page.keyboard.press("Enter")
    expect(waiting).to_have_count(1)
    expect(page.get_by_role("list", name="Waiting to be sent")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) == "Change it", "the focus stays where the entry was"


def test_what_is_discarded_while_the_network_hangs_is_not_sent_after_all(
    stage: Stage, phone: Phone, network: BadNetwork
) -> None:
    owner, _other = owners(stage, "noise", "Dustbin")
    impatient(network, alone=b"3e4")  # a second request, meanwhile, would rightly take it along
    page = prepared(phone, owner)
    page.on("dialog", lambda dialog: dialog.accept())
    phone.offline()
    send(page, owner, [written("day", 1)])
    with hanging(network, "/outbox") as asked:
        phone.offline(False)
        assert asked.wait(10)
        moment(page, owner, "Better not.")
        waiting = page.locator("#outbox").get_by_role("listitem").filter(has_text="Better not.")
        waiting.get_by_role("button", name="Discard").click()
        expect(waiting).to_have_count(0)
    all_sent(page)
    page.wait_for_timeout(500)
    assert [row.note for row in stored(owner)] == ["Note number 1."]
