"""From the QR code to the first saved answer, and out again by Exit, with a thumb: with scripts and without."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.apart import apart
from tests.browser.stage import Stage
from tests.cast import NIGHTS, programme_of, proposed
from tracker.cases import create, invite
from tracker.cases.create import NewParty
from tracker.config import load
from tracker.db import transaction
from tracker.people.persons import by_email
from tracker.trials import propose

NEUTRAL = "https://www.wikipedia.org/"


def invitations(stage: Stage) -> list[str]:
    """The addresses in the QR codes of a parenting trial that starts today."""
    now = datetime.now(UTC)
    with apart(load({"DATA": str(stage.data), "DEMO": "1"})), transaction():
        mediator = by_email("mediator@demo.invalid")
        assert mediator is not None
        programme = programme_of(mediator)
        people = [NewParty("A", "Parent A", "UTC"), NewParty("B", "Parent B", "UTC")]
        case, parties = create.create(programme.id, mediator.id, "Tap by tap", people, now)
        nights = NIGHTS | {"anchor": now.date().isoformat()}
        plan = proposed("Tap by tap", "parenting", 28, "UTC", {"nights": nights}, now.date())
        propose.propose(case, plan, mediator.id, now)
        tokens = [invite.invite(party, now).token for party in parties]
    return [f"{stage.url}/invitations/{token}" for token in tokens]


class Thumb:
    """Taps, and counts them."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.page.goto(address)
        self.taps = 0

    def tap(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name).first.tap()  # type: ignore[arg-type]  # roles as plain words
        self.page.wait_for_load_state()
        self.taps += 1

    def join(self) -> None:
        """From what the QR code opens to Today."""
        self.tap("link", "Continue")
        self.tap("button", "Yes, only I use it")
        self.tap("button", "I accept")
        self.tap("button", "Continue")
        self.tap("link", "Go to Today")


@pytest.mark.parametrize("scripts", [True, False])
def test_at_most_eight_taps_from_the_qr_code_to_the_first_saved_answer(
    stage: Stage, browser: Browser, scripts: bool
) -> None:
    first, second = invitations(stage)
    with stage.enter(browser, "", java_script_enabled=scripts) as one:
        waiting = Thumb(one, first)
        waiting.join()
        assert waiting.page.get_by_role("button", name="As planned today").count() == 0  # the other has not accepted
    with stage.enter(browser, "", java_script_enabled=scripts) as two:
        thumb = Thumb(two, second)
        thumb.join()
        thumb.tap("button", "As planned today")
        thumb.page.get_by_text("Saved").first.wait_for()
        assert thumb.taps <= 8
        assert thumb.taps == 6


@pytest.mark.parametrize("scripts", [True, False])
def test_exit_leaves_for_the_neutral_site(stage: Stage, browser: Browser, scripts: bool) -> None:
    with stage.enter(browser, "", java_script_enabled=scripts) as context:
        context.route(NEUTRAL + "**", lambda route: route.fulfill(body="elsewhere", content_type="text/plain"))
        page = context.new_page()
        page.goto(stage.url + "/demo")
        page.get_by_role("button", name="Enter as Mediator").tap()
        page.wait_for_url("**/caseload")
        page.goto(stage.url + "/places")
        with page.expect_request(NEUTRAL):  # the browser goes there; the network of a test may not
            page.get_by_role("button", name="Exit").tap()
        back = context.new_page()  # the first one may still be on its way out, and the end of the sign-in to the server
        until = datetime.now(UTC) + timedelta(seconds=20)
        while "/sign-in" not in back.url and datetime.now(UTC) < until:
            back.goto(stage.url + "/places")
        assert "/sign-in" in back.url
