"""The one gate. Every route declares its audience; whoever is not in it learns nothing, not even that the page exists.

A route under a trial is reached *through the signed-in person*: the trial is looked up by the person's own part in it,
so a stranger's id is simply not found.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar, cast
from urllib.parse import quote
from uuid import UUID

from flask import Flask, abort, current_app, g, redirect, request
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.people import memberships
from tracker.trials import find
from tracker.trials.here import Here

View = TypeVar("View", bound=Callable[..., Any])


class Audience(StrEnum):
    """Who may use a route."""

    ANYONE = "anyone"  # no sign-in needed, shows nothing of anybody
    LINK = "link"  # the address itself holds a secret, which the view checks
    DEMO = "demo"  # anyone, in demo mode only
    SIGNED_IN = "signed in"  # any person, about themselves
    PARTY = "party"  # a party of the trial in the address
    MEDIATOR = "mediator"  # a mediator; of the trial in the address where there is one
    ADMINISTRATOR = "administrator"  # an administrator of their programme
    GUEST = "guest"  # a guest of the trial in the address


def audience(who: Audience) -> Callable[[View], View]:
    """Declare who may use a view. Goes below the route's decorator."""

    def mark(view: View) -> View:
        view.audience = who  # type: ignore[attr-defined]  # a function carries its audience, so that no table can drift
        return view

    return mark


def init(app: Flask) -> None:
    """Put the gate before every request. Raises `RuntimeError` while a route has no audience."""
    for rule in app.url_map.iter_rules():
        if _audience(app, rule.endpoint) in (Audience.PARTY, Audience.GUEST) and "trial" not in rule.arguments:
            raise RuntimeError(f"{rule.rule}: no trial in the address")
    missing = sorted({rule.endpoint for rule in app.url_map.iter_rules() if not _audience(app, rule.endpoint)})
    if missing:
        raise RuntimeError("no audience declared: " + ", ".join(missing))
    app.before_request(_gate)


def here() -> Here:
    """The trial that this request is about, as the gate found it for the signed-in person."""
    return cast(Here, g.here)


def audience_of(endpoint: str | None) -> Audience | None:
    """Who may use the route with this name."""
    return _audience(current_app, endpoint) if endpoint else None


def _audience(app: Flask, endpoint: str) -> Audience | None:
    return getattr(app.view_functions[endpoint], "audience", None)


def _gate() -> Response | None:
    if request.endpoint is None:
        return None  # no such route: the 404 follows
    who = _audience(current_app, request.endpoint)
    if who in (Audience.ANYONE, Audience.LINK):
        return None
    if who is Audience.DEMO:
        return None if current_app.extensions["config"].demo else abort(404)
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    if who is not Audience.SIGNED_IN and not _is_in(cast(Audience, who)):
        abort(404)
    return None


def _is_in(who: Audience) -> bool:
    """Whether the signed-in person belongs to the audience; leaves what was found in `g`."""
    person = current_user.person.id
    trial: UUID | None = (request.view_args or {}).get("trial")
    if who in (Audience.PARTY, Audience.GUEST):
        assert trial is not None  # `init` made sure of it
        look = find.for_party if who is Audience.PARTY else find.for_guest
        g.here = _found_already(who) or look(person, trial)
        return g.here is not None
    task = memberships.current_of(person, who.value)
    if task is None:
        return False
    if not current_user.strong:
        abort(_ask_for("/second-step"))  # a passkey or a second factor before anything of anybody is seen
    membership, g.programme = task
    memberships.begin_using(membership, clock.now())
    if who is Audience.MEDIATOR and trial is not None:
        g.here = find.for_mediator(person, g.programme.id, trial)
        return g.here is not None
    return True


def _found_already(who: Audience) -> Here | None:
    """What was found together with the person: the trial in the address, with them as its party."""
    return cast("Here | None", g.pop("theirs", None)) if who is Audience.PARTY else None


def _ask_to_sign_in() -> Response:
    """To the sign-in page, and back here afterwards if this was a page that one can come back to."""
    return _ask_for("/sign-in")


def _ask_for(target: str) -> Response:
    if request.method == "GET":
        target += "?next=" + quote(request.full_path.rstrip("?"), safe="/")
    if request.headers.get("HX-Request") or request.headers.get("X-Outbox"):
        return Response(status=401, headers={"HX-Redirect": target})
    return redirect(target, 303)
