"""What the demo's people prepared for their return sessions, and how the sessions are held."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tracker.returns import preparation, referral, session
from tracker.returns.session import Arrangement
from tracker.trials.here import Here

PREPARED = {  # by party: topic, texts, who may read them
    "D": (
        ("goals", ("Dry walls before the winter", "A day's notice before anybody comes in"), "summary"),
        ("options", ("The roofer comes on Saturdays, when somebody is at home",), "mediator"),
        ("phrases", ("I need ten minutes. I will come back.",), "me"),
    ),
    "U": (
        ("documents", ("The estimate of the roofer", "What the insurance wrote"), "summary"),
        ("going_on", ("Yes, with fewer dates and the same rule for answers",), "mediator"),
    ),
}


def prepare(own: dict[str, Here], desk: Here, due: date, now: datetime) -> None:
    """Both parties of the repairs prepared; one of them is to see somebody first. `own`: the trial by party key."""
    for key, here in own.items():
        for topic, texts, audience in PREPARED[key]:
            preparation.save(here, topic, texts, audience, now - timedelta(days=1))
    upstairs = next(party for party in desk.parties if party.key == "U")
    words = ("A tax adviser", "Whether the roof can be written off over ten years", "A note with two numbers")
    referral.add(desk, upstairs.id, *words, due, now - timedelta(days=2))


def online(desk: Here, at: datetime) -> None:
    """The session of the repairs."""
    session.arrange(desk, Arrangement(at, "https://meet.example.org/roof", "online"))


def apart(desk: Here, at: datetime) -> None:
    """The session of the noise plan: who hears it comes first, and nobody meets on the stairs."""
    times = {party.id: at + timedelta(minutes=15 * n) for n, party in enumerate(desk.parties)}
    session.arrange(desk, Arrangement(at, "Room 1", "separate_arrival", arrivals=times))
