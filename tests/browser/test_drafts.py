"""What was typed and not sent yet: nothing is lost, nothing gets into another form, and nothing counts twice.

Real are the browser, its worker and its storage, and the server.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.bad_network import BadNetwork, Change
from tests.browser.phones import Owner, Phone, all_sent, ask, owners, until
from tests.browser.stage import Stage
from tests.browser.test_outbox import prepared, send, stored, written

STILL_HERE = "What you had typed is still here."
DRAWN = 600  # milliseconds: a draft is kept after 300


AT_ONCE = """(text) => {
  const note = document.getElementById("note");
  note.value = text;
  note.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => document.querySelector("[form=noise-now], #noise-now button").click(), 100);
}"""


def note(page: Page) -> str:
    return page.locator("#note").input_value()


def type_note(page: Page, text: str) -> None:
    """On Today and on a day's page the field opens first."""
    if not page.locator("#note").is_visible():
        page.get_by_text("Add a note").click()
    page.locator("#note").fill(text)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).last.click()


def moment(page: Page, owner: Owner, text: str) -> None:
    """A moment is written, and saved or kept."""
    page.goto(f"/trials/{owner.trial}/moments?type=did")
    page.get_by_label("Which day?").fill(datetime.now(UTC).date().isoformat())
    page.locator("#at").fill("00:00")
    page.get_by_role("radio", name="What I did").check(force=True)
    page.locator("#note").fill(text)
    save(page)
    page.wait_for_url(lambda url: "moments" not in url)


def change_it(page: Page) -> None:
    page.get_by_role("link", name="Change it").last.click()
    page.wait_for_url(lambda url: "outbox" not in url)
    expect(page.get_by_text(STILL_HERE)).to_be_visible()


def test_a_correction_that_waits_is_changed_and_stays_a_correction(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "noise", "Banister")
    page = prepared(phone, owner)
    moment(page, owner, "As it was first.")
    (first,) = stored(owner)
    page.goto(f"/trials/{owner.trial}/entries/{first.id}")
    phone.offline()
    page.locator("#note").fill("Corrected.")
    save(page)
    expect(page.get_by_text("Corrected.")).to_be_visible()
    change_it(page)
    assert note(page) == "Corrected."
    page.locator("#note").fill("Corrected better.")
    save(page)
    expect(page.get_by_text("Corrected better.")).to_be_visible()
    expect(page.get_by_role("link", name="Change it")).to_have_count(1)
    phone.offline(False)
    all_sent(page)
    assert [(row.note, row.corrects) for row in stored(owner)] == [
        ("As it was first.", None),
        ("Corrected better.", first.id),
    ]
    page.goto(f"/trials/{owner.trial}/entries/{first.id}")
    page.wait_for_timeout(DRAWN)
    assert note(page) == "As it was first."


