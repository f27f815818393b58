"""The whole way back in a real browser: from the end of a trial through the session to the acceptance of the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import chromium
from tests.browser.stage import Stage

OVER = "Roof and gutter"  # of the demo: it ended a week ago, and nothing of it was released

# Three changes while the first is on its way: the last is what counts.
FASTER_THAN_THE_SERVER = """field => ["one", "two", "three"].forEach((text) => {
  field.value = text;
  field.dispatchEvent(new Event("change", { bubbles: true }));
})"""


class Room:
    """Everybody's browsers, at the trial that is over."""

    def __init__(self, stage: Stage, browser: Browser) -> None:
        self.stage, self.browser, self.trial = stage, browser, stage.trials[OVER]
        self.contexts: list[BrowserContext] = []
        self.mediator = self._page("Mediator", chromium.LAPTOP)
        self.owner, self.tenant = self._page("Upstairs", chromium.PHONE), self._page("Downstairs", chromium.PHONE)
        self.office = self._page("Administrator", chromium.LAPTOP)

    def _page(self, who: str, size: dict[str, object]) -> Page:
        context = self.stage.enter(self.browser, who, size)
        self.contexts.append(context)
        return context.new_page()

    def desk(self, place: str) -> Page:
        """The mediator goes to a page of the trial."""
        self.mediator.goto(f"/caseload/{self.trial}{place}")
        return self.mediator

    def at(self, phone: Page, place: str) -> Page:
        """A party goes to a page of the trial."""
        phone.goto(f"/trials/{self.trial}/{place}")
        return phone


@pytest.fixture
def room(stage: Stage, browser: Browser) -> Iterator[Room]:
    """Everybody is there; their browsers close afterwards."""
    made = Room(stage, browser)
    yield made
    for context in made.contexts:
        context.close()


def test_from_the_end_of_a_trial_to_the_next_one(room: Room) -> None:
    expect(room.at(room.owner, "today").get_by_role("heading", level=1)).to_have_text("This trial has ended")
    _prepare(room)
    _carry_an_option(room)
    _agenda(room)
    _release(room)
    _session(room)
    _memorandum(room)
    _next_trial(room)


def _prepare(room: Room) -> None:
    phone = room.at(room.owner, "prepare")
    phone.get_by_role("link", name="My top three goals").tap()
    with phone.expect_response(lambda answer: "three" in (answer.request.post_data or "")):
        phone.get_by_label("Second goal").evaluate(FASTER_THAN_THE_SERVER)
    phone.get_by_label("First goal").press_sequentially("No bucket under the roof")
    with phone.expect_response(lambda answer: "audience=summary" in (answer.request.post_data or "")):
        phone.get_by_role("radio", name="The summary").tap()
    expect(phone.get_by_text(re.compile(r"Saved at \d"))).to_be_visible()  # nothing was pressed
    phone.reload()
    expect(phone.get_by_label("Second goal")).to_have_value("three")
    expect(phone.get_by_label("First goal")).to_have_value("No bucket under the roof")
    expect(phone.get_by_role("radio", name="The summary")).to_be_checked()
    phone = room.at(room.tenant, "prepare/options")
    phone.get_by_label("An option, or a question").fill("The roofer comes on Saturdays")
    phone.get_by_role("button", name="Save").tap()
    expect(phone.get_by_text("Saved.").first).to_be_visible()


def _carry_an_option(room: Room) -> None:
    """Held by the mediator alone, carried over with its author's yes, and not before."""
    desk = room.desk("/return-session")
    desk.get_by_role("button", name="Hold this option").click()
    desk.get_by_role("button", name="Ask whether you may bring it over").click()
    expect(desk.get_by_text("Asked. The answer will stand here.").first).to_be_visible()
    expect(room.at(room.owner, "prepare").get_by_text("Saturdays")).to_have_count(0)
    room.at(room.tenant, "prepare").get_by_role("button", name="Yes, they may").tap()
    expect(room.tenant.get_by_text("Your mediator may tell the other party.").first).to_be_visible()
    room.desk("/return-session").get_by_role("button", name="Bring it to the other party").click()
    expect(desk.get_by_text("brought over")).to_be_visible()
    expect(room.at(room.owner, "prepare").get_by_text("The roofer comes on Saturdays")).to_be_visible()


