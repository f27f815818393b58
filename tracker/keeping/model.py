"""Tables of keeping: how long what was noted stays, what holds it, and what is left afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, EncryptedText, UtcDateTime


class LegalHold(Base):
    """The programme must keep what is in a case, for a reason, until the hold is lifted: nothing is deleted."""

    __tablename__ = "legal_hold"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    reason: Mapped[str] = mapped_column(EncryptedText, nullable=True)
    by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    lifted_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PurgeNotice(Base):
    """The people of a closed case were told that what is in it will be deleted. `told_at`: the mail has gone out."""

    __tablename__ = "purge_notice"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Purge(Base):
    """What was in a case is gone. `counts`: how many rows of each table there were; no names, no words."""

    __tablename__ = "purge"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
