"""A push message reaches its browser encrypted, replaces the one before, and never goes where it should not."""

from __future__ import annotations

import json
import socket
import time
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from py_vapid import Vapid02

from tests.conftest import configured
from tests.delivery.push_service import Device, PushService, push_service
from tests.server import free_port
from tracker.config import Config
from tracker.delivery import push
from tracker.delivery.guarded import is_public, session
from tracker.delivery.notice import Notice
from tracker.delivery.outcome import Gone, Permanent, Temporary

NOTICE = Notice("1", "Reminder", "You have a reminder.", "<p>Hello</p>", "/check-ins/x", "day", short="It is open.")
pytestmark = pytest.mark.real_time


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


def config(service: PushService) -> Config:
    return configured(Path("."), "sqlite://", push_hosts=(service.url,), mail_from="Reminders <r@example.org>")


def test_only_its_browser_reads_it_and_it_replaces_the_one_before(service: PushService) -> None:
    device = Device(f"{service.url}/send/abc")
    push.send(NOTICE, device.subscription, config(service))
    ((path, headers, body),) = service.requests
    assert path == "/send/abc"
    assert device.read(body) == {
        "title": "Reminder",
        "body": "It is open.",
        "tag": "day",
        "url": "/check-ins/x",
        "badge": 1,
    }
    assert b"reminder" not in body
    assert (headers["ttl"], headers["content-encoding"]) == ("43200", "aes128gcm")
    assert len(headers["topic"]) == 32
    assert Vapid02.verify(headers["authorization"])
    assert f"k={push.public_key(config(service))}" in headers["authorization"]


def test_a_repeat_and_a_newer_one_replace_what_still_waits(service: PushService) -> None:
    with push.opened(config(service)) as send:
        for notice in (NOTICE, NOTICE, replace(NOTICE, id="2"), replace(NOTICE, id="3", tag="other")):
            send(notice, push.text(Device(f"{service.url}/x").subscription))
    topics = [headers["topic"] for _path, headers, _body in service.requests]
    assert topics[0] == topics[1] == topics[2] != topics[3]


@pytest.mark.parametrize(
    ("status", "failure"),
    [(s, Gone) for s in (403, 404, 410)]
    + [(s, Permanent) for s in (400, 401, 413)]
    + [(s, Temporary) for s in (429, 500, 503)],
)
def test_what_the_service_answers_says_whether_to_try_again(
    service: PushService, status: int, failure: type[Exception]
) -> None:
    service.status = status
    with pytest.raises(failure, match=f"push service: {status}") as raised:
        push.send(NOTICE, Device(f"{service.url}/send/abc").subscription, config(service))
    assert type(raised.value) is failure  # only what is gone may be forgotten


def test_the_signature_is_good_on_a_clock_that_is_behind(service: PushService) -> None:
    """A service refuses one that claims more than 24 hours on its own clock (RFC 8292, section 2)."""
    push.send(NOTICE, Device(f"{service.url}/send/abc").subscription, config(service))
    ((_path, headers, _body),) = service.requests
    claims = headers["authorization"].split("t=")[1].split(",")[0].split(".")[1]
    until = json.loads(urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["exp"] - time.time()
    assert 6 * 3600 < until < 18 * 3600


def test_a_service_that_is_down_may_work_later(service: PushService) -> None:
    away = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(Temporary, match="ConnectionError"):
        push.send(NOTICE, Device(f"{away}/x").subscription, replace(config(service), push_hosts=(away,)))


def test_it_follows_no_redirect(service: PushService) -> None:
    service.status, service.location = 307, f"{service.url}/elsewhere"
    with pytest.raises(Temporary, match="TooManyRedirects"):
        push.send(NOTICE, Device(f"{service.url}/x").subscription, config(service))
    assert [path for path, _headers, _body in service.requests] == ["/x"]


@pytest.mark.parametrize(
    ("endpoint", "ok"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/abc", True),
        ("https://web.push.apple.com/abc", True),
        ("https://wns2-am3p.notify.windows.com/w/?token=abc", True),
        ("https://push.example.org/abc", True),
        ("https://one.push.example.net/abc", True),
        ("http://10.0.0.8:8080/abc", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False),
        ("https://fcm.googleapis.com:8443/abc", False),
        ("https://fcm.googleapis.com@127.0.0.1/abc", False),
        ("https://fcm.googleapis.com.example.com/abc", False),
        ("https://evil-fcm.googleapis.com/abc", False),
        ("https://notpush.example.org/abc", False),
        ("https://10.0.0.8/abc", False),
        ("http://10.0.0.8:8081/abc", False),
        ("https://localhost/abc", False),
        ("https://[::1]/abc", False),
        ("https://[::1/abc", False),
        ("https://fcm.googleapis.com:x/abc", False),
        ("file:///etc/passwd", False),
        ("", False),
        ("https://fcm.googleapis.com/" + "a" * 1000, False),
    ],
)
def test_only_known_services_are_asked_and_over_tls(service: PushService, endpoint: str, ok: bool) -> None:
    named = ("push.example.org", "*.push.example.net", "http://10.0.0.8:8080")
    assert push.allowed(endpoint, replace(config(service), push_hosts=named)) is ok
    if not ok:
        with pytest.raises(Permanent, match="no known push service"):
            push.send(NOTICE, Device(endpoint).subscription, config(service))


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False),  # noqa: S104  # no binding
        ("224.0.0.1", False), ("::1", False), ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:127.0.0.1", False),
    ],
)  # fmt: skip  # read in rows, as it is laid out
def test_addresses_of_the_public_internet(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_name_that_leads_to_this_machine_gets_no_byte() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(2)
        with session(public=True) as http, pytest.raises(requests.ConnectionError, match="public internet"):
            http.post(f"https://localhost:{listening.getsockname()[1]}/", data="x", timeout=2)
        connection, _address = listening.accept()
        connection.settimeout(2)
        assert connection.recv(1) == b""
        connection.close()


def test_without_tls_nothing_public_is_asked_at_all() -> None:
    with session(public=True) as http, pytest.raises(requests.exceptions.InvalidSchema):
        http.post("http://fcm.googleapis.com/", data="x", timeout=2)


@pytest.mark.parametrize("broken", [{"p256dh": "AAAA"}, {"auth": "AAAA"}, {"p256dh": "ä"}, {"p256dh": ""}])
def test_keys_that_no_browser_sends(service: PushService, broken: dict[str, str]) -> None:
    subscription = replace(Device(f"{service.url}/x").subscription, **broken)
    assert not push.readable(subscription)
    with pytest.raises(Permanent):
        push.send(NOTICE, subscription, config(service))
    assert not service.requests
