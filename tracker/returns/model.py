"""Tables of the way back. What people write here is encrypted; what happens is a date."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker import lengths
from tracker.db import Base, EncryptedText, UtcDateTime

FORMS = ("together", "separate_rooms", "separate_arrival", "online")


class ReturnSession(Base):
    """The mediation meeting at which the summary is looked at. `place` is an address, a room or a link.

    A cancelled one keeps its row, so that its cancellation, and a new date after it, reach the same entry in the
    calendars that hold an invitation to it.
    """

    __tablename__ = "return_session"
    __table_args__ = (CheckConstraint(f"form in {FORMS}", name="form"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"), unique=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(String(lengths.LINE), default="")
    form: Mapped[str] = mapped_column(String(16), default="together")
    minutes: Mapped[int] = mapped_column(default=90)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Arrival(Base):
    """When one party is to arrive, where they arrive apart. No party learns the other's."""

    __tablename__ = "arrival"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("return_session.id"), primary_key=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SessionGuest(Base):
    """A guest who comes to the return session; only with every party's yes."""

    __tablename__ = "session_guest"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("return_session.id"), primary_key=True)
    guest_id: Mapped[UUID] = mapped_column(ForeignKey("guest.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))


class Preparation(Base):
    """What one party wrote under one topic of their preparation. `texts`: a JSON list of strings, each at its place.

    `typed_on`: the page on which each of them, and then the audience, was typed last; see `two_pages`.

    `released_texts`, saved at `released_saved_at`: what a release showed, where its author has written on since.
    """

    __tablename__ = "preparation"
    __table_args__ = (
        CheckConstraint("audience in ('me', 'mediator', 'summary')", name="audience"),
        Index("ix_preparation_trial", "trial_id", "party_id", "topic", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"))
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    topic: Mapped[str] = mapped_column(String(16))
    texts: Mapped[str] = mapped_column(EncryptedText)
    audience: Mapped[str] = mapped_column(String(8), default="mediator")
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    typed_on: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    released_texts: Mapped[str] = mapped_column(EncryptedText, nullable=True)
    released_saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class HeldOption(Base):
    """An option of one party that the mediator holds privately, and carries to the other when its author agrees."""

    __tablename__ = "held_option"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    text: Mapped[str] = mapped_column(EncryptedText)
    held_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    carried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Referral(Base):
    """Somebody to see before the return session, and what to bring back from there."""

    __tablename__ = "referral"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    who: Mapped[str] = mapped_column(EncryptedText)
    about: Mapped[str] = mapped_column(EncryptedText, nullable=True)
    bring: Mapped[str] = mapped_column(EncryptedText, nullable=True)
    due: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CaucusNote(Base):
    """What the mediator noted after speaking with one party alone. For that mediator only, wherever it may be asked."""

    __tablename__ = "caucus_note"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(EncryptedText)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Agenda(Base):
    """What to talk about, as the mediator put it, in place of what is suggested. The newest counts.

    `topics`: JSON, a list of `term` (its key, or empty), `text` and `first`, in their order.
    """

    __tablename__ = "agenda"
    __table_args__ = (UniqueConstraint("trial_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"))
    number: Mapped[int]
    topics: Mapped[str] = mapped_column(EncryptedText)
    by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Memorandum(Base):
    """One version of what the parties choose to go on with: one term a line, in their words. The newest counts."""

    __tablename__ = "memorandum"
    __table_args__ = (UniqueConstraint("trial_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(EncryptedText, nullable=True)
    by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class MemorandumAnswer(Base):
    """One party's answer to one version: `accepted` or `returned`, with what should be different. Given once."""

    __tablename__ = "memorandum_answer"
    __table_args__ = (UniqueConstraint("memorandum_id", "party_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    memorandum_id: Mapped[UUID] = mapped_column(ForeignKey("memorandum.id"))
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    answer: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(EncryptedText, nullable=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
