"""What was typed and not sent yet: nothing is lost, nothing gets into another form, and nothing counts twice.

Real are the browser, its worker and its storage, and the server.
"""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.bad_network import BadNetwork
from tests.browser.phones import KEPT, Phone, owners
from tests.browser.stage import Stage
from tests.browser.steps import (
    DRAFTED,
    STILL_HERE,
    elsewhere,
    keep,
    look_again,
    note,
    open_draft,
    prepared,
    save,
    stored,
    type_note,
)

AT_ONCE = """(text) => {
  const note = document.getElementById("note");
  note.value = text;
  note.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => document.querySelector("[form=noise-now], #noise-now button").click(), 100);
}"""

# In a new page, once it is read and before its scripts have asked for the draft.
FIRST = """addEventListener("DOMContentLoaded", () => { WHAT })"""
TYPES = """
  document.getElementById("note").value = "Now";
  document.getElementById("note").dispatchEvent(new Event("input", { bubbles: true }));
  document.querySelector("[name=child][value='4']").click();
"""
TAPS = """document.querySelector("[name=all]")?.click();"""


def test_an_older_draft_does_not_cover_what_was_saved_on_another_device(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Curtain")
    page = prepared(phone, owner)
    page.goto(f"/trials/{owner.trial}/today")
    keep(page, "Half typed on the phone.")
    page.goto(f"/trials/{owner.trial}/more")
    day = datetime.now(UTC).date().isoformat()
    said = {"kind": "day", "day": day, "term-bedtime": "kept", "note": "Saved on the laptop."}
    elsewhere(phone, page, owner, "observations", said)
    page.goto(f"/trials/{owner.trial}/days/{day}?change=yes")
    page.wait_for_timeout(DRAFTED)
    assert note(page) == "Half typed on the phone.\nSaved on the laptop.", "neither is lost"
    expect(page.locator("[name=term-bedtime][value=kept]")).to_be_checked()
    keep(page, "Newer than that.")
    page.reload()
    expect(page.get_by_text(STILL_HERE)).to_be_visible()
    assert note(page) == "Newer than that."


def test_what_is_done_before_the_draft_is_there_costs_neither(stage: Stage, phone: Phone) -> None:
    """In the first second, or before the key that goes with a new sign-in."""
    owner, _other = owners(stage, "parenting", "Windowsill")
    page = prepared(phone, owner)
    today = f"/trials/{owner.trial}/today"
    page.goto(today)
    page.locator("[name=child][value='2']").check(force=True)
    keep(page, "Half typed at noon.")
    owner.sign_in_ends()
    page.reload()
    assert "key false" not in page.evaluate(KEPT)
    phone.sign_in(owner.signs_in())
    at_once = page.context.new_page()
    at_once.add_init_script(FIRST.replace("WHAT", TYPES))
    at_once.goto(today)
    expect(at_once.get_by_text(STILL_HERE)).to_be_visible()
    assert note(at_once) == "Half typed at noon.\nNow"
    expect(at_once.locator("[name=child][value='4']")).to_be_checked()
    at_once.wait_for_timeout(DRAFTED)

    at_once = page.context.new_page()
    at_once.add_init_script(FIRST.replace("WHAT", TAPS))
    at_once.goto(today)
    expect(at_once.get_by_text("Your days so far")).to_be_visible()
    assert [row.note for row in stored(owner)] == [""]
    page.goto(f"/trials/{owner.trial}/days/{datetime.now(UTC).date()}?change=yes")
    expect(page.get_by_text(STILL_HERE)).to_be_visible()
    assert note(page) == "Half typed at noon.\nNow"
    expect(page.locator("[name^=term-][value=kept]").first).to_be_checked()
    save(page)
    page.wait_for_url("**/today")
    assert "\ndraft:" not in page.evaluate(KEPT)


def test_two_tabs_of_one_form_lose_nothing_of_each_other(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "noise", "Hallway")
    page = prepared(phone, owner)
    second = page.context.new_page()
    for tab in (page, second):
        tab.goto(f"/trials/{owner.trial}/moments?type=did")
    second.locator("#note").fill("In the second.")
    keep(page, "In the first.")
    look_again(second)
    expect(second.locator("#note")).to_have_value("In the first.\nIn the second.")
    second.wait_for_timeout(DRAFTED)
    look_again(page)
    expect(page.locator("#note")).to_have_value("In the first.\nIn the second.")
    page.locator("#note").fill("In the first. Both.")
    page.close()
    look_again(second)
    expect(second.locator("#note")).to_have_value(re.compile("In the first. Both."))


def test_each_form_has_its_own_draft_and_cancel_drops_it(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "noise", "Parquet")
    page = prepared(phone, owner)
    did, announced, before = (
        f"/trials/{owner.trial}/moments?{query}"
        for query in ("type=did", "type=announced", f"day={datetime.now(UTC).date() - timedelta(days=2)}")
    )
    page.goto(did)
    page.locator("#note").fill("What I did.")
    page.wait_for_timeout(DRAFTED)
    for address in (announced, before):
        page.goto(address)
        page.wait_for_timeout(DRAFTED)
        assert note(page) == ""
        assert page.locator("#day").input_value() in (address[-10:], datetime.now(UTC).date().isoformat())
    phone.offline()
    open_draft(page, did, "What I did.")
    phone.offline(False)
    page.locator("#note").fill("What I did not.")
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url("**/today")
    page.goto(did)
    page.wait_for_timeout(DRAFTED)
    assert note(page) == ""


def test_what_the_server_sends_back_is_newer_than_the_draft(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Skylight")
    page = prepared(phone, owner)
    page.goto(f"/trials/{owner.trial}/days/{datetime.now(UTC).date() - timedelta(days=1)}")
    keep(page, "First.")
    page.evaluate("() => (document.querySelector('input[name=child]').value = 9)")
    page.locator("input[name=child]").first.check(force=True)
    type_note(page, "Second.")
    save(page)
    expect(page.locator("#errors")).to_be_visible()
    page.wait_for_timeout(DRAFTED)
    assert note(page) == "Second."


def test_a_tap_on_another_form_keeps_what_was_just_typed(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "noise", "Radiator")
    page = prepared(phone, owner)
    page.goto(f"/trials/{owner.trial}/today")
    page.evaluate(AT_ONCE, "Typed, then a noise.")
    page.get_by_role("button", name="Started by mistake").click()
    expect(page.get_by_text(STILL_HERE)).to_be_visible()
    assert note(page) == "Typed, then a noise."


def test_a_draft_that_is_newer_than_what_was_sent_stays(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, _other = owners(stage, "noise", "Attic stairs")
    page = prepared(phone, owner)
    second = page.context.new_page()
    for tab in (page, second):
        tab.goto(f"/trials/{owner.trial}/moments?type=did")

    def slowly(path: str, body: bytes) -> bytes:
        if path.endswith("/observations"):
            time.sleep(3)
        return body

    network.change = slowly
    page.locator("#note").fill("In the first tab.")
    save(page)
    second.locator("#note").fill("In the second tab.")
    page.wait_for_url("**/today")
    second.reload()
    expect(second.get_by_text(STILL_HERE)).to_be_visible()
    assert note(second) == "In the second tab."
