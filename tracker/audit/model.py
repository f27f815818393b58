"""The table of the audit trail. Nothing refers to it and it refers to nothing: people and cases go, it stays."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, UtcDateTime


class AuditEntry(Base):
    """One thing that was done. `number` counts from 1 without gaps; `hash` covers the entry and the one before it.

    `actor` says what kind of doer: a `person` (then `actor_id`), an `operator` at the command line, or the `schedule`.
    `subject_id` is the person or party whom it concerns. `detail` is JSON in one spelling: counts and codes, no text
    of anybody. The database itself refuses to change or delete a row.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_programme", "programme_id", "number"),)

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(10))
    actor_id: Mapped[UUID | None]
    action: Mapped[str] = mapped_column(String(40))
    programme_id: Mapped[UUID | None]
    case_id: Mapped[UUID | None]
    trial_id: Mapped[UUID | None]
    subject_id: Mapped[UUID | None]
    detail: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