def test_as_planned_that_waits_opens_with_all_of_it(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Keyring")
    page = prepared(phone, owner)
    phone.offline()
    page.goto("/")
    page.get_by_role("button", name="As planned today").click()
    expect(page.get_by_role("heading", name="The day")).to_be_visible()
    change_it(page)
    terms = page.locator("fieldset:has(input[name^='term-'])").count()
    assert terms
    expect(page.locator("input[name^='term-'][value='kept']:checked")).to_have_count(terms)
    type_note(page, "Said in addition.")
    save(page)
    expect(page.get_by_text("Said in addition.")).to_be_visible()
    phone.offline(False)
    all_sent(page)
    (row,) = stored(owner)
    assert (set(row.answers["terms"].values()), row.note) == ({"kept"}, "Said in addition.")
    assert len(row.answers["terms"]) == terms


def test_a_change_that_is_left_keeps_the_promise_to_send_and_counts_once_when_it_is_saved(
    stage: Stage, phone: Phone
) -> None:
    owner, _other = owners(stage, "noise", "Doormat")
    page = prepared(phone, owner)
    phone.offline()
    moment(page, owner, "Promised.")
    change_it(page)
    page.locator("#note").fill("Promised, and changed.")
    page.wait_for_timeout(DRAWN)
    page.goto(f"/trials/{owner.trial}/today")
    expect(page.get_by_text("Waiting to be sent: 1")).to_be_visible()
    phone.offline(False)
    all_sent(page)
    (sent,) = stored(owner)
    assert sent.note == "Promised."
    page.goto(f"/trials/{owner.trial}/moments?type=did")
    expect(page.get_by_text(STILL_HERE)).to_be_visible()
    assert note(page) == "Promised, and changed."
    save(page)
    page.wait_for_url("**/today")
    assert [(row.note, row.corrects) for row in stored(owner)] == [
        ("Promised.", None),
        ("Promised, and changed.", sent.id),
    ]


def test_what_is_changed_before_it_was_sent_takes_its_place(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "noise", "Letterbox")
    page = prepared(phone, owner)
    phone.offline()
    moment(page, owner, "Not like this.")
    change_it(page)
    page.locator("#note").fill("Like this.")
    save(page)
    expect(page.get_by_text("Like this.", exact=True)).to_be_visible()
    expect(page.get_by_text("Not like this.")).to_have_count(0)
    phone.offline(False)
    all_sent(page)
    assert [(row.note, row.corrects) for row in stored(owner)] == [("Like this.", None)]


def test_a_change_whose_first_text_arrived_though_its_answer_was_lost_counts_once(
    stage: Stage, phone: Phone, network: BadNetwork
) -> None:
    owner, _other = owners(stage, "noise", "Chimney")
    page = prepared(phone, owner)
    network.change = lost_answer(network)
    moment(page, owner, "Arrived.")
    (first,) = stored(owner)
    page.goto(f"/trials/{owner.trial}/outbox")
    change_it(page)
    page.locator("#note").fill("Arrived, and changed.")
    save(page)
    expect(page.get_by_text("Arrived, and changed.")).to_be_visible()
    phone.offline(False)
    all_sent(page)
    assert [(row.note, row.corrects) for row in stored(owner)] == [
        ("Arrived.", None),
        ("Arrived, and changed.", first.id),
    ]


def lost_answer(network: BadNetwork) -> Change:
    """The network goes after an observation came, before its answer is back."""

    def change(path: str, body: bytes) -> bytes:
        if not path.endswith("/observations"):
            return body
        network.down = True
        raise ConnectionResetError

    return change


def test_an_older_draft_does_not_cover_what_was_saved_on_another_device(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Curtain")
    page = prepared(phone, owner)
    page.goto(f"/trials/{owner.trial}/today")
    type_note(page, "Half typed on the phone.")
    page.wait_for_timeout(DRAWN)
    page.goto(f"/trials/{owner.trial}/more")
    answer = page.request.get(f"/trials/{owner.trial}/today")
    token = answer.text().split('name="csrf_token" value="')[1].split('"')[0]
    day = datetime.now(UTC).date().isoformat()
    fields: dict[str, str | float | bool] = {"csrf_token": token, "kind": "day", "day": day, "term-bedtime": "kept"}
    fields["note"] = "Saved on the laptop."
    assert page.request.post(f"/trials/{owner.trial}/observations", form=fields).ok
    page.goto(f"/trials/{owner.trial}/days/{day}?change=yes")
    page.wait_for_timeout(DRAWN)
    assert note(page) == "Saved on the laptop."
    type_note(page, "Newer than that.")
    page.wait_for_timeout(DRAWN)
    page.reload()
    expect(page.get_by_text(STILL_HERE)).to_be_visible()
    assert note(page) == "Newer than that."


def test_each_form_has_its_own_draft_and_cancel_drops_it(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "noise", "Parquet")
    page = prepared(phone, owner)
    did, announced, before = (
        f"/trials/{owner.trial}/moments?{query}"
        for query in ("type=did", "type=announced", f"day={datetime.now(UTC).date() - timedelta(days=2)}")
    )
    page.goto(did)
    page.locator("#note").fill("What I did.")
    page.wait_for_timeout(DRAWN)
    for address in (announced, before):
        page.goto(address)
        page.wait_for_timeout(DRAWN)
        assert note(page) == ""
        assert page.locator("#day").input_value() in (address[-10:], datetime.now(UTC).date().isoformat())
    phone.offline()
    page.goto(did)
    expect(page.get_by_text(STILL_HERE)).to_be_visible()
    assert note(page) == "What I did."
    phone.offline(False)
    page.locator("#note").fill("What I did not.")
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url("**/today")
    page.goto(did)
    page.wait_for_timeout(DRAWN)
    assert note(page) == ""


def test_what_the_server_sends_back_is_newer_than_the_draft(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Skylight")
    page = prepared(phone, owner)
    page.goto(f"/trials/{owner.trial}/days/{datetime.now(UTC).date() - timedelta(days=1)}")
    type_note(page, "First.")
    page.wait_for_timeout(DRAWN)
    page.evaluate("() => (document.querySelector('input[name=child]').value = 9)")
    page.locator("input[name=child]").first.check(force=True)
    type_note(page, "Second.")
    save(page)
    expect(page.locator("#errors")).to_be_visible()
    page.wait_for_timeout(DRAWN)
    assert note(page) == "Second."


def test_a_tap_on_another_form_keeps_what_was_just_typed(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "noise", "Radiator")
    page = prepared(phone, owner)
    page.goto(f"/trials/{owner.trial}/today")
    page.evaluate(AT_ONCE, "Typed, then a noise.")
    page.get_by_role("button", name="Started by mistake").click()
    expect(page.get_by_text(STILL_HERE)).to_be_visible()
    assert note(page) == "Typed, then a noise."


def test_a_discarded_entry_is_not_said_to_be_sent(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Threshold")
    page = prepared(phone, owner)
    page.on("dialog", lambda dialog: dialog.accept())
    phone.offline()
    send(page, owner, [written("day", 1)])
    page.goto(f"/trials/{owner.trial}/outbox")
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("Nothing waits here.")).to_be_visible()
    expect(page.get_by_text("is sent")).to_have_count(0)
    assert ask(page, "list") == []


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


def refused(phone: Phone, page: Page, owner: Owner, entry: dict[str, str]) -> None:
    """It waited, was sent, and came back with what is wrong. The day is one with a handoff. Its form is opened."""
    first = datetime.now(UTC).date() - timedelta(days=8)
    days = [str(first + timedelta(days=n)) for n in range(8)]
    day = next(day for day in days if 'id="handoff"' in page.request.get(f"/trials/{owner.trial}/days/{day}").text())
    phone.offline()
    send(page, owner, [entry | {"day": day}])
    phone.offline(False)
    until(page, "list", lambda found: bool(found) and "wrong" in found[0])
    page.goto(f"/trials/{owner.trial}/outbox")
    change_it(page)


def test_a_handoff_that_was_refused_is_changed_in_its_own_form(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Railing")
    page = prepared(phone, owner)
    refused(phone, page, owner, written("handoff", 2) | {"minutes_late": "soon"})
    form = page.locator("#handoff")
    expect(form.get_by_role("radio", name="Late")).to_be_checked()
    expect(form.locator("#handoff-note")).to_have_value("Note number 2.")
    form.locator("#minutes_late").fill("20")
    form.get_by_role("button", name="Save the handoff").click()
    expect(page.get_by_text("Saved for").first).to_be_visible()
    assert [(row.kind, row.answers["minutes_late"]) for row in stored(owner)] == [("handoff", 20)]
    assert ask(page, "list") == []


def test_a_handoff_in_a_days_form_is_not_lost_with_the_change_of_the_day(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Bannister")
    page = prepared(phone, owner)
    refused(phone, page, owner, written("day", 1) | {"child": "9", "outcome": "on_time"})
    assert note(page) == "Note number 1."
    page.locator("input[name=child][value='4']").check(force=True)
    save(page)
    expect(page.get_by_text("Saved for").first).to_be_visible()
    assert [row.kind for row in stored(owner)] == ["day"]
    assert [row["fields"]["outcome"] for row in ask(page, "list")] == ["on_time"], "the day's own page does not ask it"
