"""Every screen: its name, who sees it, and where. Pictures, accessibility and budgets walk this one list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, Response

from tests.browser.stage import STATES, Stage

STEPS = ("template", "terms", "schedule", "sharing")
TABS = (
    *("contact", "consents", "calendar", "prepare", "more", "plan", "reminders", "safety", "confidentiality"),
    *("my-data", "pauses", "withdrawals"),
)


@dataclass(frozen=True)
class Screen:
    """One screen in one state. `who` is the name of a person on the stage, or empty."""

    name: str
    who: str
    path: str
    press: str = ""  # the button that leads there, for a screen behind another one
    typed: tuple[str, str] | None = None  # a field's label and what to type before it is pressed

    def open(self, page: Page) -> Response | None:
        """Go there; the answer to the address itself."""
        response = page.goto(self.path)
        if self.press:
            self.go_on(page)
        return response

    def go_on(self, page: Page) -> None:
        """From the screen at the address to the one behind it."""
        if self.typed:
            page.get_by_label(self.typed[0]).fill(self.typed[1])
        page.get_by_role("button", name=self.press).click()
        page.wait_for_load_state("networkidle")


def _front(stage: Stage) -> list[Screen]:
    return [
        Screen("front", "", "/"),
        Screen("front-sign-in", "", "/sign-in"),
        Screen("front-code", "", "/sign-in", "Send me a code", ("Your email address", "nobody@demo.invalid")),
        Screen("front-link", "", "/sign-in/a-link-that-is-gone"),
        Screen("front-signed-out", "", "/signed-out"),
        Screen("front-demo", "", "/demo"),
        Screen("front-not-found", "", "/no-such-page"),
        Screen("front-offline", "", "/offline"),
        Screen("invitation-code", "", "/invitations"),
        Screen("invitation-what", "", stage.invitation),
        Screen("invitation-phone", "", f"{stage.invitation}/phone"),
        Screen("invitation-plan", "", f"{stage.invitation}/phone", press="Yes, only I use it"),
        Screen("invitation-again", "", stage.links["again"]),
        Screen("check-in", "", stage.links["Parent A"]),
        Screen("check-in-noise", "", stage.links["Downstairs"]),
        Screen("check-in-saved", "", f"{stage.links['Parent A']}?saved=yes"),
        Screen("check-in-over", "", "/check-ins/a-link-that-is-gone"),
        Screen("mute", "", stage.links["mute Parent A"]),
        Screen("front-places", "Parent A", "/places"),
        Screen("programme", "Administrator", "/programme"),
        Screen("programme-settings", "Administrator", "/programme/settings"),
        Screen("programme-plans", "Administrator", "/programme/templates"),
        Screen("programme-plan-copy", "Administrator", "/programme/templates/new?of=documents"),
        Screen("programme-plan", "Administrator", stage.links["plan template"]),
        Screen("front-recovery", "", "/sign-in/recovery"),
        Screen("front-address", "", stage.links["address"]),
        Screen("front-address-over", "", "/addresses/a-link-that-is-gone"),
        Screen("front-devices", "Mediator", "/devices"),
        Screen("front-devices-party", "Parent A", "/devices"),
        Screen("front-language", "Parent A", "/language"),
        Screen("front-recovery-codes", "First parent", "/devices", press="Make new codes"),
        Screen("front-sign-out", "First parent", f"/trials/{stage.trials['saved']}/more", press="Sign out"),
        Screen("front-authenticator", "Parent A", "/authenticator"),
        Screen("front-second-step", "Parent A", "/second-step"),
        Screen("front-second-step-set-up", "New mediator", "/second-step"),
        Screen("programme-keeping", "Administrator", "/programme/keeping"),
        Screen("programme-trail", "Administrator", "/programme/trail"),
    ]


def _party(stage: Stage) -> list[Screen]:
    parenting, noise = (f"/trials/{stage.trials[title]}" for title in ("School weeks", "Maple Street"))
    repairs, ended = (f"/trials/{stage.trials[title]}" for title in ("Roof and gutter", "First four weeks"))
    past = datetime.now(UTC).date() - timedelta(days=4)
    ahead = datetime.now(UTC).date() + timedelta(days=3)
    return [
        Screen("party-today", "Parent A", f"{parenting}/today"),
        Screen("party-today-other", "Parent B", f"{parenting}/today"),
        *(Screen(f"party-{tab}", "Parent A", f"{parenting}/{tab}") for tab in TABS),
        Screen("party-day", "Parent A", f"{parenting}/days/{past}"),
        Screen("party-day-ahead", "Parent A", f"{parenting}/days/{ahead}"),
        Screen("party-outbox", "Parent A", f"{parenting}/outbox"),
        Screen("party-delete-data", "Parent A", f"{parenting}/my-data/deletions"),
        Screen("party-welcome", "Parent A", f"{parenting}/welcome/reminders"),
        Screen("party-preparing", "Parent A", f"{parenting}/prepare/goals"),
        Screen("party-summary-not-yet", "Parent A", f"{parenting}/summary"),
        Screen("party-noise-today", "Downstairs", f"{noise}/today"),
        Screen("party-noise-today-upstairs", "Upstairs", f"{noise}/today"),
        Screen("party-noise-calendar", "Downstairs", f"{noise}/calendar"),
        Screen("party-noise-day", "Downstairs", f"{noise}/days/{past}"),
        Screen("party-noise-form", "Downstairs", f"{noise}/noise"),
        Screen("party-noise-reminders", "Downstairs", f"{noise}/reminders"),
        Screen("party-moment-form", "Upstairs", f"{noise}/moments"),
        Screen("party-ended", "Upstairs", f"{repairs}/today"),
        Screen("party-ended-released", "Parent A", f"{ended}/today"),
        Screen("party-summary", "Parent A", f"{ended}/summary"),
        Screen("party-goals", "Parent A", f"{ended}/prepare/goals"),
        Screen("party-options", "Parent A", f"{ended}/prepare/options"),
        Screen("party-memorandum", "Parent A", f"{ended}/memorandum"),
        Screen("party-prepare-released", "Parent B", f"{ended}/prepare"),
        Screen("party-change-of-night", "Parent A", f"{parenting}/calendar?day={ahead}"),
        Screen("party-welcome-return", "Parent A", f"{parenting}/welcome/return"),
        Screen("party-welcome-return-unknown", "First parent", f"/trials/{stage.trials['handoff']}/welcome/return"),
        Screen("party-my-data-prepared", "Parent A", f"{ended}/my-data"),
        Screen("guest-shared", "Support person", f"/shared/{stage.trials['First four weeks']}"),
        Screen("party-summary-day", "Parent A", f"{ended}/summary/days/{past - timedelta(days=20)}"),
    ]


def _states(stage: Stage) -> list[Screen]:
    return [
        *(Screen(f"state-{name}", "First parent", f"/trials/{stage.trials[name]}/today") for name in STATES),
        Screen("state-lapsed-calendar", "First parent", f"/trials/{stage.trials['lapsed']}/calendar"),
        Screen("state-steps-form", "First parent", f"/trials/{stage.trials['steps']}/moments"),
        Screen("state-reminders-switched-off", "First parent", f"/trials/{stage.trials['Other ways']}/reminders"),
        Screen("state-closed-data", "First parent", f"/trials/{stage.trials['closed']}/my-data"),
        Screen("state-proposed-plan", "First parent", f"/trials/{stage.trials['proposed']}/plan"),
    ]


def _desk(stage: Stage) -> list[Screen]:
    screens = [
        Screen("desk-caseload", "Mediator", "/caseload"),
        Screen("desk-new", "Mediator", "/caseload/new"),
        Screen("desk-return-sessions", "Mediator", "/return-sessions"),
    ]
    for title in ("School weeks", "Maple Street", "Roof and gutter", "First four weeks"):
        name, path = title.lower().replace(" ", "-"), f"/caseload/{stage.trials[title]}"
        screens += [
            Screen(f"desk-trial-{name}", "Mediator", path),
            Screen(f"desk-summary-{name}", "Mediator", f"{path}/summary"),
        ]
    past = datetime.now(UTC).date() - timedelta(days=4)
    path, ended = (f"/caseload/{stage.trials[title]}" for title in ("School weeks", "First four weeks"))
    return [
        *screens,
        *(Screen(f"desk-new-{step}", "Mediator", f"{stage.links['draft']}/{step}") for step in STEPS),
        Screen("desk-plan", "Mediator", f"{path}/plan"),
        Screen("desk-return-session", "Mediator", f"{ended}/return-session"),
        Screen("desk-caucus-notes", "Mediator", f"{ended}/caucus-notes"),
        Screen("desk-memorandum", "Mediator", f"{ended}/memorandum"),
        Screen("desk-parties", "Mediator", f"{path}/parties"),
        Screen("desk-parties-way-in", "Mediator", f"/caseload/{stage.trials['saved']}/parties"),
        Screen("desk-release", "Mediator", f"{path}/releases"),
        Screen("desk-summary-week", "Mediator", f"{path}/summary?week=1"),
        Screen("desk-summary-present", "Mediator", f"{path}/summary?present=yes"),
        Screen("desk-summary-day", "Mediator", f"{path}/summary/days/{past}"),
        Screen("desk-comparison", "Mediator", f"{path}/comparison"),
        Screen("desk-documents", "Mediator", f"{path}/documents"),
        Screen("desk-agenda", "Mediator", f"{path}/agenda"),
        Screen("desk-trial-proposed", "Mediator", f"/caseload/{stage.trials['proposed']}"),
    ]


PARTS = {"front": _front, "party": _party, "states": _states, "desk": _desk}


def screens(stage: Stage) -> list[Screen]:
    """All of them."""
    return [screen for part in PARTS.values() for screen in part(stage)]
