"""What the tests of check-ins share: an outlet as the scheduler has it, and one tick of it."""

from __future__ import annotations

from flask import current_app

from tracker import clock
from tracker.checkins import send
from tracker.checkins.model import CheckIn
from tracker.checkins.send import Outlet
from tracker.db import db
from tracker.pages.check_in_words import compose
from tracker.returns import session


def outlet() -> Outlet:
    """What the scheduler sends with."""
    return Outlet(current_app.extensions["config"], compose, session.times_of, clock.now)


def tick() -> Outlet:
    """One tick at this moment of the test's clock; what it did is in `figures`."""
    out = outlet()
    send.tick(out)
    return out


def check_ins() -> list[CheckIn]:
    """Every check-in there is, as stored."""
    query = db.select(CheckIn).order_by(CheckIn.due_at, CheckIn.kind, CheckIn.id)
    return list(db.session.scalars(query, execution_options={"populate_existing": True}))
