"""Without a network: the forms of today and of the days that are still open, and the way to each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.bad_network import BadNetwork
from tests.browser.phones import Owner, Phone, owners, ready
from tests.browser.stage import Stage
from tests.browser.steps import STILL_HERE, back_online, prepared, save, stored, type_note

DAY = timedelta(days=1)


def test_each_open_day_is_reached_and_its_handoff_changed(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Lantern")
    page = prepared(phone, owner)
    today = datetime.now(UTC).date()
    phone.offline()
    for n in (1, 2, 3):
        page.goto("/")
        links = page.locator("section", has_text="The days before").get_by_role("link")
        expect(links).to_have_count(3)
        links.nth(n - 1).click()
        expect(page.get_by_role("button", name="As planned that day")).to_be_visible()
        type_note(page, f"{n} before.")
        save(page)
        expect(page.get_by_text(f"{n} before.", exact=True)).to_be_visible()
    of_handoff = next(day for day in (today - n * DAY for n in range(4)) if has_handoff(page, owner, day))
    page.get_by_role("radio", name="Late").check(force=True)
    page.locator("#minutes_late").fill("20")
    page.locator("#handoff-note").fill("At the gate.")
    page.get_by_role("button", name="Save the handoff").click()
    expect(page.get_by_text("At the gate.")).to_be_visible()
    page.get_by_role("link", name="Change it").last.click()
    expect(page.get_by_text(STILL_HERE)).to_be_visible()
    assert page.locator("#minutes_late").input_value() == "20"
    page.locator("#handoff-note").fill("At the fence.")
    page.get_by_role("button", name="Save the handoff").click()
    expect(page.get_by_text("At the fence.")).to_be_visible()
    back_online(phone, page)
    days = [(row.kind, row.day, row.note) for row in stored(owner)]
    assert days == [("day", today - n * DAY, f"{n} before.") for n in (1, 2, 3)] + [
        ("handoff", of_handoff, "At the fence.")
    ]


def has_handoff(page: Page, owner: Owner, day: date) -> bool:
    """Opens the form of the day's handoff alone; a day without one shows its own."""
    page.goto(f"/trials/{owner.trial}/days/{day}?handoff=yes")
    return page.locator("h1").inner_text() == "The handoff"


def test_the_last_days_are_open_after_the_end_and_after_days_without_a_network(
    stage: Stage, phone: Phone, network: BadNetwork
) -> None:
    trial = stage.trials["last_day"]
    page = phone.open()
    phone.sign_in(stage.cookies["First parent"])
    network.behind = -2 * DAY
    page.goto(f"/trials/{trial}/today")
    ready(page)
    phone.offline()
    page.goto("/")
    expect(page.get_by_role("heading", name="This trial has ended")).to_be_visible()
    links = page.locator("section", has_text="The days before").get_by_role("link")
    expect(links).to_have_count(2)
    links.first.click()
    expect(page.get_by_role("button", name="As planned that day")).to_be_visible()
