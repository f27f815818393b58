"""What leaves this machine is encrypted, or does not leave it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import configured
from tests.delivery.test_email import MESSAGE, Inbox, serve  # noqa: F401  # a fixture
from tracker import create_app
from tracker.delivery import email
from tracker.delivery.email import NotSent
from tracker.hosts import is_here


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost", "/run/postgresql"])
def test_this_machine(host: str) -> None:
    assert is_here(host)


@pytest.mark.parametrize("host", ["192.168.1.4", "db", "localhost.example.org", "127.0.0.1.example.org", "127.1", ""])
def test_another_or_who_knows(host: str) -> None:
    assert not is_here(host)


def options(app: Flask) -> dict[str, str]:
    found: dict[str, str] = app.config["SQLALCHEMY_ENGINE_OPTIONS"].get("connect_args", {})
    return found


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("u:p@db.example.org/m", {"sslmode": "verify-full", "sslrootcert": "system"}),
        ("u:p@db.example.org/m?sslmode=require", {}),
        ("u:p@127.0.0.1/m", {}),
        ("u@/m?host=/run/postgresql", {}),
    ],
)
def test_a_database_elsewhere_shows_its_certificate(tmp_path: Path, address: str, expected: dict[str, str]) -> None:
    app = create_app(configured(tmp_path, f"postgresql+psycopg://{address}"))
    assert options(app) == expected


@pytest.mark.real_time
def test_a_mail_server_elsewhere_without_encryption_gets_nothing(
    tmp_path: Path,
    serve: Callable[..., tuple[Inbox, str]],  # noqa: F811
) -> None:
    inbox, where = serve()
    elsewhere = where.replace("127.0.0.1", "127.1")  # the same server, by a name that does not say so
    config = configured(tmp_path, "sqlite://", smtp_url=f"smtp://{elsewhere}")
    with pytest.raises(NotSent) as refused:
        email.send(MESSAGE, config)
    assert refused.value.reason == "SMTPNotSupportedError"
    with pytest.raises(NotSent):
        email.probe(config)
    email.probe(configured(tmp_path, "sqlite://", smtp_url=f"smtp://{where}"))
    assert not inbox.messages
