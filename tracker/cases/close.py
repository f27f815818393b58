"""Closing a case: its mediation is over. From then on the time runs after which what is in it is deleted."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tracker.audit.record import Of, record
from tracker.cases.lock import lock_case
from tracker.db import transaction


def close(case_id: UUID, now: datetime) -> None:
    """Close a case; one that is closed stays as it is."""
    _set(case_id, now, "case.closed", closed=True)


def reopen(case_id: UUID, now: datetime) -> None:
    """Open a closed case again: the time stops running."""
    _set(case_id, now, "case.reopened", closed=False)


def _set(case_id: UUID, now: datetime, action: str, *, closed: bool) -> None:
    with transaction():
        case = lock_case(case_id)
        if (case.closed_at is not None) is not closed:
            case.closed_at = now if closed else None
            record(action, now, Of(case.programme_id, case.id))
