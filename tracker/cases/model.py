"""Tables of cases. A case is the dispute that a programme's mediator works on; every row below it carries `case_id`."""

from __future__ import annotations

from datetime import UTC, datetime, time
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker import lengths
from tracker.db import Base, EncryptedText, UtcDateTime

AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)  # for `Party.next_check_in_at`: let the next tick look, whatever the time
EVERY_DAY = "1234567"


class Case(Base):
    """A dispute with its parties, worked on by one mediator of one programme."""

    __tablename__ = "case"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    mediator_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str] = mapped_column(String(lengths.TITLE))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Handover(Base):
    """A case went to another mediator. `from_id`: whose it was; `by`: that mediator or an administrator."""

    __tablename__ = "handover"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    from_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    to_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Party(Base):
    """One person in a case. Until they joined, `person_id` is empty. `position` is the plan's order, from 0.

    `check_in_days` are the ISO weekdays (1 is Monday) on which the evening prompt comes; `check_in_every` 3 means every
    third day only. `check_in_channels` are keys of `checkins.channels`. `next_check_in_at` is when the scheduler looks
    at this party again: it says no more than that, what is due then is computed from the facts of that moment.
    """

    __tablename__ = "party"
    __table_args__ = (
        UniqueConstraint("case_id", "key"),
        UniqueConstraint("case_id", "position"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    key: Mapped[str] = mapped_column(String(lengths.KEY))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(lengths.NAME))
    email: Mapped[str | None] = mapped_column(String(lengths.EMAIL))  # where the mediator sends the invitation
    timezone: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(20), default="")  # the template's word for what this party does, or empty
    own_device: Mapped[bool | None]  # the answer to "Is this your own phone?"
    check_in_at: Mapped[time] = mapped_column(default=time(20, 30))  # local, in the party's zone
    check_ins: Mapped[bool] = mapped_column(default=True)
    check_in_days: Mapped[str] = mapped_column(String(7), default=EVERY_DAY)
    check_in_every: Mapped[int] = mapped_column(default=1)
    check_in_wording: Mapped[str] = mapped_column(String(8), default="discreet")
    check_in_channels: Mapped[list[str]] = mapped_column(JSON, default=lambda: ["email"])
    next_check_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Invitation(Base):
    """One party's way in: a link (shown as a QR code) and a short code to read out. Dies when it is accepted.

    `again`: for a party who has joined and cannot come back; see `tracker.keeping.let_in`.
    """

    __tablename__ = "invitation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    token: Mapped[str] = mapped_column(EncryptedText)  # readable for the mediator who shows the code again
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code: Mapped[str] = mapped_column(EncryptedText)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    again: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Consent(Base):
    """A party agreed to one version of how this app treats what they write, until they withdrew it."""

    __tablename__ = "consent"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    version: Mapped[str] = mapped_column(String(10))  # of `consents.toml`
    text_id: Mapped[UUID | None] = mapped_column(ForeignKey("programme_text.id"))  # the programme's own, if it had one
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ContactWish(Base):
    """How and when a mediator may get in touch with a party without harm. For the mediator alone; the newest counts."""

    __tablename__ = "contact_wish"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    way: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(EncryptedText, nullable=True)
    times: Mapped[str] = mapped_column(EncryptedText, nullable=True)
    voicemail: Mapped[bool] = mapped_column(default=False)  # whether a message may be left
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Guest(Base):
    """A lawyer or a support person: may read a released summary for as long as every party allows it.

    `name` is what the mediator typed. What the address's person is called here, if there is one, is not the mediator's
    to learn.
    """

    __tablename__ = "guest"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(lengths.NAME), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class GuestConsent(Base):
    """One party's yes to one guest, until it was withdrawn."""

    __tablename__ = "guest_consent"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    guest_id: Mapped[UUID] = mapped_column(ForeignKey("guest.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CalendarFeed(Base):
    """A party's private calendar address, until it is renewed or switched off. `plain`: entries say what they are."""

    __tablename__ = "calendar_feed"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    token: Mapped[str] = mapped_column(EncryptedText)  # readable for its owner, who copies it into another calendar
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    plain: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
