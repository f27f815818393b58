"""Tables of people. A person is one human with one address; what they may do follows from memberships and parties."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, EncryptedText, UtcDateTime

ROLES = ("administrator", "mediator")


class Programme(Base):
    """A community mediation centre or a private practice."""

    __tablename__ = "programme"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(String(80))
    country: Mapped[str] = mapped_column(String(2), default="US")  # ISO 3166; chooses the emergency numbers
    timezone: Mapped[str] = mapped_column(String(64), default="UTC")
    retention_days: Mapped[int] = mapped_column(default=90, server_default="90")  # from a case's closing to its purge
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Person(Base):
    """One human. `email` is kept in lower case; a party who joined in the room may have none."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    phone: Mapped[str] = mapped_column(EncryptedText, nullable=True)  # for texts, where the programme offers them
    timezone: Mapped[str] = mapped_column(String(64), default="UTC")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Membership(Base):
    """A person works for a programme, as `administrator` or `mediator`, until it ended."""

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
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Device(Base):
    """One sign-in on one device. The cookie holds a random token; the table only its SHA-256."""

    __tablename__ = "device"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    shared: Mapped[bool] = mapped_column(default=False)  # "this is a shared device": the sign-in ends soon
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


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
