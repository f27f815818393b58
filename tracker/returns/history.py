"""Everything that happened to a trial beside its observations, as dated records; for its mediator alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Integer, Row, Select, String, Uuid, cast, func, literal, null, select, union_all
from sqlalchemy.orm import aliased

from tracker.db import EncryptedText, UtcDateTime, db
from tracker.observations.model import AccountDeletion
from tracker.returns.model import Memorandum, MemorandumAnswer, ReturnSession
from tracker.summaries.model import Release
from tracker.trials import hand_over
from tracker.trials.model import (
    Acceptance,
    Change,
    ChangeRequest,
    Ending,
    Outcome,
    Pause,
    PlanVersion,
    SafetyMessage,
    Withdrawal,
)


@dataclass(frozen=True, slots=True)
class Event:
    """One dated record.

    `kind`: `proposed`, `accepted`, `asked` (for a change of the plan), `swap` (a changed night), `paused`, `ended`,
    `left`, `safety`, `deleted` (their own entries), `released`, `session` (the return session; `at` is its start),
    `outcome` (how it went on), `returned` (a version of the memorandum, sent back).
    `who`: the id of a party or, for `proposed`, `paused`, `ended` and `released`, of a person. `until`: when a pause
    was resumed, a swap answered, a safety message seen, a release withdrawn, the next version of it written.
    `number`: the version's. `word`: a plan version's length in days, the party whose night it becomes, the session's
    place, or the outcome's kind; `other`: the answer to a swap.
    """

    kind: str
    id: UUID
    trial_id: UUID
    who: UUID | None
    at: datetime
    until: datetime | None = None
    day: date | None = None
    number: int = 0
    word: str = ""
    other: str = ""
    text: str = ""


def of_trial(trial_id: UUID) -> list[Event]:
    """Every event of a trial, newest first. One query."""
    return sorted(_read([trial_id], texts=True), key=lambda event: event.at, reverse=True)


def of_trials(trial_ids: list[UUID]) -> dict[UUID, list[Event]]:
    """The events of several trials, in no order, without what people wrote in them. One query."""
    found: dict[UUID, list[Event]] = {trial: [] for trial in trial_ids}
    for event in _read(trial_ids, texts=False):
        found[event.trial_id].append(event)
    return found


def _read(trial_ids: list[UUID], *, texts: bool) -> list[Event]:
    query = union_all(*(part.where(table.trial_id.in_(trial_ids)) for table, part in _parts(texts)))
    return [_event(row) for row in db.session.execute(query)]


def _event(row: Row[Any]) -> Event:
    first = (row.kind, row.id, row.trial_id, row.who, row.at, row.until, row.day)
    return Event(*first, row.number or 0, row.word or "", row.other or "", row.text)


def _parts(texts: bool) -> list[tuple[Any, Select[Any]]]:
    plan, asked, safe, planned = PlanVersion, ChangeRequest, SafetyMessage, ReturnSession
    standing = planned.cancelled_at.is_(None)
    length, asked_text, safe_text = cast(plan.days, String), _text(asked, texts), _text(safe, texts)
    asking = _part("asked", asked, asked.party_id, asked.at, number=plan.number, text=asked_text)
    accepting = _part("accepted", Acceptance, Acceptance.party_id, Acceptance.at, number=plan.number)
    swap = {"until": Change.answered_at, "day": Change.day, "word": Change.with_key, "other": Change.answer}
    return [
        (plan, _part("proposed", plan, plan.created_by, plan.created_at, number=plan.number, word=length)),
        (Acceptance, accepting.join(plan, plan.id == Acceptance.plan_version_id)),
        (asked, asking.join(plan, plan.id == asked.plan_version_id)),
        (Change, _part("swap", Change, Change.proposed_by, Change.proposed_at, **swap)),
        (Pause, _part("paused", Pause, Pause.by, Pause.at, until=Pause.resumed_at)),
        (Ending, _part("ended", Ending, Ending.by, Ending.at, day=Ending.last_day)),
        (Withdrawal, _part("left", Withdrawal, Withdrawal.party_id, Withdrawal.at)),
        (safe, _part("safety", safe, safe.party_id, safe.at, until=hand_over.seen_at(), text=safe_text)),
        (AccountDeletion, _part("deleted", AccountDeletion, AccountDeletion.party_id, AccountDeletion.at)),
        (Release, _part("released", Release, Release.by, Release.at, until=Release.withdrawn_at)),
        (Outcome, _part("outcome", Outcome, None, Outcome.at, word=Outcome.kind)),
        (Memorandum, _sent_back(texts)),
        (planned, _part("session", planned, None, planned.starts_at, word=planned.place).where(standing)),
    ]


def _sent_back(texts: bool) -> Select[Any]:
    """What came back of the memorandum, until there was another version."""
    own, later = MemorandumAnswer, aliased(Memorandum)
    after = (later.trial_id == Memorandum.trial_id, later.number > Memorandum.number)
    until = select(func.min(later.at)).where(*after).correlate(Memorandum).scalar_subquery()
    more = {"until": until, "number": Memorandum.number, "text": _text(own, texts)}
    part = _part("returned", Memorandum, own.party_id, own.at, **more)
    return part.join(own, own.memorandum_id == Memorandum.id).where(own.answer == "returned")


def _text(table: Any, texts: bool) -> Any:
    return table.text if texts else cast(null(), EncryptedText)


def _part(kind: str, table: Any, who: Any, at: Any, **more: Any) -> Select[Any]:
    """One kind of record in the columns that all share; what it does not have is a NULL of the right type."""
    types = {
        "until": UtcDateTime, "day": Date, "number": Integer, "word": String, "other": String, "text": EncryptedText,
    }  # fmt: skip  # read in rows, as it is laid out
    columns = (more.get(name, cast(null(), type_())).label(name) for name, type_ in types.items())
    who = cast(null(), Uuid()) if who is None else who
    own = (table.id.label("id"), table.trial_id.label("trial_id"), who.label("who"), at.label("at"))
    return select(literal(kind).label("kind"), *own, *columns).select_from(table)
