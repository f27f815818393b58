"""The ways out are configured by variables: a key made once and kept, and a wrong value that is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.config import ConfigError, load
from tracker.delivery import push


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    first, second = (load({"DATA": str(tmp_path)}) for _ in range(2))
    assert first.vapid_key == second.vapid_key
    assert (tmp_path / "vapid.key").stat().st_mode & 0o777 == 0o600
    assert push.public_key(first) == push.public_key(second)
    assert push.public_key(load({"DATA": str(tmp_path / "other")})) != push.public_key(first)


def test_a_key_can_be_given(tmp_path: Path) -> None:
    key = load({"DATA": str(tmp_path)}).vapid_key
    elsewhere = tmp_path / "elsewhere"
    assert load({"DATA": str(elsewhere), "VAPID_KEY": key}).vapid_key == key
    assert not (elsewhere / "vapid.key").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VAPID_KEY", "short"),
        ("VAPID_KEY", "A" * 43),
        ("VAPID_KEY", "_" * 43),
        ("PUSH_HOSTS", "push.example.org, https://a@b.example"),
        ("PUSH_HOSTS", "*"),
        ("PUSH_HOSTS", "localhost"),
        ("SMS_URL", "twilio://sid:token@from"),
    ],
)
def test_a_wrong_one_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"^{name}: "):
        load({"DATA": str(tmp_path), name: value})


def test_push_services_of_ones_own(tmp_path: Path) -> None:
    hosts = "push.example.org, *.example.net,https://push.intranet.example:8443/"
    config = load({"DATA": str(tmp_path), "PUSH_HOSTS": hosts})
    assert config.push_hosts == ("push.example.org", "*.example.net", "https://push.intranet.example:8443")
