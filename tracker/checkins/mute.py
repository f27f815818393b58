"""The address that ends a party's reminders by one POST (RFC 8058). It can do that and nothing else, so it never ends.

It follows from the installation's secret and the party's id: nothing is stored for it.
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


def token(party_id: UUID, secret_key: str) -> str:
    """The secret of this party's address."""
    return urlsafe_b64encode(party_id.bytes + _sign(party_id, secret_key)).decode()


def find(secret: str, secret_key: str) -> Party | None:
    """Whose address it is."""
    try:
        raw = urlsafe_b64decode(secret)
        party_id = UUID(bytes=raw[:16])
    except ValueError:
        return None
    if not hmac.compare_digest(raw[16:], _sign(party_id, secret_key)):
        return None
    return db.session.get(Party, party_id)


def mute(party: Party) -> None:
    """No reminders any more, from now on; what was chosen besides stays for whoever wants them back."""
    settings.choose(party.id, replace(settings.choice(party), wanted=False))


def _sign(party_id: UUID, secret_key: str) -> bytes:
    return hmac.new(secret_key.encode(), b"mute:" + party_id.bytes, hashlib.sha256).digest()[:17]
