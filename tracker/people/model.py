"""Tables of people. A person is one human with one address; what they may do follows from memberships and parties."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker import lengths
from tracker.db import Base, EncryptedText, UtcDateTime

ROLES = ("administrator", "mediator")


class Programme(Base):
    """A community mediation centre or a private practice."""

    __tablename__ = "programme"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(String(lengths.NAME))
    country: Mapped[str] = mapped_column(String(2), default="US")  # ISO 3166; chooses the emergency numbers
    timezone: Mapped[str] = mapped_column(String(64), default="UTC")
    retention_days: Mapped[int] = mapped_column(default=90, server_default="90")  # from a case's closing to its purge
    emergency: Mapped[list[dict[str, str]] | None] = mapped_column(
        JSON(none_as_null=True)
    )  # none: its country's numbers
    channels: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))  # `programmes.allows`
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProgrammeText(Base):
    """What a programme says about confidentiality where it works. Each change is a new number."""

    __tablename__ = "programme_text"
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PlanTemplate(Base):
    """A programme's own copy of a plan template of the catalogue, changed.

    `based_on` is the catalogue's key. `content` has the shapes of a file of the catalogue: see `catalogue.changed`.
    """

    __tablename__ = "plan_template"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    based_on: Mapped[str] = mapped_column(String(lengths.KEY))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Person(Base):
    """One human. `email` is kept in lower case; a party who joined in the room may have none."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(String(lengths.NAME))
    email: Mapped[str | None] = mapped_column(String(lengths.EMAIL), unique=True)
    phone: Mapped[str] = mapped_column(EncryptedText, nullable=True)  # for texts, where the programme offers them
    timezone: Mapped[str] = mapped_column(String(64), default="UTC")
    language: Mapped[str | None] = mapped_column(String(lengths.LANGUAGE))  # none: as the browser asks
    device_key: Mapped[str | None] = mapped_column(EncryptedText, nullable=True, deferred=True)  # `device_keys.py`
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Membership(Base):
    """A person works for a programme, as `administrator` or `mediator`, until it ended.

    `name` is what the one who added them typed; `used_at`: since when they come in with it. Until then they are a
    stranger here: an address that was typed, which may be anybody's.
    """

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("role in ('administrator', 'mediator')", name="role"),
        Index(
            "ix_membership_current",
            "person_id",
            "programme_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(lengths.NAME), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Device(Base):
    """One sign-in on one device. The cookie holds a random token; the table only its SHA-256.

    `staff`: the short limits of who works for a programme. `proved_at`: when a passkey or a second factor was given.
    """

    __tablename__ = "device"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(lengths.LABEL), default="")  # as its person knows it: "Firefox, Android"
    how: Mapped[str] = mapped_column(String(12), default="code")
    shared: Mapped[bool] = mapped_column(default=False)  # "this is a shared device": the sign-in ends soon
    staff: Mapped[bool] = mapped_column(default=False)
    proved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)  # wrong codes of the second step since the last right one
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def idle(self) -> timedelta:
        """After how long without a request the sign-in ends."""
        if self.shared:
            return timedelta(minutes=30)
        return timedelta(hours=2) if self.staff else timedelta(days=60)


class PushSubscription(Base):
    """Where a device wants its push messages, for as long as its sign-in lasts.

    Who knows the endpoint and the keys could write to the device, so they are encrypted; the hash finds the row again.
    """

    __tablename__ = "push_subscription"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    device_id: Mapped[UUID] = mapped_column(ForeignKey("device.id"), index=True)
    endpoint_hash: Mapped[str] = mapped_column(String(64), unique=True)
    endpoint: Mapped[str] = mapped_column(EncryptedText)
    p256dh: Mapped[str] = mapped_column(EncryptedText)
    auth: Mapped[str] = mapped_column(EncryptedText)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignInCode(Base):
    """A six-digit code and a link in one email. Both die with the first use, after ten minutes or five wrong tries."""

    __tablename__ = "sign_in_code"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)  # none: an address nobody has
    code_hash: Mapped[str] = mapped_column(String(64))
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Passkey(Base):
    """A key pair on a person's device or in their password manager, by WebAuthn. Only the public half is here."""

    __tablename__ = "passkey"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    credential: Mapped[str] = mapped_column(String(1400), unique=True)  # base64url; at most 1023 bytes by the standard
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]
    name: Mapped[str] = mapped_column(String(lengths.LABEL))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Challenge(Base):
    """What a passkey signs: random, for one purpose, used once, dead after five minutes."""

    __tablename__ = "challenge"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(12))
    value: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Authenticator(Base):
    """An app that shows a new code every thirty seconds (RFC 6238). Counts once its first code was typed."""

    __tablename__ = "authenticator"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(EncryptedText)
    last_step: Mapped[int] = mapped_column(default=0)  # a code is taken once: later steps only
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RecoveryCode(Base):
    """One of the codes that a person keeps on paper for the day on which nothing else is at hand.

    `used_at` is `second_step.SHOWN` until its person has said, or shown by using one, that they have them.
    """

    __tablename__ = "recovery_code"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Attempt(Base):
    """How often something was tried in one window of time; shared by all processes."""

    __tablename__ = "attempt"

    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
