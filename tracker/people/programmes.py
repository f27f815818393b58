"""What a programme settles for all its cases: country, emergency numbers, words on confidentiality, channels."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.people.lock import lock_programme
from tracker.people.model import Programme, ProgrammeText

LONGEST_TEXT = 6000  # characters
FEED = "feed"  # the calendar feed: a channel beside those of `checkins.channels`, which it does not send by


def settle(programme_id: UUID, country: str, numbers: Iterable[tuple[str, str]]) -> None:
    """Keep the country (ISO 3166) and the programme's own numbers; without any, its country's count."""
    own = [{"name": name, "number": number} for name, number in numbers]
    with transaction() as session:
        programme = session.get_one(Programme, programme_id, populate_existing=True)
        programme.country, programme.emergency = country, own or None


def choose_channels(programme_id: UUID, channels: Collection[str] | None) -> None:
    """Let the parties' reminders take these ways alone from now on; none given: every way that the installation has.

    Raises `Refused("channels")` if none of them sends anything: a calendar feed alone reminds nobody.
    """
    if channels is not None and not set(channels) - {FEED}:
        raise Refused("channels")
    with transaction() as session:
        programme = session.get_one(Programme, programme_id, populate_existing=True)
        programme.channels = None if channels is None else list(channels)


def allows(channels: Collection[str] | None, channel: str) -> bool:
    """Whether a programme with these `Programme.channels` lets its parties be reminded by this one."""
    return channels is None or channel in channels


def current_text(programme_id: UUID) -> ProgrammeText | None:
    """What the programme says now about confidentiality where it works; none if it never said anything. One query."""
    query = select(ProgrammeText).where(ProgrammeText.programme_id == programme_id)
    return db.session.scalar(query.order_by(ProgrammeText.number.desc()).limit(1))


def write_text(programme_id: UUID, text: str, by: UUID, now: datetime) -> None:
    """Say something else from now on. What parties agreed to before stays on record. Raises `Refused("long")`."""
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_TEXT:
        raise Refused("long")
    with transaction() as session:
        lock_programme(programme_id)
        last = current_text(programme_id)
        if text == (last.text if last else ""):
            return
        number = last.number + 1 if last else 1
        session.add(ProgrammeText(programme_id=programme_id, number=number, text=text, created_by=by, created_at=now))
