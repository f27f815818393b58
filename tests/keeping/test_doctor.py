"""`tracker doctor` names each thing that is wrong, and nothing where nothing is."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from tests.cast import Cast
from tests.cli.command import tracker
from tests.conftest import NOW
from tests.keeping.test_keys import note_of
from tracker.checkins import beat
from tracker.config import Config
from tracker.crypto import Keyring
from tracker.db import EncryptedText, db
from tracker.keeping.doctor import Grade, examine


def wrong(config: Config, *, current: bool = True) -> set[str]:
    """What is wrong, by what it is about."""
    db.session.rollback()
    return {one.about for one in examine(config, lambda: current, NOW) if one.grade is Grade.WRONG}


@pytest.fixture
def config(app: Flask, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """An installation as it should be, but for what a machine of tests does not have."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "keys").touch(0o600)
    (data / "secret.key").touch(0o600)
    beat.strike(NOW)
    monkeypatch.setattr("tracker.keeping.doctor.SKEW", timedelta(days=36500))  # the database's clock stays where it is
    made: Config = dataclasses.replace(
        app.extensions["config"], data=data, base_url="https://example.org", demo=False, workers=1
    )
    return made


def test_nothing_is_wrong_where_nothing_is(config: Config, cast: Cast) -> None:
    assert wrong(config) == set()


def test_each_thing_that_is_wrong_is_named(config: Config, cast: Cast) -> None:
    def but(**changed: object) -> set[str]:
        return wrong(dataclasses.replace(config, **changed))  # type: ignore[arg-type]  # names and types are the caller's

    assert but(base_url="http://example.org") == {"BASE_URL"}
    assert but(demo=True) == {"DEMO"}
    assert but(smtp_url="smtp://127.0.0.1:1") == {"SMTP_URL"}
    assert but(data=Path("/nowhere")) == {"data folder"}
    assert wrong(config, current=False) == {"database"}
    (config.data / "keys").chmod(0o644)
    assert wrong(config) == {"data folder"}


def test_a_scheduler_that_stopped_is_named(config: Config, cast: Cast) -> None:
    beat.strike(NOW - timedelta(hours=1))
    assert wrong(config) == {"scheduler"}


def test_a_clock_that_goes_wrong_is_named(config: Config, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.keeping.doctor.SKEW", timedelta(seconds=30))
    beat.strike(NOW + timedelta(hours=1))
    assert wrong(config) == {"clock"}


def test_a_missing_key_and_a_broken_trail_are_named(
    config: Config, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_of(cast.parent_a.id, cast.parenting.id, "text", 0)
    monkeypatch.setattr(EncryptedText, "keyring", Keyring((bytes(32),)))
    assert wrong(config) == {"keys"}


def test_the_command_says_it_in_plain_lines(app: Flask, cast: Cast) -> None:
    typed = tracker("doctor")
    assert typed.status == 1
    assert "wrong  scheduler: has never run" in typed.out
    assert "look   SMTP_URL: is not set" in typed.out
    assert "Traceback" not in typed.out + typed.err
    db.session.execute(text("select 1"))
