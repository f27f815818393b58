"""What every answer carries: whatever an answer is, it gives a browser nothing to leak, run, frame or keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from tests.apart import apart
from tests.cast import Cast
from tests.conftest import configured
from tests.visitor import Client, Visitor

Visit = Callable[..., Visitor]


def answers(cast: Cast, visit: Visit) -> list[Visitor]:
    return [visit(), visit(cast.parent_a), visit(cast.mediator), visit(cast.administrator)]


PATHS = ("/", "/sign-in", "/places", "/nowhere", "/static/nothing.js", "/healthz", "/caseload", "/programme", "/exit")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_whatever_it_is(cast: Cast, visit: Visit, path: str) -> None:
    for browser in answers(cast, visit):
        headers = browser.client.get(path).headers
        policy = headers["Content-Security-Policy"]
        for part in (
            "default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'",
        ):  # fmt: skip  # read in rows, as it is laid out
            assert part in policy
        assert "unsafe" not in policy
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
        assert headers["Cache-Control"] == "no-store"
        off = headers["Permissions-Policy"].split(", ")
        assert {"geolocation=()", "camera=()", "microphone=()"} <= set(off)
        assert "*" not in headers["Permissions-Policy"]
        assert "Server" not in headers


def test_a_page_travels_as_small_as_the_browser_can_read_it(visit: Visit) -> None:
    for read, sent in (("gzip, deflate, br, zstd", "br"), ("gzip, deflate", "gzip"), ("identity", None)):
        answer = visit().client.get("/", headers={"Accept-Encoding": read})
        assert answer.headers.get("Content-Encoding") == sent


def test_a_nonce_is_used_once(visit: Visit) -> None:
    policies = {visit().get("/").response.headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


def test_files_are_not_taken(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = f"/trials/{cast.parenting.id}/safety"
    data = {"csrf_token": browser.token(), "text": "x"}
    for kind in ("multipart/form-data", "text/plain", "application/octet-stream", "text/xml"):
        assert browser.client.post(page, data=data, content_type=kind).status_code == 415


def test_another_sites_form_is_refused_even_with_our_token(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    page = f"/trials/{cast.parenting.id}/pauses"
    for headers in (
        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://example.com"},
    ):  # fmt: skip  # read in rows, as it is laid out
        browser.post(page, {}, 400, headers=headers)
    assert browser.get(f"/trials/{cast.parenting.id}/today").has("As planned today")


# The one lets people out whatever their page is (see tests/front/test_exit.py); the other is what a mail program sends
# for its reader (RFC 8058), and its address holds the secret.
WITHOUT_TOKEN = ("device.leave", "front.mute_now")


def test_every_change_needs_a_token(app: Flask, cast: Cast, visit: Visit) -> None:
    """Each route that changes something, as somebody who may use it: nothing happens without the form's own token."""
    unguarded = []
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}:
            if rule.endpoint in WITHOUT_TOKEN:
                continue
            address = rule.rule.replace("<uuid:trial>", str(cast.parenting.id))
            while "<" in address:
                before, _, rest = address.partition("<")
                kind, _, after = rest.partition(">")
                address = before + (str(cast.parenting.id) if kind.startswith("uuid:") else "2026-03-09") + after
            answer = visit(cast.parent_a).client.open(address, method=method, data={"email": "x@example.org"})
            if answer.status_code != 400:
                unguarded.append(f"{method} {rule.rule}: {answer.status_code}")
    assert not unguarded, "\n".join(unguarded)


@pytest.fixture(scope="module")
def over_tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An app that people reach by https."""
    data: Path = tmp_path_factory.mktemp("tls")
    url = f"sqlite:///{data / 'tls.sqlite'}"
    with apart(configured(data, url, base_url="https://m.example.org", demo=False)) as app:
        upgrade()
        yield app


def test_over_tls_cookies_and_transport_are_strict(over_tls: Flask) -> None:
    client = Client(over_tls, over_tls.response_class)
    answer = client.get("/sign-in", base_url="https://m.example.org")
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie


def test_over_tls_a_form_without_a_referrer_is_ours(over_tls: Flask) -> None:
    client = Client(over_tls, over_tls.response_class)
    page = client.get("/sign-in", base_url="https://m.example.org").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
    data = {"csrf_token": token, "email": "nobody@example.org"}
    answer = client.post("/sign-in", data=data, headers=headers, base_url="https://m.example.org")
    assert answer.status_code == 303
