"""The second step: a code from an authenticator app (RFC 6238), or a recovery code from paper."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update

from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.people import codes
from tracker.people.devices import digest
from tracker.people.model import Authenticator, Passkey, Person, RecoveryCode

STEP = 30  # seconds
CODES = 8  # recovery codes at a time
SHOWN = datetime(1970, 1, 1, tzinfo=UTC)  # `used_at` of a code that was shown, until its person says that they have it
LENGTH, GROUP = 24, 6  # 118 bits: nobody guesses one, and not from its hash either


class Ways(NamedTuple):
    """In which ways a person can take the second step. `codes`: how many recovery codes are left that they have."""

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
    """Fresh recovery codes, to be shown this once. They work, and so do the ones before until `keep_codes`: the page
    that shows them may never have arrived."""
    made = [codes.new(LENGTH) for _ in range(CODES)]
    with transaction() as session:
        session.execute(delete(RecoveryCode).where(*_shown(person_id)))
        for code in made:
            session.add(RecoveryCode(person_id=person_id, code_hash=digest(code), created_at=now, used_at=SHOWN))
    return ["-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP)) for code in made]


def shown(person_id: UUID) -> UUID | None:
    """One of the codes that were shown to this person, and of which they have not said that they have them."""
    return db.session.scalar(select(RecoveryCode.id).where(*_shown(person_id)).order_by(RecoveryCode.id).limit(1))


def keep_codes(person_id: UUID, made: UUID | None) -> bool:
    """This person has the codes that came with the one `made`: from now on no others work. Twice is fine.

    False if those are gone, for newer ones were made after them.
    """
    with transaction() as session:
        found = session.get(RecoveryCode, made, populate_existing=True, with_for_update=True) if made else None
        if found is None or found.person_id != person_id:
            return False
        if found.used_at == SHOWN:
            others = RecoveryCode.used_at.is_(None) | (RecoveryCode.used_at != SHOWN)
            session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id, others))
            session.execute(update(RecoveryCode).where(*_shown(person_id)).values(used_at=None))
    return True


def _shown(person_id: UUID) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return RecoveryCode.person_id == person_id, RecoveryCode.used_at == SHOWN


def by_code(code: str, now: datetime, person_id: UUID | None = None) -> Person | None:
    """Whose recovery code this is, of `person_id` if given; it is used up. Who types one has those shown with it."""
    usable = or_(RecoveryCode.used_at.is_(None), RecoveryCode.used_at == SHOWN)
    mine = [RecoveryCode.code_hash == digest(codes.normal(code)), usable]
    if person_id is not None:
        mine.append(RecoveryCode.person_id == person_id)
    with transaction() as session:
        found = session.execute(select(RecoveryCode.id, RecoveryCode.person_id).where(*mine)).first()
        if found is not None:
            keep_codes(found.person_id, found.id)
        using = update(RecoveryCode).where(*mine).values(used_at=now).returning(RecoveryCode.person_id)
        owner = session.scalar(using)
        return session.get(Person, owner) if owner else None


def forget_all(person_id: UUID) -> None:
    """Forget every passkey, app and recovery code of a person who has lost them all: they set up new ones."""
    with transaction() as session:
        for table in (Passkey, Authenticator, RecoveryCode):
            session.execute(delete(table).where(table.person_id == person_id))
