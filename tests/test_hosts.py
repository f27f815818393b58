"""What leaves this machine is encrypted, or does not leave it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from tests.conftest import configured
from tests.delivery.test_email import MESSAGE, Inbox, serve  # noqa: F401  # a fixture
from tracker.config import load
from tracker.delivery import email
from tracker.delivery.email import NotSent
from tracker.hosts import is_here


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost", "/run/postgresql"])
def test_this_machine(host: str) -> None:
    assert is_here(host)


@pytest.mark.parametrize("host", ["192.168.1.4", "db", "localhost.example.org", "127.0.0.1.example.org", "127.1", ""])
def test_another_or_who_knows(host: str) -> None:
    assert not is_here(host)


@pytest.mark.parametrize(
    ("address", "added"),
    [
        ("postgresql://u:p@db.example.org/m", "?sslmode=verify-full&sslrootcert=system"),
        ("postgres://u:p@10.0.0.7:5433/m?connect_timeout=5", "&sslmode=verify-full&sslrootcert=system"),
        ("postgresql://u@/m?host=db.example.org", "&sslmode=verify-full&sslrootcert=system"),
        ("postgresql://u:p@db.example.org/m?sslmode=require", ""),
        ("postgresql://u:p@127.0.0.1/m", ""),
        ("postgresql://u@/m?host=/run/postgresql", ""),
        ("postgresql:///m", ""),
    ],
)
def test_a_database_elsewhere_shows_its_certificate(tmp_path: Path, address: str, added: str) -> None:
    url = load({"DATA": str(tmp_path), "DATABASE_URL": address}).database_url
    assert url == "postgresql+psycopg://" + address.partition("://")[2] + added


def test_without_that_certificate_nothing_is_said_to_it(tmp_path: Path) -> None:
    """A server that speaks no TLS: the driver ends it there, before name and password."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _address = server.accept()
            heard.append(connection.recv(100))
            connection.sendall(b"N")  # no TLS here
            heard.append(connection.recv(100))
            connection.close()

        listening = threading.Thread(target=answer)
        listening.start()
        address = f"postgresql://u:secret@127.1:{server.getsockname()[1]}/m"
        url = load({"DATA": str(tmp_path), "DATABASE_URL": address}).database_url
        engine = create_engine(url)
        with pytest.raises(OperationalError):
            engine.connect()
        engine.dispose()
        listening.join(10)
    assert len(heard[0]) == 8  # the question for TLS, and no more
    assert heard[1:] == [b""]


@pytest.mark.real_time
def test_a_mail_server_elsewhere_without_encryption_gets_nothing(
    tmp_path: Path,
    serve: Callable[..., tuple[Inbox, str]],  # noqa: F811  # the fixture's value
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
