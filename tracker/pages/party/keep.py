"""Keeping what a party noted, whichever way its form came: from a page, or out of a phone's outbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tracker.observations.correct import correct
from tracker.observations.record import Recorded, record_all
from tracker.pages.party import events, sheet
from tracker.pages.party.sheet import Form, Sheet
from tracker.trials.here import Here

READ: dict[str, Callable[[Here, Form, datetime], Sheet]] = {
    "day": sheet.day_sheet,
    "handoff": sheet.handoff_sheet,
    "noise": events.noise_sheet,
    "moment": events.moment_sheet,
    "step": events.step_sheet,
}


def read(found: Here, form: Form, now: datetime) -> Sheet:
    """The form as values, with what is wrong at which field."""
    return READ.get(form.get("kind", "day"), sheet.day_sheet)(found, form, now)


def store(found: Here, form: Form, read_: Sheet, now: datetime) -> list[Recorded]:
    """Keep all of it, or nothing: raises `Refused` as `record` and `correct` do.

    `corrects` names an entry that is here. `replaces` names one that waited on a phone and was changed there before it
    was known to be sent: it may have come nevertheless, and must not count beside its change.
    """
    replaced = sheet.uuid_of(form, "corrects")
    waited = sheet.uuid_of(form, "replaces") if form.get("kind") in ("noise", "moment") else None
    before = replaced or waited
    if before is not None and len(read_.entries) == 1:
        return [correct(found, read_.entries[0], before, now, perhaps=replaced is None)]
    return record_all(found, read_.entries, now)
