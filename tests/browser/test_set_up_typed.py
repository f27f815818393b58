"""What a mediator types into the set-up stays as it was typed while the page keeps it, field after field."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from tests.browser import chromium
from tests.browser.stage import Stage


def test_a_term_is_typed_field_after_field(stage: Stage, browser: Browser) -> None:
    context = stage.enter(browser, "Mediator", chromium.LAPTOP)
    page = context.new_page()
    page.goto("/caseload/new")
    page.get_by_label("What do you call it?").fill("Typed slowly")
    for number, name in enumerate(("Parent A", "Parent B")):
        page.get_by_label("Name", exact=True).nth(number).fill(name)
    on = page.get_by_role("button", name=re.compile("^Continue"))
    on.click()
    page.get_by_role("radio", name="Four-week parenting plan").check()
    on.click()
    text, sign = page.get_by_label("What will be tried").first, page.get_by_label("You notice it by").first
    text.press_sequentially("Lights out by 20:30")
    with page.expect_response(lambda answer: "20%3A30" in (answer.request.post_data or "")):
        text.press("Tab")
    sign.press_sequentially("The room is dark")
    with page.expect_response(lambda answer: "dark" in (answer.request.post_data or "")):
        sign.press("Tab")
    page.evaluate("() => new Promise((done) => setTimeout(done))")  # whatever the answer brings about has come about
    expect(text).to_have_value("Lights out by 20:30")
    expect(sign).to_have_value("The room is dark")
    on.click()
    expect(page.get_by_label("First day", exact=True)).to_be_visible()
    page.get_by_role("button", name="Back").click()
    expect(text).to_have_value("Lights out by 20:30")
    expect(sign).to_have_value("The room is dark")
    context.close()
