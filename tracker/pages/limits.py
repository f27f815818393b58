"""How often somebody may try the doors: sign-in, codes, invitations. Counted in the database unless told otherwise.

Nobody is locked out by what others try. A browser in which a person was signed in before counts by itself
(`known.py`), what needs no guessing (a link's long token, a passkey) is not counted at all, and a code that
somebody has already never meets any limit but its own tries.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user
from limits.storage import Storage
from sqlalchemy.exc import SQLAlchemyError

from tracker import clock
from tracker.people import attempts


def network() -> str:
    """Where a request comes from: one IPv4 address, or the 64 bits of an IPv6 one that a household gets as a whole."""
    text = str(get_remote_address())
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
    return text


def signed_in_person() -> str:
    """Who asks, for what is done for a person. Their id: a count is no place for the secret of a sign-in."""
    return str(current_user.person.id)


class InDatabase(Storage):
    """The database of this installation, for `LIMITS_STORAGE=database://`."""

    STORAGE_SCHEME = ["database"]  # noqa: RUF012  # the library declares it so

    @property
    def base_exceptions(self) -> type[Exception]:
        """What may go wrong."""
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count."""
        return attempts.add(key[-255:], expiry, amount, clock.now())

    def get(self, key: str) -> int:
        """The count."""
        return attempts.current(key[-255:], clock.now())[0]

    def get_expiry(self, key: str) -> float:
        """Until when it counts."""
        return attempts.current(key[-255:], clock.now())[1].timestamp()

    def check(self) -> bool:
        """The database answers for itself, at /healthz."""
        return True

    def reset(self) -> int | None:
        """Forget everything."""
        return attempts.forget()

    def clear(self, key: str) -> None:
        """Forget one."""
        attempts.forget(key[-255:])


limiter = Limiter(network)


def init(app: Flask) -> None:
    """Count at the doors alone: each limit here is one view's own, so no other request need be looked at."""
    limiter.init_app(app)
    hooks = app.before_request_funcs[None]
    hooks[:] = [hook for hook in hooks if hook != limiter._check_request_limit]
