"""Web push: a message encrypted for one browser (RFC 8291), signed with this installation's key (RFC 8292).

The address of a browser's push service is chosen by that browser, so by a stranger. Only services that are known are
asked, over TLS, and never at an address that is not on the public internet.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parseaddr
from functools import lru_cache
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tracker import clock
from tracker.config import Config
from tracker.delivery.notice import Notice, Send
from tracker.delivery.outcome import Gone, Permanent, Temporary

# The push services of today's browsers: Chromium's and Samsung's, Firefox's, Safari's, Edge's.
SERVICES = ("fcm.googleapis.com", "*.push.services.mozilla.com", "*.push.apple.com", "*.notify.windows.com")
LONGEST_ENDPOINT = 1000  # characters
TIMEOUT = 15  # seconds that a push service may take to answer
TTL = 12 * 3600  # seconds that it may keep a message for a browser that is off: an evening's is stale by noon
GONE = (403, 404, 410)  # subscribed to another key of ours, never there, taken back
# Seconds that a signature is good for. 24 hours are the most that is allowed (RFC 8292, section 2), on the service's
# clock: exactly as many, and a server whose clock is a second ahead is refused everywhere.
SIGNED_FOR = 12 * 3600


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where a browser wants its messages, and the two keys (base64url) that encrypt for it alone."""

    endpoint: str
    p256dh: str
    auth: str


def allowed(endpoint: str, config: Config) -> bool:
    """Whether an endpoint belongs to a push service that is known or named in `PUSH_HOSTS`. Asks no name server."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if len(endpoint) > LONGEST_ENDPOINT or not endpoint.isascii() or parts.username or parts.password:
        return False
    if origin(endpoint) in config.push_hosts:
        return True
    host = parts.hostname or ""
    return parts.scheme == "https" and port in (None, 443) and _known(host, (*SERVICES, *config.push_hosts))


def origin(url: str) -> str:
    """*https://push.example.org:8443*: the part of an address that names its server."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _known(host: str, names: tuple[str, ...]) -> bool:
    return any(host.endswith(name[1:]) if name.startswith("*.") else host == name for name in names)


def readable(subscription: Subscription) -> bool:
    """Whether the two keys are what a browser would send: a point of the curve, and sixteen bytes."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(subscription.p256dh))
        return len(_bytes(subscription.auth)) == 16
    except ValueError:
        return False


def public_key(config: Config) -> str:
    """The key that a browser is told when it subscribes; only who has the private one can write to it."""
    point = _private(config.vapid_key).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode()


def text(subscription: Subscription) -> str:
    """A subscription as one text: the address that `opened` sends to."""
    return json.dumps([subscription.endpoint, subscription.p256dh, subscription.auth])


@contextmanager
def opened(config: Config) -> Iterator[Send]:
    """Send several notices."""
    yield lambda notice, address: send(notice, Subscription(*json.loads(address)), config)


def send(notice: Notice, subscription: Subscription, config: Config) -> None:
    """Hand a notice to the browser's push service. Raises `Temporary`, `Permanent`, or `Gone`: forget it.

    What waits for a browser that is off is replaced by the next one with the same tag, as the device does with what it
    shows (RFC 8030, section 5.4: a topic has at most 32 characters of base64url).
    """
    if not allowed(subscription.endpoint, config) or not readable(subscription):
        raise Gone("no known push service")
    topic = _topic(notice.tag or notice.id)
    status = _post(subscription, json.dumps(payload(notice)), {"Topic": topic, "Urgency": "normal"}, config)
    if status == 429 or status >= 500:
        raise Temporary(f"push service: {status}")
    if status in GONE:
        raise Gone(f"push service: {status}")
    if status >= 300:
        raise Permanent(f"push service: {status}")


def payload(notice: Notice) -> dict[str, Any]:
    """What the device's worker gets: all that it shows, and where a tap leads."""
    body = "" if notice.short == notice.subject else notice.short
    return {"title": notice.subject, "body": body, "tag": notice.tag, "url": notice.url, "badge": 1}


def _topic(name: str) -> str:
    return urlsafe_b64encode(sha256(name.encode()).digest()[:24]).decode()


def _post(subscription: Subscription, body: str, headers: dict[str, str | int | float], config: Config) -> int:
    """The status that the push service answers."""
    import requests
    from py_vapid import Vapid02
    from pywebpush import WebPusher

    from tracker.delivery.guarded import session

    trusted = origin(subscription.endpoint) in config.push_hosts
    claims: dict[str, str | int] = {
        "aud": origin(subscription.endpoint),
        "sub": f"mailto:{parseaddr(config.mail_from)[1]}",
        "exp": int(clock.now().timestamp()) + SIGNED_FOR,
    }
    signed = Vapid02(_private(config.vapid_key), {"no-strict": True}).sign(claims)
    keys = {"p256dh": subscription.p256dh, "auth": subscription.auth}
    with session(public=not trusted) as http:
        try:
            pusher = WebPusher({"endpoint": subscription.endpoint, "keys": keys}, requests_session=http)
            answer = pusher.send(body, headers | signed, ttl=TTL, timeout=TIMEOUT)
        except requests.RequestException as error:
            raise Temporary(f"push service: {type(error).__name__}") from error
    assert not isinstance(answer, str)
    return int(answer.status_code)


@lru_cache(maxsize=4)
def _private(key: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(_bytes(key)), ec.SECP256R1())


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
