"""What waits on the phone is changed in its own form, and waits on until that is saved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.bad_network import BadNetwork, Change
from tests.browser.phones import Owner, Phone, ask, owners, until
from tests.browser.stage import Stage
from tests.browser.steps import (
    DRAFTED,
    back_online,
    change_it,
    moment,
    note,
    notes,
    open_draft,
    prepared,
    save,
    save_as,
    send,
    stored,
    type_note,
    written,
)


def test_a_correction_that_waits_is_changed_and_stays_a_correction(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "noise", "Banister")
    page = prepared(phone, owner)
    moment(page, owner, "As it was first.")
    (first,) = stored(owner)
    page.goto(f"/trials/{owner.trial}/entries/{first.id}")
    phone.offline()
    save_as(page, "Corrected.")
    change_it(page)
    assert note(page) == "Corrected."
    save_as(page, "Corrected better.")
    expect(page.get_by_role("link", name="Change it")).to_have_count(1)
    back_online(phone, page)
    assert notes(owner) == [
        ("As it was first.", None),
        ("Corrected better.", first.id),
    ]
    page.goto(f"/trials/{owner.trial}/entries/{first.id}")
    page.wait_for_timeout(DRAFTED)
    assert note(page) == "Corrected better."


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
    back_online(phone, page)
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
    page.wait_for_timeout(DRAFTED)
    page.goto(f"/trials/{owner.trial}/today")
    expect(page.get_by_text("Waiting to be sent: 1")).to_be_visible()
    back_online(phone, page)
    (sent,) = stored(owner)
    assert sent.note == "Promised."
    open_draft(page, f"/trials/{owner.trial}/moments?type=did", "Promised, and changed.")
    save(page)
    page.wait_for_url("**/today")
    assert notes(owner) == [
        ("Promised.", None),
        ("Promised, and changed.", sent.id),
    ]


def test_what_is_changed_before_it_was_sent_takes_its_place(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "noise", "Letterbox")
    page = prepared(phone, owner)
    phone.offline()
    moment(page, owner, "Not like this.")
    change_it(page)
    save_as(page, "Like this.")
    expect(page.get_by_text("Not like this.")).to_have_count(0)
    back_online(phone, page)
    assert notes(owner) == [("Like this.", None)]


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
    save_as(page, "Arrived, and changed.")
    back_online(phone, page)
    assert notes(owner) == [
        ("Arrived.", None),
        ("Arrived, and changed.", first.id),
    ]


def lost_answer(network: BadNetwork) -> Change:
    """The network goes after an observation came, before its answer is back."""

    def change(path: str, body: bytes) -> bytes:
        network.down = network.down or path.endswith("/observations")
        return body

    return change


def test_a_discarded_entry_is_not_said_to_be_sent(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Threshold")
    page = prepared(phone, owner)
    page.on("dialog", lambda dialog: dialog.accept())
    phone.offline()
    send(page, owner, [written("day", 1)])
    page.goto(f"/trials/{owner.trial}/outbox")
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("Nothing waits here.")).to_be_visible()
    page.wait_for_timeout(300)  # a sentence is said a moment later
    expect(page.get_by_text("is sent")).to_have_count(0)
    assert ask(page, "list") == []


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
