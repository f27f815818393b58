"""Behind a TLS proxy the app knows who asks; nobody else can say that they are somebody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, request

from tests.conftest import configured
from tracker import create_app
from tracker.config import Config

FORWARDED = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}


def seen(config: Config, remote_addr: str) -> tuple[str | None, str]:
    """What the app takes for the address of the one who asks, and for the scheme."""
    app: Flask = create_app(config)
    found: list[tuple[str | None, str]] = []
    app.before_request_funcs.setdefault(None, []).insert(0, lambda: found.append((request.remote_addr, request.scheme)))
    app.test_client().get("/healthz", headers=FORWARDED, environ_base={"REMOTE_ADDR": remote_addr})
    return found[0]


@pytest.mark.parametrize(
    ("base_url", "remote_addr", "expected"),
    [
        ("https://meanwhile.example.org", "127.0.0.1", ("203.0.113.7", "https")),
        ("https://meanwhile.example.org", "198.51.100.1", ("198.51.100.1", "http")),
        ("http://127.0.0.1:8000", "127.0.0.1", ("127.0.0.1", "http")),
    ],
)
def test_only_the_proxy_of_a_tls_installation_is_believed(
    tmp_path: Path, base_url: str, remote_addr: str, expected: tuple[str, str]
) -> None:
    config = configured(tmp_path, f"sqlite:///{tmp_path / 'none.sqlite'}", base_url=base_url)
    assert seen(config, remote_addr) == expected
