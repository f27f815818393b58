"""Passkeys: a challenge for the browser to answer, signing in with the answer, and the second step with it."""

from __future__ import annotations

from uuid import UUID

from flask import abort, request, session
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import Refused
from tracker.pages.access import Audience, audience
from tracker.pages.fragments import go, say
from tracker.pages.front import known
from tracker.pages.front.blueprint import front
from tracker.pages.front.entering import enter, enter_again, made_by, renew, renew_again
from tracker.pages.front.local import local
from tracker.pages.front.proof import may_change
from tracker.pages.front.sign_in import site
from tracker.pages.limits import limiter
from tracker.people import passkeys
from tracker.people.model import Person


@front.post("/passkey-challenges")
@audience(Audience.ANYONE)
@limiter.limit("200 per hour", key_func=known.browser)
def ask_passkey() -> Response:
    """A challenge, as JSON: for a new passkey (`add`) or for signing in. To nobody in particular it names none."""
    here = site() or abort(404)
    person: Person | None = current_user.person if current_user.is_authenticated else None
    if request.form.get("purpose") == "add":
        if person is None or not may_change():
            abort(404)
        id_, options = passkeys.ask_to_add(person, here, clock.now())
    else:
        id_, options = passkeys.ask_to_enter(here, clock.now(), person)
    session["challenge"] = str(id_)
    return Response(options, content_type="application/json")


@front.post("/sign-in/passkey")
@audience(Audience.ANYONE)
def enter_with_passkey() -> Response:
    """Sign in as whoever's passkey answered."""
    target = local(request.form.get("next"))
    proof, shared, person = request.form.get("credential", ""), "shared" in request.form, answered()
    token = made_by(proof)
    if person is not None:
        enter(person, shared=shared, how="passkey", proved=True, token=token)
    elif enter_again(token, shared=shared) is None:
        say(_("That passkey was not taken. Try again, or ask for a code by email."), done=False)
        return go("/sign-in")
    return go(target or "/")


@front.post("/second-step/passkey")
@audience(Audience.SIGNED_IN)
def step_with_passkey() -> Response:
    """The second step, with a passkey of the person who is signed in."""
    target = local(request.form.get("next"))
    proof, person = request.form.get("credential", ""), answered()
    if person is not None and person.id == current_user.person.id:
        renew(proof)
    elif not renew_again(proof):
        say(_("That passkey was not taken. Try again, or take another way."), done=False)
        return go("/second-step")
    return go(target or "/")


def answered() -> Person | None:
    """Whose passkey answered this browser's challenge."""
    here = site() or abort(404)
    try:
        return passkeys.enter(challenge(), request.form.get("credential", ""), here, clock.now())
    except Refused:
        return None


def challenge() -> UUID:
    """The id of this browser's challenge, taken out of its session. Raises `Refused("gone")` without one."""
    text = session.pop("challenge", "")
    if not text:
        raise Refused("gone")
    return UUID(text)
