"""The first page: where a signed-in person belongs, or what this is for somebody who is new; and the health check."""

from __future__ import annotations

from flask import jsonify
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock, db
from tracker.checkins import beat
from tracker.pages.access import Audience, audience
from tracker.pages.fragments import go, show
from tracker.pages.front.blueprint import front
from tracker.pages.places import places_of_reader


@front.get("/")
@audience(Audience.ANYONE)
def home() -> Response | tuple[str, int]:
    """To the one place that a person has now; to the choice if there are several."""
    if not current_user.is_authenticated:
        return show("front/home.html")
    places = places_of_reader()
    current = [place for place in places if place["current"]] or places
    return go(current[0]["href"] if len(current) == 1 else "/places")


@front.get("/places")
@audience(Audience.SIGNED_IN)
def places() -> tuple[str, int]:
    """Every trial and every task of a person, to choose from."""
    return show("front/places.html", places=places_of_reader())


@front.get("/healthz")
@audience(Audience.ANYONE)
def healthz() -> tuple[Response, int]:
    """Whether this process can answer, and whether check-ins are being sent, for whoever watches the installation.

    `scheduler`: `ok`, `late` (no tick for three minutes) or `never`. It is another process: the status stays 200, for
    that it is late is no reason to stop this one.
    """
    if not db.reachable():
        return jsonify(database="unreachable"), 503
    return jsonify(database="ok", scheduler=beat.heard(clock.now())), 200
