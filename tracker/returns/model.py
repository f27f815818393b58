"""Tables of the way back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, EncryptedText, UtcDateTime


class ReturnSession(Base):
    """The mediation meeting at which the summary is looked at. `place` is an address, a room or a link."""

    __tablename__ = "return_session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"), unique=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(String(200), default="")


class Preparation(Base):
    """What a party wrote on one of the six things to prepare; saved as typed, so the newest text replaces the last."""

    __tablename__ = "preparation"
    __table_args__ = (UniqueConstraint("trial_id", "party_id", "item"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"))
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    item: Mapped[str] = mapped_column(String(20))
    audience: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(EncryptedText, nullable=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class HeldOption(Base):
    """An option that a mediator holds and would carry to the other party. Only its author's `agreed` lets it go there.

    `text` is what would be carried, as the author was asked. `party_id` is its author.
    """

    __tablename__ = "held_option"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    text: Mapped[str] = mapped_column(EncryptedText, nullable=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(String(10))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    carried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CaucusNote(Base):
    """What a mediator noted after speaking with one party alone. For the mediator, nobody else, nowhere else."""

    __tablename__ = "caucus_note"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(EncryptedText, nullable=True)
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
