"""The Chromium that browser tests drive. `python -m tests.chromium` installs one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The program to start: what CHROMIUM names, or the one on the path, or playwright's own; else None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    found = (path for name in NAMES if (path := shutil.which(name)))
    return next(found, None) or _of_playwright()


def shell() -> str | None:
    """The same engine without the window around it, which costs a quarter; it shows no notifications. Else `find()`."""
    found = (path for name in SHELLS if (path := shutil.which(name)))
    return find() if os.environ.get("CHROMIUM") else next(found, None) or find()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return shutil.which(playwright.chromium.executable_path)


def install() -> None:
    """Install Chromium: as root on Debian its package, elsewhere playwright's own build. Raises if that fails."""
    print("· Installing Chromium for the browser tests", flush=True)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "-qq", "update"], env=quiet, check=True)
        subprocess.run(
            ["apt-get", "-qq", "-y", "install", "chromium", SHELLS[0]],
            env=quiet, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip  # read in rows, as it is laid out
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    if find() is None:
        install()
    sys.exit(0 if find() else "No Chromium was found. Name one in the variable CHROMIUM.")
