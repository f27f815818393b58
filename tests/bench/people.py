"""Signing in over HTTP as a person does: address, email, code. For the bench and for tests beside a running program."""

from __future__ import annotations

import re
import time
import urllib.parse
import urllib.request
from email import policy
from email.parser import BytesParser
from http.cookiejar import CookieJar
from pathlib import Path

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser:
    """Cookies and forms, nothing more."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.jar = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> str:
        """The page at `path`, wherever it leads."""
        with self._opener.open(self.url + path, timeout=30) as response:
            return str(response.read().decode())

    def post(self, path: str, page: str, **fields: str) -> str:
        """Send a form of `page`; the page that it leads to."""
        data = urllib.parse.urlencode({"csrf_token": self.token(page)} | fields).encode()
        headers = {"Origin": self.url, "Referer": self.url + path}
        request = urllib.request.Request(self.url + path, data=data, headers=headers)
        with self._opener.open(request, timeout=30) as response:
            return str(response.read().decode())

    def token(self, page: str) -> str:
        """The CSRF token in a page's forms."""
        found = TOKEN.search(page)
        assert found is not None, page[:500]
        return found.group(1)

    def cookies(self) -> str:
        """What the browser would send along."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)


def sign_in(url: str, data: Path, email: str) -> Browser:
    """A browser in which the person with this address has signed in by the code from their email."""
    browser = Browser(url)
    before = set((data / "mail").glob("*.eml"))
    page = browser.post("/sign-in", browser.get("/sign-in"), email=email)
    until = time.monotonic() + 10  # mail goes out after the answer; that of the sign-in before this one, too
    while not (codes := [code for path in set((data / "mail").glob("*.eml")) - before for code in _codes_in(path)]):
        assert time.monotonic() < until, f"no code for {email}"
        time.sleep(0.02)
    assert len(codes) == 1, f"{len(codes)} codes for {email}"
    browser.post("/sign-in/code", page, code=codes[0])
    return browser


def _codes_in(path: Path) -> list[str]:
    body = BytesParser(policy=policy.default).parsebytes(path.read_bytes()).get_body(("plain",))
    return re.findall(r"^\s*(\d{3} ?\d{3})\s*$", body.get_content(), re.MULTILINE) if body else []
