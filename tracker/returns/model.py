"""Tables of the way back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, UtcDateTime


class ReturnSession(Base):
    """The mediation meeting at which the summary is looked at. `place` is an address, a room or a link."""

    __tablename__ = "return_session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"), unique=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(String(200), default="")
