"""How long what was noted stays: some days after its case closed, with notice, unless the programme holds it.

A draft of a case that never came about stays as long after its mediator last touched it; their caseload says so.

Nothing is deleted sooner than `NOTICE` after its people were told; a party also reads the date on their pages, with or
without an address. Where the mail about it cannot be sent, it is tried again each day, and after twice that time it
counts as told: nobody's broken mailbox keeps others' words for ever.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Subquery, func, select, update

from tracker.audit.record import Of, acting, record
from tracker.cases.model import Case, Party
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.keeping.model import LegalHold, Purge, PurgeNotice
from tracker.keeping.purge import purge
from tracker.people.model import Person, Programme
from tracker.trials import draft
from tracker.trials.model import Trial

NOTICE = timedelta(days=14)
SHORTEST, LONGEST = 14, 730  # days; the law of the product: at most two years

log = logging.getLogger(__name__)
Tell = Callable[["Told"], bool]


@dataclass(frozen=True, slots=True)
class Told:
    """A message that is due: to whom, in their language, when all is deleted at the earliest, and about which trial."""

    email: str
    language: str | None
    deleted_at: datetime
    trial_id: UUID | None
    mediator: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed case that still holds something. `purge_at`: when it will be deleted, if nothing holds it.

    `told`: its people have had the mail about it since it was closed; `tried`: somebody's could not be sent.
    """

    case: Case
    mediator: str
    purge_at: datetime
    held: bool
    told: bool
    tried: bool


@dataclass(frozen=True, slots=True)
class Done:
    """What a run did: how many cases were announced, which were purged, how many forgotten drafts went."""

    noticed: int
    purged: tuple[UUID, ...]
    drafts: int = 0


def set_days(programme_id: UUID, days: int, now: datetime) -> None:
    """How many days after its case closed something is deleted. Raises `Refused("days")`."""
    if not SHORTEST <= days <= LONGEST:
        raise Refused("days")
    with transaction() as session:
        programme = session.get_one(Programme, programme_id, populate_existing=True)
        if programme.retention_days != days:
            record("retention.changed", now, Of(programme_id), days=days, before=programme.retention_days)
            programme.retention_days = days


def of_case(case: Case, now: datetime) -> Closed | None:
    """How long what is in this case stays; none while it is open. One query once it is closed."""
    return next(iter(closed(now, case_id=case.id)), None) if case.closed_at else None


def earliest(one: Closed, now: datetime) -> datetime:
    """When it may be gone: as long as somebody's mail could not be sent, the time may begin with any try."""
    return min(one.purge_at, now + NOTICE) if one.tried and not one.told else one.purge_at


def closed(now: datetime, programme_id: UUID | None = None, *, case_id: UUID | None = None) -> list[Closed]:
    """Every closed case that was not purged, of one programme or of all, those first that go first. One query."""
    told, held = _last_notice(), _holds()
    query = (
        select(Case, Person.name, Programme.retention_days, told.c.at, told.c.told_at, held.c.case_id)
        .join(Programme, Programme.id == Case.programme_id)
        .outerjoin(Person, Person.id == Case.mediator_id)
        .outerjoin(told, told.c.case_id == Case.id)
        .outerjoin(held, held.c.case_id == Case.id)
        .outerjoin(Purge, Purge.case_id == Case.id)
        .where(Case.closed_at.is_not(None), Purge.id.is_(None))
    )
    if programme_id is not None:
        query = query.where(Case.programme_id == programme_id)
    if case_id is not None:
        query = query.where(Case.id == case_id)
    found = [
        Closed(
            case,
            name or "",
            _purge_at(case, days, (at, told_at), now),
            held=held_id is not None,
            told=_since(case, told_at),
            tried=_since(case, at),
        )
        for case, name, days, at, told_at, held_id in db.session.execute(query)
    ]
    return sorted(found, key=lambda one: (one.purge_at, one.case.id))


def daily(now: datetime, tell: Tell) -> Done:
    """Announce what will be deleted, and delete what is due. To be run once a day; more often does no harm.

    `tell` sends one message, after the commit, and says whether it went out.
    """
    announced, purged = 0, []
    with acting("schedule"):
        for one in closed(now):
            if one.held:
                continue
            if one.purge_at <= now:
                try:
                    purged.append(purge(one.case.id, now).case_id)
                except Refused as refused:  # held or purged in between
                    log.info("a case was left as it is: %s", refused.code)
            elif not one.told and (one.tried or one.purge_at - NOTICE <= now):
                _announce(one, now, tell)
                announced += 1
    return Done(announced, tuple(purged), draft.forget_untouched(now))


def _announce(one: Closed, now: datetime, tell: Tell) -> None:
    """Tell the parties and the mediator; it counts once everybody's message has gone out."""
    case = one.case
    with transaction() as session:
        query = select(PurgeNotice).where(PurgeNotice.case_id == case.id, PurgeNotice.at >= case.closed_at)
        notice = session.scalar(query)
        if notice is None:
            notice = PurgeNotice(case_id=case.id, at=now)
            session.add(notice)
            record("retention.noticed", now, Of(case.programme_id, case.id))
        session.flush()
        messages = _messages(case, earliest(one, now))
        notice_id = notice.id
    sent = [tell(message) for message in messages]  # each of them, whatever becomes of the others
    if all(sent):
        with transaction() as session:
            session.execute(update(PurgeNotice).where(PurgeNotice.id == notice_id).values(told_at=now))


def _messages(case: Case, purge_at: datetime) -> list[Told]:
    trial = db.session.scalar(
        select(Trial.id).where(Trial.case_id == case.id).order_by(Trial.starts_on.desc(), Trial.id).limit(1)
    )
    reader = select(Person.email, Person.language)
    parties = reader.join(Party, Party.person_id == Person.id).where(Party.case_id == case.id)
    mediator = reader.where(Person.id == case.mediator_id)
    return [
        Told(row.email, row.language, purge_at, trial, query is mediator)
        for query in (parties, mediator)
        for row in db.session.execute(query)
        if row.email
    ]


def _since(case: Case, moment: datetime | None) -> bool:
    return moment is not None and case.closed_at is not None and moment >= case.closed_at


def _purge_at(case: Case, days: int, notice: tuple[datetime | None, datetime | None], now: datetime) -> datetime:
    """The end of the time; but not before people have had notice since the case was closed."""
    assert case.closed_at is not None
    due, (tried, told) = case.closed_at + timedelta(days=days), notice
    if told is not None and _since(case, told):
        return max(due, told + NOTICE)
    if tried is not None and _since(case, tried):
        return max(due, tried + 2 * NOTICE)
    return max(due, now + NOTICE)


def _last_notice() -> Subquery:
    one = PurgeNotice
    return (
        select(one.case_id, func.max(one.at).label("at"), func.max(one.told_at).label("told_at"))
        .group_by(one.case_id)
        .subquery()
    )


def _holds() -> Subquery:
    return select(LegalHold.case_id).where(LegalHold.lifted_at.is_(None)).distinct().subquery()
