"""What is wrong with an installation: one finding for each thing that can be, in plain words."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from tracker.audit import chain
from tracker.checkins import beat
from tracker.config import ROOT, Config
from tracker.db import db, reachable
from tracker.delivery import email
from tracker.hosts import is_here
from tracker.keeping import keys

SKEW = timedelta(seconds=30)
LITTLE = 500 * 2**20  # bytes on the disk


class Grade(StrEnum):
    """How bad it is."""

    OK = "ok"
    LOOK = "look"  # works, and may not be what is meant
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    grade: Grade
    about: str
    text: str


def examine(config: Config, is_current: Callable[[], bool], now: datetime) -> Iterator[Finding]:
    """Look at everything. Where the database does not answer, what is in it is left out."""
    yield from _folder(config.data)
    yield from _web(config)
    yield from _mail(config)
    if not reachable():
        yield Finding(Grade.WRONG, "database", "does not answer; is DATABASE_URL right, and is the server running?")
        return
    yield Finding(Grade.OK, "database", "answers")
    if not is_current():
        yield Finding(Grade.WRONG, "database", "is not up to date; run `tracker migrate`")
        return
    yield from _clock(now)
    yield _keys()
    yield _trail()
    yield _scheduler(now)


def _folder(data: Path) -> Iterator[Finding]:
    if not os.access(data, os.W_OK | os.X_OK):
        yield Finding(Grade.WRONG, "data folder", f"{data} cannot be written to")
        return
    open_ = [path for path in (data, *_private(data)) if stat.S_IMODE(path.stat().st_mode) & 0o077]
    for path in open_:
        yield Finding(Grade.WRONG, "data folder", f"others on this machine can open {path}; run `chmod go= {path}`")
    if not open_:
        yield Finding(Grade.OK, "data folder", f"{data} is private")
    free = shutil.disk_usage(data).free
    if free < LITTLE:
        yield Finding(Grade.WRONG, "disk", f"only {free // 2**20} MiB are free at {data}")


def _private(data: Path) -> list[Path]:
    """The files that only the server may open; a folder that is private protects the rest."""
    return [path for path in (data / "keys", *data.glob("*.key")) if path.is_file()]


def _web(config: Config) -> Iterator[Finding]:
    if config.secure:
        yield Finding(Grade.OK, "BASE_URL", f"{config.base_url} insists on TLS")
    elif is_here(str(urlsplit(config.base_url).hostname)):
        yield Finding(Grade.LOOK, "BASE_URL", f"{config.base_url} is for this machine alone")
    else:
        yield Finding(
            Grade.WRONG, "BASE_URL", f"{config.base_url} is not https: what people write can be read on its way"
        )
    if config.demo:
        grade = Grade.WRONG if config.secure else Grade.LOOK
        yield Finding(grade, "DEMO", "anybody can enter as anybody; never where real data is")
    if config.limits_storage.startswith("memory:") and config.workers > 1:
        text_ = f"each of the {config.workers} processes counts attempts by itself; name a Redis to count them together"
        yield Finding(Grade.LOOK, "LIMITS_STORAGE", text_)
    elif config.limits_storage.startswith("redis") and find_spec("redis") is None:
        yield Finding(Grade.WRONG, "LIMITS_STORAGE", "the package for Redis is not installed; run `pip install redis`")
    if not (ROOT / "static" / "dist" / "manifest.json").is_file():
        yield Finding(Grade.WRONG, "styles", "are not built; run `make static/dist/manifest.json`")


def _mail(config: Config) -> Iterator[Finding]:
    if not config.smtp_url:
        yield Finding(
            Grade.LOOK, "SMTP_URL", f"is not set: mail is written to {config.data / 'mail'} and reaches nobody"
        )
        return
    try:
        email.probe(config)
    except email.NotSent as error:
        yield Finding(Grade.WRONG, "SMTP_URL", f"the mail server does not take us: {error.reason}")
        return
    yield Finding(Grade.OK, "SMTP_URL", "the mail server takes us")
    if "localhost" in config.mail_from:
        yield Finding(Grade.WRONG, "MAIL_FROM", f"{config.mail_from} is no address that others accept mail from")


def _clock(now: datetime) -> Iterator[Finding]:
    """Against the database's clock, where it has one of its own, and against what was noted last."""
    if db.engine.dialect.name == "postgresql":
        theirs = db.session.scalar(text("select clock_timestamp()"))
        if abs(theirs - now) > SKEW:
            yield Finding(Grade.WRONG, "clock", f"is {abs(theirs - now)} apart from the database's")
            return
    last = beat.last()
    if last is not None and last > now + SKEW:
        yield Finding(Grade.WRONG, "clock", f"says {now:%Y-%m-%d %H:%M}, and something was done later than that")
        return
    yield Finding(Grade.OK, "clock", f"{now:%Y-%m-%d %H:%M} UTC")


def _keys() -> Finding:
    try:
        missing = set(keys.used()) - set(keys.ring().ids)
    except SQLAlchemyError as error:
        return Finding(Grade.WRONG, "keys", f"could not be compared: {error}")
    if missing:
        names = ", ".join(sorted(name.hex() for name in missing))
        return Finding(Grade.WRONG, "keys", f"some texts cannot be read: these keys are missing: {names}")
    return Finding(Grade.OK, "keys", "every encrypted text has its key")


def _trail() -> Finding:
    head, problems = chain.verify()
    if problems:
        return Finding(Grade.WRONG, "audit trail", problems[0])
    return Finding(Grade.OK, "audit trail", f"is whole, {head.number} entries")


def _scheduler(now: datetime) -> Finding:
    heard = beat.heard(now)
    if heard == "ok":
        return Finding(Grade.OK, "scheduler", "ticks")
    sentence = {
        "never": "has never run: no check-in goes out, nothing is deleted in time",
        "late": "has stopped ticking",
    }
    return Finding(Grade.WRONG, "scheduler", f"{sentence[heard]}; start `tracker scheduler`")
