"""`make shots`: every screen as a picture, 390x844 and 1280x800, light and dark, in `shots/`. Name some to take few."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium
from tests.browser.screens import Screen, screens
from tests.browser.stage import Stage, build
from tests.server import ROOT

FOLDER = ROOT / "shots"
MISSING = ("front-not-found", "front-link", "front-address-over", "check-in-over")  # these show what cannot be found
SIZES = {"phone": chromium.PHONE, "laptop": chromium.LAPTOP}


def main(wanted: list[str]) -> None:
    """Take them; end with status 1 if a page did not answer as it should."""
    FOLDER.mkdir(exist_ok=True)
    wrong: list[str] = []
    with (
        tempfile.TemporaryDirectory(prefix="meanwhile-shots-") as folder,
        sync_playwright() as driver,
        chromium.launched(driver) as browser,
    ):
        stage, server = build(Path(folder))
        try:
            chosen = [s for s in screens(stage) if not wanted or any(s.name.startswith(name) for name in wanted)]
            for size in SIZES:
                for scheme in ("light", "dark"):
                    wrong += take(browser, stage, chosen, size, scheme)
        finally:
            server.stop()
    print(f"{len(chosen)} screens in 2 sizes and 2 schemes are in {FOLDER.name}/")
    sys.exit("\n".join(wrong) if wrong else 0)


def take(browser: Browser, stage: Stage, chosen: list[Screen], size: str, scheme: str) -> list[str]:
    """The chosen screens in one size and scheme; what was wrong with any of them."""
    wrong = []
    for who in sorted({screen.who for screen in chosen}):
        context = stage.enter(browser, who, SIZES[size], color_scheme=scheme)
        page = context.new_page()
        for screen in (one for one in chosen if one.who == who):
            response = screen.open(page)
            if response is None or (response.status >= 400 and screen.name not in MISSING):
                wrong.append(f"{screen.name}: {response and response.status}")
            page.screenshot(path=FOLDER / f"{screen.name}-{size}-{scheme}.png", full_page=True)
        context.close()
    return wrong


if __name__ == "__main__":
    main(sys.argv[1:])
