"""Tables of check-ins. The row is the queue: whoever takes it, sends it; who falls silent loses it to another."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, UtcDateTime

# Their link opens that day's form, without a sign-in.
ABOUT_A_DAY = ("evening", "follow_up", "handoff", "now", "starts_today", "ends_today")
KINDS = (
    *ABOUT_A_DAY,
    "gentle",  # after three days that were asked for and missed; offers every third day
    "starts_tomorrow",
    "half_way",  # goes to the mediator; hangs on the first party, so that there is one
    "return_in_a_week",
    "return_tomorrow",
)


class CheckIn(Base):
    """One message to one party about one local day. Unique, so that any number of processes make it once.

    `day` is the date on the party's own calendar, `about` the day of the trial whose form its link opens. `due_at` is
    when it should come, `until` when it is no use any more. It is open until one of `sent_at`, `failed_at` (given up,
    `reason` says why) and `dropped_at` (nobody wants it any more: the day is logged, the trial paused) is set; until
    then `again_at` says from when somebody may take it: the end of the holder's lease, or of the wait after a failure.
    `results` has what came of each address: `{"email": "sent"}`, or the reason why not. The id names every repeat of
    the message. `token_hash`: of the secret in the link; none where there is no day to open.
    """

    __tablename__ = "check_in"
    __table_args__ = (
        UniqueConstraint("party_id", "trial_id", "day", "kind"),
        Index("ix_check_in_trial_id_day", "trial_id", "day"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"))
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    kind: Mapped[str] = mapped_column(String(16))
    day: Mapped[date]
    about: Mapped[date]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    again_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    results: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    reason: Mapped[str] = mapped_column(String(80), default="")
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)


class Beat(Base):
    """When a scheduler last ticked: one row, whoever ticks."""

    __tablename__ = "scheduler_beat"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