def _agenda(room: Room) -> None:
    desk = room.desk("/agenda")
    desk.get_by_role("button", name="Add a topic").click()
    added = desk.get_by_label("What to talk about").last
    expect(added).to_have_value("")
    added.fill("Who is at home when")
    desk.get_by_role("button", name=re.compile(r"Topic \d up")).last.click()
    expect(desk.get_by_text("Not saved yet.")).to_be_visible()
    desk.get_by_role("button", name="Save").last.click()
    expect(desk.get_by_text("Saved. It stands in the summary, and on paper.").first).to_be_visible()
    expect(room.desk("/summary").get_by_text("Who is at home when")).to_be_visible()


def _release(room: Room) -> None:
    phone = room.at(room.owner, "summary")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Not released yet")
    desk = room.desk("/releases")
    desk.get_by_role("link", name="As Upstairs sees it").click()
    expect(desk.get_by_text("No bucket under the roof")).to_be_visible()
    desk.get_by_role("button", name="Release to both parties").first.click()
    expect(desk.get_by_text("Released. Both parties see the summary as it stands now.").first).to_be_visible()
    room.at(room.tenant, "summary")
    expect(room.tenant.get_by_text("No bucket under the roof")).to_be_visible()
    expect(room.tenant.get_by_text("Who is at home when")).to_be_visible()


def _session(room: Room) -> None:
    day = date.today() + timedelta(days=3)  # noqa: DTZ011  # as the person in front of the browser reads it
    desk = room.desk("/return-session")
    desk.get_by_label("Day", exact=True).fill(day.isoformat())
    desk.get_by_label("Time", exact=True).fill("15:30")
    desk.get_by_label("Place").fill("Library, room 4")
    desk.get_by_role("radio", name="In separate rooms").check()
    desk.get_by_role("button", name="Save").first.click()
    expect(desk.get_by_text("The return session is on").first).to_be_visible()
    phone = room.at(room.owner, "prepare")
    expect(phone.get_by_text("Library, room 4")).to_be_visible()
    with phone.expect_download() as waiting:
        phone.get_by_role("link", name="Add to my calendar").tap()
    text = waiting.value.path().read_text()
    assert "BEGIN:VEVENT" in text
    assert f"{day:%Y%m%d}T153000" in text
    assert "Library" not in text


def _memorandum(room: Room) -> None:
    desk = room.desk("/memorandum")
    draft = desk.get_by_label("What they choose to go on with")
    draft.fill(f"{draft.input_value()}\nThe roofer comes on Saturdays.")  # after what both kept, if anything
    desk.get_by_role("button", name="Put it to both parties").click()
    expect(desk.get_by_text("Version 1 is put to both parties.").first).to_be_visible()
    for phone in (room.tenant, room.owner):
        room.at(phone, "memorandum").get_by_role("button", name="Accept this version").tap()
        expect(phone.get_by_text("You accepted this version.").first).to_be_visible()
    expect(room.desk("/return-session").get_by_text("Both accepted a memorandum")).to_be_visible()


def _next_trial(room: Room) -> None:
    desk = room.desk("/return-session")
    desk.get_by_role("button", name="Prepare the next trial").click()
    desk.get_by_label("What will be tried").first.fill("Everybody answers by the next evening")
    for heading in ("Schedule", "sharing"):
        desk.get_by_role("button", name=re.compile("^Continue")).last.click()
        expect(desk.locator("[aria-current=step]")).to_contain_text(re.compile(heading, re.IGNORECASE))
    desk.get_by_role("button", name="Propose it").click()
    expect(desk.get_by_text("Proposed. It starts when both have accepted.").first).to_be_visible()
    desk.wait_for_url(re.compile(r"/caseload/[0-9a-f-]{36}$"))
    trial = desk.url.rpartition("/")[2]
    for phone in (room.tenant, room.owner):
        phone.goto(f"/trials/{trial}/plan")
        phone.get_by_role("button", name="Accept this plan").tap()
        expect(phone.get_by_text("You have accepted this plan.").first).to_be_visible()
    expect(room.desk("/return-session").get_by_text("Both accepted another plan, which they try next")).to_be_visible()
    room.office.goto("/programme")
    figures = room.office.locator("#outcomes")
    expect(figures.get_by_role("row", name=re.compile("A memorandum accepted by all"))).to_contain_text("1")
