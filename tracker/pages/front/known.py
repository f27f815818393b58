"""Browsers that are known: a cookie that says, for nobody else to read, who was signed in here before.

It opens nothing. It spares its person a message about a new sign-in each time, and keeps them clear of the limits that
others may have used up. A shared device gets none, and Exit takes it away.
"""

from __future__ import annotations

from flask import after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from tracker.pages.limits import network
from tracker.people.devices import ABSOLUTE, digest
from tracker.people.model import Person


def remember(person: Person) -> None:
    """Let this browser be known as this person's."""
    value = str(_serializer().dumps([digest(str(person.id)), digest(person.email or "")]))

    @after_this_request
    def set_cookie(response: Response) -> Response:
        secure = current_app.extensions["config"].secure
        response.set_cookie(
            cookie_name(), value, max_age=ABSOLUTE, secure=secure, httponly=True, samesite="Lax", path="/"
        )
        return response


def is_known(person: Person) -> bool:
    """Whether this person was signed in on this browser before."""
    return digest(str(person.id)) in _kept()


def is_known_address(email: str) -> bool:
    """Whether whoever has this address was signed in on this browser before."""
    return bool(email) and digest(email) in _kept()


def browser() -> str:
    """What attempts are counted by: a browser that is known by itself, any other with its network."""
    kept = _kept()
    return f"browser {kept[0]}" if kept else network()


def cookie_name() -> str:
    """The name of the cookie."""
    return "__Host-known" if current_app.extensions["config"].secure else "known"


def _kept() -> list[str]:
    try:
        kept: list[str] = _serializer().loads(request.cookies.get(cookie_name(), ""))
    except BadSignature:
        return []
    return kept


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="known")
