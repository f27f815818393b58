"""Passkeys, by WebAuthn: adding one, signing in with one, removing one.

A passkey asks its person for a finger, a face or a number first, so that it is something one has and
something one is or knows at once. It is bound to the address of this installation and works on no copy of its pages.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import delete, select

from tracker import lengths
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.people.model import Challenge, Passkey, Person

VALID = timedelta(minutes=5)
MOST = 10  # passkeys of one person
LONGEST = 16 * 1024  # characters of what a browser sends


class Site(NamedTuple):
    """What passkeys are bound to: the host's name, and where pages must come from."""

    id: str
    origin: str


def site(base_url: str) -> Site | None:
    """The site of an installation. None where passkeys cannot be: they need https, or `localhost`, and a host's name.

    An installation on a loopback address is reached as `localhost` too.
    """
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    try:
        if ip_address(host).is_loopback:
            port = f":{parts.port}" if parts.port else ""
            return Site("localhost", f"{parts.scheme}://localhost{port}")
        return None
    except ValueError:
        pass
    if parts.scheme == "https" or host == "localhost":
        return Site(host, f"{parts.scheme}://{parts.netloc}")
    return None


def of_person(person_id: UUID) -> list[Passkey]:
    """A person's passkeys, oldest first."""
    query = select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.created_at, Passkey.id)
    return list(db.session.scalars(query))


def ask_to_add(person: Person, here: Site, now: datetime) -> tuple[UUID, str]:
    """A challenge for a new passkey: its id, and the options for the browser as JSON."""
    from webauthn import base64url_to_bytes, generate_registration_options, options_to_json
    from webauthn.helpers import structs

    known = [
        structs.PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential)) for one in of_person(person.id)
    ]
    options = generate_registration_options(
        rp_id=here.id,
        rp_name="Meanwhile",
        user_id=person.id.bytes,
        user_name=person.email or person.name,
        user_display_name=person.name,
        exclude_credentials=known,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
    )
    return _keep("add", person.id, options.challenge, now), options_to_json(options)


def add(person: Person, challenge_id: UUID, answer: str, name: str, here: Site, now: datetime) -> Passkey:
    """Keep a new passkey. Raises `Refused`: `gone` (the challenge), `wrong` (the answer), `many`."""
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.exceptions import WebAuthnException

    challenge = _take("add", challenge_id, now)
    if challenge.person_id != person.id:
        raise Refused("gone")
    try:
        verified = verify_registration_response(
            credential=answer[:LONGEST],
            expected_challenge=challenge.value,
            expected_rp_id=here.id,
            expected_origin=here.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused("wrong") from error
    with transaction() as session:
        credential = bytes_to_base64url(verified.credential_id)
        if session.scalar(select(Passkey.id).where(Passkey.credential == credential)):
            raise Refused("wrong")
        if len(of_person(person.id)) >= MOST:
            raise Refused("many")
        passkey = Passkey(
            person_id=person.id,
            credential=credential,
            public_key=verified.credential_public_key,
            sign_count=verified.sign_count,
            name=name.strip()[: lengths.LABEL] or "Passkey",
            created_at=now,
        )
        session.add(passkey)
    return passkey


def ask_to_enter(here: Site, now: datetime, person: Person | None = None) -> tuple[UUID, str]:
    """A challenge for signing in. Without a `person` it names no passkey, so it tells nothing about any address."""
    from webauthn import base64url_to_bytes, generate_authentication_options, options_to_json
    from webauthn.helpers import structs

    mine = of_person(person.id) if person else []
    options = generate_authentication_options(
        rp_id=here.id,
        allow_credentials=[
            structs.PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential)) for one in mine
        ],
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return _keep("enter", person.id if person else None, options.challenge, now), options_to_json(options)


def enter(challenge_id: UUID, answer: str, here: Site, now: datetime) -> Person:
    """Whose passkey answered. Raises `Refused`: `gone` (the challenge), `wrong` (none of here, or not theirs)."""
    from webauthn import verify_authentication_response
    from webauthn.helpers import bytes_to_base64url, parse_authentication_credential_json
    from webauthn.helpers.exceptions import WebAuthnException

    challenge = _take("enter", challenge_id, now)
    try:
        given = parse_authentication_credential_json(answer[:LONGEST])
        with transaction() as session:
            mine = Passkey.credential == bytes_to_base64url(given.raw_id)
            passkey = session.scalar(select(Passkey).where(mine).with_for_update())
            if passkey is None or challenge.person_id not in (None, passkey.person_id):
                raise Refused("wrong")
            verified = verify_authentication_response(
                credential=given,
                expected_challenge=challenge.value,
                expected_rp_id=here.id,
                expected_origin=here.origin,
                credential_public_key=passkey.public_key,
                credential_current_sign_count=passkey.sign_count,
                require_user_verification=True,
            )
            passkey.sign_count, passkey.used_at = verified.new_sign_count, now
            return session.get_one(Person, passkey.person_id)
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused("wrong") from error


def remove(person_id: UUID, passkey_id: UUID) -> bool:
    """Remove a passkey of this person; false if they have none of that id."""
    mine = Passkey.id == passkey_id, Passkey.person_id == person_id
    with transaction() as session:
        return session.scalar(delete(Passkey).where(*mine).returning(Passkey.id)) is not None


def _keep(purpose: str, person_id: UUID | None, value: bytes, now: datetime) -> UUID:
    with transaction() as session:
        session.execute(delete(Challenge).where(Challenge.expires_at <= now))
        row = Challenge(purpose=purpose, person_id=person_id, value=value, expires_at=now + VALID)
        session.add(row)
        session.flush()
    return row.id


def _take(purpose: str, id_: UUID, now: datetime) -> Challenge:
    """The challenge of this id, which nobody can use again."""
    with transaction() as session:
        row = session.get(Challenge, id_)
        if row is None:
            raise Refused("gone")
        used = session.scalar(delete(Challenge).where(Challenge.id == id_).returning(Challenge.id))
    if used is None or row.purpose != purpose or row.expires_at <= now:
        raise Refused("gone")
    return row
