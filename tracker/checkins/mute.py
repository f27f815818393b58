"""The address that ends a party's reminders by one POST (RFC 8058). It can do that and nothing else, so it never ends.

It follows from the installation's secret, the party and who that is now: nothing is stored for it, and who is let in
again is not silenced from the mailbox of before.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from uuid import UUID

from tracker.cases import settings
from tracker.cases.model import Party
from tracker.db import db


def token(party: Party, secret_key: str) -> str:
    """The secret of this party's address."""
    return urlsafe_b64encode(party.id.bytes + _sign(party, secret_key)).decode()


def find(secret: str, secret_key: str) -> Party | None:
    """Whose address it is."""
    try:
        raw = urlsafe_b64decode(secret)
        party = db.session.get(Party, UUID(bytes=raw[:16]))
    except ValueError:
        return None
    return party if party is not None and hmac.compare_digest(raw[16:], _sign(party, secret_key)) else None


def mute(party: Party) -> None:
    """No reminders any more, from now on; what was chosen besides stays for whoever wants them back."""
    settings.choose(party.id, replace(settings.choice(party), wanted=False))


def _sign(party: Party, secret_key: str) -> bytes:
    whose = party.id.bytes + (party.person_id.bytes if party.person_id else b"")
    return hmac.new(secret_key.encode(), b"mute:" + whose, hashlib.sha256).digest()[:17]
