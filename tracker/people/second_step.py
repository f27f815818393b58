"""The second step: a code from an authenticator app (RFC 6238), or a recovery code from paper."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, exists, func, select, update

from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.people.devices import digest
from tracker.people.model import Authenticator, Passkey, Person, RecoveryCode

STEP = 30  # seconds
CODES = 8  # recovery codes at a time
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is read as something else
LENGTH, GROUP = 24, 6  # 118 bits: nobody guesses one, and not from its hash either


class Ways(NamedTuple):
    """In which ways a person can take the second step. `codes`: how many recovery codes are left."""

    passkeys: bool
    app: bool
    codes: int

    @property
    def any(self) -> bool:
        """Whether there is one at all. Recovery codes alone are none: they stand in for the others."""
        return self.passkeys or self.app


def ways(person_id: UUID) -> Ways:
    """What this person has set up. One query."""
    confirmed = Authenticator.person_id == person_id, Authenticator.confirmed_at.is_not(None)
    left = select(func.count()).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    row = db.session.execute(
        select(
            exists().where(Passkey.person_id == person_id),
            exists().where(*confirmed),
            left.select_from(RecoveryCode).scalar_subquery(),
        )
    ).one()
    return Ways(bool(row[0]), bool(row[1]), int(row[2]))


def begin_app(person: Person, now: datetime) -> tuple[str, str]:
    """A secret for an authenticator app, as text and as the address in its QR code; it counts after its first code.

    Asked again before that it is the same one. Raises `Refused("known")` if one counts already.
    """
    import pyotp

    with transaction() as session:
        row = session.get(Authenticator, person.id, populate_existing=True)
        if row is not None and row.confirmed_at is not None:
            raise Refused("known")
        if row is None:
            row = Authenticator(person_id=person.id, secret=pyotp.random_base32(), created_at=now)
            session.add(row)
        secret = row.secret
    return secret, pyotp.TOTP(secret).provisioning_uri(name=person.email or person.name, issuer_name="Meanwhile")


def confirm_app(person_id: UUID, code: str, now: datetime) -> bool:
    """The first code from the app: from now on it counts."""
    return _check(person_id, code, now, confirmed=False)


def by_app(person_id: UUID, code: str, now: datetime) -> bool:
    """Whether this is a code that the person's app shows now, and that was not used before."""
    return _check(person_id, code, now, confirmed=True)


def _check(person_id: UUID, code: str, now: datetime, *, confirmed: bool) -> bool:
    """One step early or late is fine: clocks differ. A step counts once, and never one before it."""
    import pyotp

    typed = "".join(filter(str.isdigit, code))
    with transaction() as session:
        row = session.get(Authenticator, person_id, populate_existing=True, with_for_update=True)
        if row is None or (row.confirmed_at is not None) is not confirmed:
            return False
        step = int(now.timestamp()) // STEP
        for candidate in (step, step - 1, step + 1):
            if candidate > row.last_step and pyotp.utils.strings_equal(
                pyotp.TOTP(row.secret).generate_otp(candidate), typed
            ):
                row.last_step, row.confirmed_at = candidate, row.confirmed_at or now
                return True
    return False


def remove_app(person_id: UUID) -> bool:
    """Forget the authenticator app; false if there was none."""
    with transaction() as session:
        gone = delete(Authenticator).where(Authenticator.person_id == person_id).returning(Authenticator.person_id)
        return session.scalar(gone) is not None


def new_codes(person_id: UUID, now: datetime) -> list[str]:
    """Fresh recovery codes, to be shown this once; earlier ones die."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(CODES)]
    with transaction() as session:
        session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
        session.add_all(RecoveryCode(person_id=person_id, code_hash=digest(code), created_at=now) for code in codes)
    return ["-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP)) for code in codes]


def normal(code: str) -> str:
    """A recovery code as it was made, however somebody typed it."""
    return "".join(code.upper().replace("-", "").split())


def by_code(code: str, now: datetime, person_id: UUID | None = None) -> Person | None:
    """Whose recovery code this is, of `person_id` if given; it is used up."""
    mine = [RecoveryCode.code_hash == digest(normal(code)), RecoveryCode.used_at.is_(None)]
    if person_id is not None:
        mine.append(RecoveryCode.person_id == person_id)
    with transaction() as session:
        using = update(RecoveryCode).where(*mine).values(used_at=now).returning(RecoveryCode.person_id)
        owner = session.scalar(using)
        return session.get(Person, owner) if owner else None


def forget_all(person_id: UUID) -> None:
    """Forget every passkey, app and recovery code of a person who has lost them all: they set up new ones."""
    with transaction() as session:
        for table in (Passkey, Authenticator, RecoveryCode):
            session.execute(delete(table).where(table.person_id == person_id))
