"""Tables of summaries."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, UtcDateTime


class Release(Base):
    """The mediator showed the summary to the parties, as it stood `at` that moment, until it was withdrawn."""

    __tablename__ = "release"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"), index=True)
    by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
