"""The signed-in person, for Flask-Login. The cookie holds a random token; the table knows its hash and its end."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import Flask, current_app, g, request, session
from flask_login import LoginManager, UserMixin, login_user, logout_user
from flask_login import current_user as _current

from tracker import clock
from tracker.pages import languages
from tracker.pages.agents import device_name
from tracker.pages.fragments import unsay
from tracker.people import devices, memberships
from tracker.people.model import Device, Person
from tracker.trials import find

manager = LoginManager()


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login brings no types
    """A person on a device, for as long as one request."""

    def __init__(self, person: Person, device: Device, token: str) -> None:
        self.person = person
        self.device = device
        self._token = token

    @property
    def strong(self) -> bool:
        """Whether a passkey or a second factor was given, in a sign-in with the short limits of staff."""
        return self.device.proved_at is not None and self.device.staff

    def get_id(self) -> str:
        """The secret token: what the session cookie carries."""
        return self._token


def init(app: Flask) -> None:
    """Know the signed-in person on each request."""
    app.config["PERMANENT_SESSION_LIFETIME"] = devices.ABSOLUTE
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False  # the row knows when the sign-in ends; the cookie need not move
    manager.init_app(app)
    manager.session_protection = None  # the token is checked against its row, not against the browser's name


@manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login brings no types
def load(token: str) -> SignedIn | None:
    """The person whom this token belongs to, if it has not ended."""
    now = clock.now()
    found = _as_party(token, now) or devices.find(token, now)
    if found is None or (found[1].how == "demo" and not current_app.extensions["config"].demo):
        return None  # who came by the demo's door is nobody once it is shut
    if before := session.pop("replaces", None):  # the new cookie has come back, so nobody needs the one before
        devices.end_replaced(UUID(before), now)
    languages.read_in(found[0].language)
    return SignedIn(*found, token)


def _as_party(token: str, now: datetime) -> tuple[Person, Device] | None:
    """On a party's page, which every phone asks for: the person and, for the gate, their trial, in one query.

    None if this is another page, or if the page is not theirs: then the gate asks for each by itself.
    """
    trial = (request.view_args or {}).get("trial")
    found = find.signed_in(devices.digest(token), trial) if trial and request.blueprint == "party" else None
    if found is None or not devices.lasting(found[1], now):
        return None
    g.theirs = found[2]
    return found[:2]


def sign_in(person: Person, *, shared: bool = False, how: str = "code", proved: bool = False, token: str = "") -> None:
    """Begin a sign-in of `person` on this browser. Nothing of the session before it remains, its token neither.

    On a shared device the sign-in ends soon, and with the browser. `proved`: with a passkey or a second factor.
    `token`: its secret, where the same form makes it again.
    """
    sign_out()
    user = _begun(person, shared=shared, how=how, proved=proved, token=token)
    session.permanent = not shared
    login_user(user)


def take_up(token: str, *, shared: bool) -> SignedIn | None:
    """Go on with the sign-in that has just begun with this token, on this browser; none if there is no such one."""
    found = devices.begun(token, clock.now())
    if found is None:
        return None
    sign_out()
    if shared:
        devices.share(found[1].id)
    session.permanent = not found[1].shared
    user = SignedIn(*found, token)
    login_user(user)
    return user


def renew(token: str) -> None:
    """A sign-in that is proved takes the place of this one, which ends with the first request that brings the new
    cookie: the answer that carries it may be lost."""
    device = _current.device
    _replace(_begun(_current.person, shared=device.shared, how=device.how, proved=True, token=token), device)


def renew_again(token: str) -> bool:
    """The same once more, with the sign-in that has just begun in this one's place; false if none has."""
    found = devices.begun(token, clock.now())
    if found is not None:
        _replace(SignedIn(*found, token), _current.device)
    return found is not None


def _begun(person: Person, *, shared: bool, how: str, proved: bool, token: str) -> SignedIn:
    """A new sign-in in the table, of whatever browser asks."""
    token, device = devices.begin(
        person,
        clock.now(),
        shared=shared,
        staff=bool(memberships.roles_of(person.id)),
        proved=proved,
        name=device_name(request.user_agent.string),
        how=how,
        token=token,
        language=languages.spoken(),
    )
    return SignedIn(person, device, token)


def _replace(user: SignedIn, before: Device) -> None:
    session.clear()
    unsay()
    session.permanent = not user.device.shared
    session["replaces"] = str(before.id)
    login_user(user)


def sign_out() -> None:
    """End this browser's sign-in, in the table too: a copied cookie is worth nothing afterwards."""
    if _current.is_authenticated:
        devices.end(_current.device.id, clock.now())
    logout_user()
    session.clear()
    unsay()
