"""What every way in ends with: the sign-in begins, and its person hears of it if this browser is new to them."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import current_app, request, session
from flask_babel import gettext as _

from tracker import clock
from tracker.pages import mail, signed_in
from tracker.pages.agents import device_name
from tracker.pages.front import known
from tracker.pages.languages import speaking
from tracker.pages.texts import clock_time, day
from tracker.people.model import Person


def made_by(secret: str) -> str:
    """The token of the sign-in that a form of this browser begins with this code, or this link.

    Sent again, for its answer was lost, the form makes the same one, and `enter_again` finds it. No other browser does:
    what it keeps from before is in it, too.
    """
    key, browser = str(current_app.secret_key).encode(), [str(session.get(name)) for name in ("csrf_token", "_user_id")]
    text = "\n".join(("sign-in", str(request.endpoint), *browser, secret))
    return urlsafe_b64encode(hmac.digest(key, text.encode(), "sha256")).decode()


def enter(person: Person, *, shared: bool, how: str, proved: bool = False, token: str = "") -> None:
    """Sign in. Of the session before, the answer that an invitation asked for stays."""
    joining, new = session.get("joining"), not known.is_known(person)
    signed_in.sign_in(person, shared=shared, how=how, proved=proved, token=token)
    if joining:
        session["joining"] = joining
    if not shared:
        known.remember(person)
    if new:
        where = device_name(request.user_agent.string)
        tell(person, _("with %(browser)s", browser=where) if where else "", kind="signed-in")


def enter_again(token: str, *, shared: bool) -> Person | None:
    """Into the sign-in that the form began when it came before, and whose it is. They heard of it then."""
    joining = session.get("joining")
    user = signed_in.take_up(token, shared=shared)
    if user is None:
        return None
    if joining:
        session["joining"] = joining
    if not user.device.shared:
        known.remember(user.person)
    return user.person


def renew(proof: str) -> None:
    """The second step was right: a new token takes the place of the one that had only the first."""
    signed_in.renew(made_by(proof))


def renew_again(proof: str) -> bool:
    """Whether it was right a moment ago, with the same proof in the same form: then that is where one goes on."""
    return signed_in.renew_again(made_by(proof))


def tell(person: Person, detail: str = "", *, kind: str = "sign-in-changed") -> None:
    """A message that names nobody and nothing but the time: somebody signed in, or changed how they sign in."""
    if person.email is not None:
        tell_at(person.email, person.timezone, person.language, detail, kind=kind)


def tell_at(email: str, timezone: str, language: str | None, detail: str = "", *, kind: str) -> None:
    """The same to an address whose person may be gone."""
    base = current_app.extensions["config"].base_url
    with speaking(language):
        values = {"when": _when(clock.now(), ZoneInfo(timezone)), "detail": detail, "url": f"{base}/devices"}
        mail.send_later(mail.compose(kind, email, **values))


def _when(now: datetime, zone: ZoneInfo) -> str:
    local = now.astimezone(zone)
    return f"{day(local.date())}, {clock_time(local)} ({local:%Z})"
