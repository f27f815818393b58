"""Trusted types in a real browser: htmx swaps answers in by its own policy, and nothing else turns text into markup."""

from __future__ import annotations

from playwright.sync_api import Browser, ConsoleMessage, expect

from tests.browser.phones import owners
from tests.browser.stage import Stage

ALLOWED = """() => {
  const tries = {
    markup: () => { document.createElement("p").innerHTML = "<b>x</b>"; },
    script: () => { document.createElement("script").src = "/static/app.js"; },
    another: () => { trustedTypes.createPolicy("another", {}); },
    again: () => { trustedTypes.createPolicy("worker", { createScriptURL: (url) => url }); },
  };
  return Object.keys(tries).filter((name) => { try { tries[name](); return true; } catch { return false; } });
}"""


def test_htmx_swaps_and_nothing_else_makes_markup(browser: Browser, stage: Stage) -> None:
    owner, _other = owners(stage, "parenting", "Typed")  # nobody has written yet, nor will it end at midnight
    stage.cookies[owner.person] = owner.cookie
    context = stage.enter(browser, owner.person)
    page = context.new_page()
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        said.append(message.text)

    page.on("console", note)
    page.goto(f"/trials/{owner.trial}/today")
    page.evaluate("window.whole = true")
    page.get_by_role("button", name="As planned today").click()
    expect(page.get_by_text("Saved").first).to_be_visible()
    assert page.evaluate("window.whole"), "the page was loaded anew: htmx did not swap"
    assert not said, said
    assert page.evaluate(ALLOWED) == []
    context.close()
