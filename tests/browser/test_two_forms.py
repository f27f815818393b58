"""Several forms on one page: sending one takes nothing from the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, expect

from tests.browser import chromium
from tests.browser.stage import Stage


def test_a_handoff_with_a_mistake_leaves_what_is_typed_about_the_day(stage: Stage, browser: Browser) -> None:
    """Also on a phone that keeps no drafts, and the address stays one that can be loaded again."""
    context = stage.enter(browser, "Parent A", chromium.PHONE, service_workers="block")
    page = context.new_page()
    days = (datetime.now(UTC).date() - timedelta(days=n) for n in range(1, 8))
    trial = f"/trials/{stage.trials['School weeks']}/days"
    address = next(f"{trial}/{on}" for on in days if 'id="handoff"' in page.request.get(f"{trial}/{on}").text())
    page.goto(address)
    for part in ("handoff", "change"):
        page.evaluate("part => { document.getElementById(part).open = true }", part)
    page.locator("#change details:has(textarea)").evaluate("more => { more.open = true }")
    page.locator("#change textarea").fill("Half a sentence")
    handoff = page.locator("#handoff")
    handoff.get_by_role("radio", name="Late").check(force=True)
    handoff.get_by_label("How many minutes late?").fill("soon")
    handoff.get_by_role("button", name="Save the handoff").click()
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#change textarea")).to_have_value("Half a sentence")
    assert page.url.endswith(address)
    handoff.get_by_label("How many minutes late?").fill("20")
    handoff.get_by_role("button", name="Save the handoff").click()
    expect(page.get_by_text("Saved for").first).to_be_visible()
    context.close()


def test_a_form_that_came_back_keeps_its_words_when_another_is_sent(stage: Stage, browser: Browser) -> None:
    """The server knows them no more; they were its own answer."""
    context = stage.enter(browser, "Mediator", chromium.LAPTOP)
    page = context.new_page()
    page.goto(f"/caseload/{stage.trials['First four weeks']}/return-session")
    guest = page.locator("form[action$='/guests']")
    page.get_by_text("Propose a guest").click()
    guest.get_by_label("Name").fill("A lawyer")
    guest.get_by_label("Email").fill("nowhere")
    guest.get_by_role("button").click()
    expect(page.locator("#guest_email-error")).to_be_visible()
    page.get_by_text("Add a referral").click()
    referral = page.locator("form[action$='/referrals']").last
    referral.get_by_label("For", exact=True).select_option(index=1)
    referral.get_by_label("Whom to see").fill("A tax adviser")
    referral.get_by_role("button", name="Add").click()
    expect(page.get_by_text("It stands on their Prepare page.").first).to_be_visible()
    expect(guest.get_by_label("Name")).to_have_value("A lawyer")
    expect(guest.get_by_label("Email")).to_have_value("nowhere")
    expect(referral.get_by_label("Whom to see")).to_have_value("")
    context.close()
