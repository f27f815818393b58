"""The demo door: sign in as one of the demo's people by one button. It exists in demo mode only."""

from __future__ import annotations

from flask import abort
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from tracker.pages import signed_in
from tracker.pages.access import Audience, audience
from tracker.pages.fragments import go, show
from tracker.pages.front.blueprint import front
from tracker.people import persons

PEOPLE = {
    "parent-a": (_l("Parent A"), _l("parenting plan, from a phone")),
    "parent-b": (_l("Parent B"), _l("parenting plan, from a phone")),
    "upstairs": (_l("Upstairs"), _l("noise plan, from a phone")),
    "downstairs": (_l("Downstairs"), _l("noise plan, from a phone")),
    "mediator": (_l("Mediator"), _l("all four trials, from a laptop")),
    "administrator": (_l("Programme administrator"), _l("people and counts, from a laptop")),
}


@front.get("/demo")
@audience(Audience.DEMO)
def demo() -> tuple[str, int]:
    """The door: a button for each of them."""
    return show("front/demo.html", people=[{"who": who, "name": n, "sub": s} for who, (n, s) in PEOPLE.items()])


@front.post("/demo/<who>")
@audience(Audience.DEMO)
def enter_demo(who: str) -> Response:
    """Be this person from now on, in this browser."""
    person = persons.by_email(f"{who}@demo.invalid") if who in PEOPLE else None
    if person is None:
        abort(404)
    signed_in.sign_in(person, how="demo", proved=True)
    return go("/")
