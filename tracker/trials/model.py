"""Tables of trials. What a trial *is* (waiting, running, paused, ended) is computed from these dated records."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker import lengths
from tracker.db import Base, EncryptedText, UtcDateTime


class Trial(Base):
    """A plan being tried by the parties of a case, on `days` local dates of `timezone` from `starts_on`.

    `version` is the number of the plan version that counts: the one all parties accepted, or the first proposed ones
    until they do. `starts_on` and `days` are that version's.
    """

    __tablename__ = "trial"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    title: Mapped[str] = mapped_column(String(lengths.TITLE))
    timezone: Mapped[str] = mapped_column(String(64))
    sharing: Mapped[str] = mapped_column(String(8), default="private")
    starts_on: Mapped[date]
    days: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("sharing in ('private', 'open')", name="sharing"),
        CheckConstraint("days between 7 and 182", name="days"),
    )


class PlanVersion(Base):
    """A frozen copy of what can be tried. `terms` and `schedule` have the shapes of ``meanwhile.trial/1``.

    `template` is the catalogue's key; `name` what the programme calls its own copy of it, empty for the catalogue's.
    """

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("trial_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"))
    number: Mapped[int]
    template: Mapped[str] = mapped_column(String(lengths.KEY))
    name: Mapped[str] = mapped_column(String(lengths.NAME), default="", server_default="")
    starts_on: Mapped[date]
    days: Mapped[int]
    terms: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    schedule: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def last_day(self) -> date:
        """The last local date that it plans."""
        return self.starts_on + timedelta(days=self.days - 1)


class Acceptance(Base):
    """A party accepted one version of the plan. `on_paper`: it came with a trial file, accepted elsewhere."""

    __tablename__ = "acceptance"
    __table_args__ = (UniqueConstraint("plan_version_id", "party_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"), index=True)
    plan_version_id: Mapped[UUID] = mapped_column(ForeignKey("plan_version.id"))
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    on_paper: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ChangeRequest(Base):
    """A party asks the mediator for a change of the proposed plan, instead of accepting it."""

    __tablename__ = "change_request"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"), index=True)
    plan_version_id: Mapped[UUID] = mapped_column(ForeignKey("plan_version.id"))
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    text: Mapped[str] = mapped_column(EncryptedText, nullable=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Change(Base):
    """One swapped day: proposed by a party, then `accepted`, `declined` or `withdrawn`. Only accepted does it count."""

    __tablename__ = "change"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"), index=True)
    day: Mapped[date]
    with_key: Mapped[str] = mapped_column(String(lengths.KEY))
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(String(10))
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("party.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Pause(Base):
    """The trial rests from `at` until a mediator resumes it. Who asked is for the mediator's eyes alone."""

    __tablename__ = "pause"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"), index=True)
    by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    resumed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Ending(Base):
    """The trial ended before its last day: `last_day` is the last one that counts. At most one for a trial."""

    __tablename__ = "ending"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"), unique=True)
    by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    last_day: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Withdrawal(Base):
    """A party left. For everybody else the trial is paused; only the mediator sees who left."""

    __tablename__ = "withdrawal"
    __table_args__ = (UniqueConstraint("trial_id", "party_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"))
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Outcome(Base):
    """How a trial went on: `extended`, `changed` (another trial followed), `memorandum`, or `ended`. Each once.

    All but the last come about by the acceptance of every party, `at` that moment. It says nothing of what was agreed,
    so it stays when the case is deleted, and a programme can count it.
    """

    __tablename__ = "outcome"
    __table_args__ = (
        UniqueConstraint("trial_id", "kind"),
        CheckConstraint("kind in ('extended', 'changed', 'memorandum', 'ended')", name="kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"))
    kind: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SafetyMessage(Base):
    """Says "I don't feel safe with this trial", to the mediator alone. Ends the party's prompts; shows nowhere else."""

    __tablename__ = "safety_message"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    text: Mapped[str] = mapped_column(EncryptedText, nullable=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TrialDraft(Base):
    """A trial that a mediator is still setting up, as typed: it survives closing the page, and is gone once proposed.

    `trial_id`: it will be another version of that trial's plan; `case_id` alone: the next trial of that case.
    `content` is JSON, encrypted: names are in it.
    """

    __tablename__ = "trial_draft"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"))
    trial_id: Mapped[UUID | None] = mapped_column(ForeignKey("trial.id"), unique=True)
    content: Mapped[str] = mapped_column(EncryptedText, nullable=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
