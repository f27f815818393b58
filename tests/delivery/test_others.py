"""A text to a number goes by whatever service the installation names, and says nothing but its text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import configured
from tests.delivery.push_service import PushService, push_service
from tests.server import free_port
from tracker.config import Config
from tracker.delivery import others
from tracker.delivery.outcome import Permanent, Temporary

pytestmark = pytest.mark.real_time


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


def config(url: str) -> Config:
    return configured(Path("."), "sqlite://", sms_url=url)


def by(service: PushService) -> Config:
    return config(service.url.replace("http:", "json:") + "/texts/{number}")


def test_the_text_arrives_and_nothing_else(service: PushService) -> None:
    others.send("+15550100123", "You have a reminder. http://x/1", by(service))
    ((path, headers, body),) = service.requests
    assert path == "/texts/+15550100123"
    sent = json.loads(body)
    assert (sent["title"], sent["message"]) == ("", "You have a reminder. http://x/1")
    assert "apprise" not in (body.decode() + str(headers)).lower()


def test_what_did_not_go_may_go_later(service: PushService) -> None:
    service.status = 500
    with pytest.raises(Temporary):
        others.send("+15550100123", "x", by(service))
    with pytest.raises(Temporary):
        others.send("+15550100123", "x", config(f"json://127.0.0.1:{free_port()}/{{number}}"))


@pytest.mark.parametrize("url", ["", "no-such-service://{number}"])
def test_without_a_service_that_is_known_it_never_goes(url: str) -> None:
    with pytest.raises(Permanent):
        others.send("+15550100123", "x", config(url))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+1 (555) 010-0123", "+15550100123"), ("0049 30 123456", "+4930123456"), ("+44 20 7946 0958", "+442079460958"),
        ("555 0100", None), ("", None), ("+0 123 4567", None), ("+1555010012345678", None), ("+1555x0100", None),
    ],
)  # fmt: skip  # read in rows, as it is laid out
def test_a_number_is_kept_with_its_country(typed: str, kept: str | None) -> None:
    assert others.number(typed) == kept
