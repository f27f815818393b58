"""Signing in: an address, then the code or the link from the email. The same answers whether or not somebody has it."""

from __future__ import annotations

from typing import Any, TypedDict, cast
from uuid import UUID

from flask import current_app, request, session
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock, lengths
from tracker.errors import Refused
from tracker.pages import mail
from tracker.pages.access import Audience, audience
from tracker.pages.fragments import go, show
from tracker.pages.front import known
from tracker.pages.front.blueprint import front
from tracker.pages.front.entering import enter, enter_again, made_by
from tracker.pages.front.local import local
from tracker.pages.languages import speaking, spoken
from tracker.pages.limits import limiter
from tracker.people import passkeys, persons, sign_in
from tracker.people.devices import digest

FOR_AN_ADDRESS = "20 per hour;60 per day"  # each of these codes may be guessed at five times


class Waiting(TypedDict):
    """What this browser keeps from asking for a code until it has one: signed, and no secret of ours."""

    id: str
    ticket: str
    email: str
    shared: bool
    next: str


def _typed() -> str:
    return request.form.get("email", "").strip().lower()


def _address() -> str:
    return digest(_typed())


def _address_and_browser() -> str:
    return f"{_address()} {known.browser()}"


def _is_known() -> bool:
    return known.is_known_address(_typed())


def _was_sent(response: Response) -> bool:
    """Whether a request counts for its address: not one that another limit refused, or one network could use all up."""
    return response.status_code != 429


@front.get("/sign-in")
@audience(Audience.ANYONE)
def sign_in_page() -> Response | tuple[str, int]:
    """Ask for the address. Whoever is signed in goes on."""
    target = local(request.args.get("next"))
    if current_user.is_authenticated:
        return go(target or "/")
    return _ask_for_address(target)


# These limits are on asking for codes alone. Nobody's requests touch a code that another browser has already: a code is
# checked without any limit but its own five tries. A browser in which the address's person was signed in before is only
# counted by itself: nobody elsewhere can use up its tries.
@front.post("/sign-in")
@audience(Audience.ANYONE)
@limiter.limit("60 per hour", exempt_when=_is_known)
@limiter.limit("6 per hour", key_func=_address_and_browser)
@limiter.limit(FOR_AN_ADDRESS, key_func=_address, exempt_when=_is_known, deduct_when=_was_sent)
def ask_for_code() -> Response | tuple[str, int]:
    """Send a code, if somebody has the address; say the same either way."""
    typed = request.form.get("email", "")
    target, shared = local(request.form.get("next")), "shared" in request.form
    try:
        email = persons.address(typed)
    except Refused:
        wrong = {"email": _("Write an email address, such as name@example.org.")}
        return _ask_for_address(target, typed, shared, wrong, 422)
    begin(email, target, shared=shared)
    return go("/sign-in/code")


def begin(email: str, target: str, *, shared: bool = False) -> None:
    """Make a code for this browser and send it. With or without a person, the same work is done."""
    waiting = _waiting()
    asked = sign_in.ask(email, clock.now(), (UUID(waiting["id"]), waiting["ticket"]) if waiting else None)
    code, url = f"{asked.code[:3]} {asked.code[3:]}", _base() + f"/sign-in/{asked.link}"
    with speaking((asked.person and asked.person.language) or spoken()):
        message = mail.compose("sign-in", email, code=code, url=url)
    session["asked"] = Waiting(id=str(asked.id), ticket=asked.ticket, email=email, shared=shared, next=target)
    mail.send_later(message if asked.person else None)


@front.get("/sign-in/code")
@audience(Audience.ANYONE)
def code_page() -> Response | tuple[str, int]:
    """Ask for the code that was sent."""
    waiting = _waiting()
    return _ask_for_code(waiting) if waiting else go("/sign-in")


@front.post("/sign-in/code")
@audience(Audience.ANYONE)
def enter_code() -> Response | tuple[str, int]:
    """Sign in with the code, for the address that this browser typed before."""
    waiting = _waiting()
    if waiting is None:
        return go("/sign-in")
    asked, typed, now = UUID(waiting["id"]), request.form.get("code", "")[: lengths.CODE], clock.now()
    token = made_by(f"{waiting['ticket']} {sign_in.digits(typed)}")
    try:
        person = sign_in.by_code(asked, waiting["ticket"], typed, now)
        enter(person, shared=waiting["shared"], how="code", token=token)
    except Refused as refused:
        same = refused.code == "gone" and sign_in.is_same(asked, waiting["ticket"], typed, now)
        if not same or enter_again(token, shared=waiting["shared"]) is None:
            return _ask_for_code(waiting, {"code": _sentence(refused.code)}, 422)
    return go(waiting["next"] or "/")


@front.get("/sign-in/<token>")
@audience(Audience.LINK)
def link_page(token: str) -> tuple[str, int]:
    """What the link from the email opens: a button. Opening it signs nobody in and uses nothing up."""
    is_open = sign_in.link_is_open(token, clock.now())
    waiting = _waiting()
    shared = waiting["shared"] if waiting else False
    return show("front/sign-in-link.html", status=200 if is_open else 410, is_open=is_open, token=token, shared=shared)


@front.post("/sign-in/<token>")
@audience(Audience.LINK)
def use_link(token: str) -> Response | tuple[str, int]:
    """The button of the link's page."""
    waiting, shared, made = _waiting(), "shared" in request.form, made_by(token)
    try:
        person = sign_in.by_link(token, clock.now())
        enter(person, shared=shared, how="link", token=made)
    except Refused:
        again = enter_again(made, shared=shared)
        if again is None:
            return show("front/sign-in-link.html", status=410, is_open=False)
        person = again
    return go((waiting["next"] if waiting and waiting["email"] == person.email else "") or "/")


def _waiting() -> Waiting | None:
    return cast("Waiting | None", session.get("asked"))


def _ask_for_address(
    target: str, email: str = "", shared: bool = False, errors: dict[str, str] | None = None, status: int = 200
) -> tuple[str, int]:
    values: dict[str, Any] = {"next": target, "email": email, "shared": shared, "errors": errors or {}, "site": site()}
    return show("front/sign-in.html", status=status, **values)


def _ask_for_code(waiting: Waiting, errors: dict[str, str] | None = None, status: int = 200) -> tuple[str, int]:
    return show("front/sign-in-code.html", status=status, waiting=waiting, errors=errors or {}, site=site())


def _sentence(code: str) -> str:
    if code == "wrong":
        return _("That is not the code from the latest email. Please compare the six digits.")
    return _("This code cannot be used any more. Ask for another one below.")


def site() -> passkeys.Site | None:
    """What passkeys of this installation are bound to, where it can have any."""
    return passkeys.site(_base())


def _base() -> str:
    base: str = current_app.extensions["config"].base_url
    return base
