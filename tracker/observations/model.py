"""Tables of observations. Rows are only ever added: a correction is a further row."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, EncryptedText, UtcDateTime


class Observation(Base):
    """What one party noted about one local day of the trial's zone.

    `id` is made on the device and is one within its trial. `recorded_at` is when it was recorded on the device, with
    `recorded_offset`, the device's distance from UTC in seconds; `received_at` when it reached the server. `answers`
    has the shapes of ``meanwhile.trial/1``. `corrects` names the noise or moment entry that this one replaces; of
    `day` and `handoff` entries the one with the latest `recorded_at` counts anyway. `written`: how the words of
    the file that an entry was imported from differ from the usual ones.
    """

    __tablename__ = "observation"
    __table_args__ = (
        CheckConstraint("kind in ('day', 'handoff', 'noise', 'moment')", name="kind"),
        CheckConstraint("audience in ('me', 'mediator', 'summary')", name="audience"),
        Index("ix_observation_day", "trial_id", "party_id", "day"),
    )

    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    kind: Mapped[str] = mapped_column(String(8))
    day: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_offset: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(EncryptedText, nullable=True)
    audience: Mapped[str] = mapped_column(String(8), default="mediator")
    corrects: Mapped[UUID | None]
    written: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class RunningNoise(Base):
    """A noise that a party said has begun and not yet that it stopped. `id` becomes the observation's."""

    __tablename__ = "running_noise"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"))
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), unique=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AccountDeletion(Base):
    """A party had deleted what it had noted until then."""

    __tablename__ = "account_deletion"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
