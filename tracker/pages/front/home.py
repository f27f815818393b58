"""The first page: where a signed-in person belongs, or what this is for somebody who is new; and the health check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from flask import jsonify
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock, db
from tracker.checkins import beat
from tracker.pages.access import Audience, audience
from tracker.pages.fragments import go, show
from tracker.pages.front.blueprint import front
from tracker.pages.texts import day
from tracker.people import memberships
from tracker.trials import find
from tracker.trials.here import Here
from tracker.trials.state import State


class Place(TypedDict):
    """Somewhere that a person can go. `current`: something can still happen there."""

    href: str
    text: str
    sub: str
    icon: str
    current: bool


@front.get("/")
@audience(Audience.ANYONE)
def home() -> Response | tuple[str, int]:
    """To the one place that a person has now; to the choice if there are several."""
    if not current_user.is_authenticated:
        return show("front/home.html")
    places = _places()
    current = [place for place in places if place["current"]] or places
    return go(current[0]["href"] if len(current) == 1 else "/places")


@front.get("/places")
@audience(Audience.SIGNED_IN)
def places() -> tuple[str, int]:
    """Every trial and every task of a person, to choose from."""
    return show("front/places.html", places=_places())


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


def _places() -> list[Place]:
    person = current_user.person.id
    tasks = _tasks(memberships.roles_of(person))
    return [*tasks, *_own(find.all_of_party(person)), *_shared(find.all_of_guest(person))]


def _tasks(roles: list[str]) -> Iterator[Place]:
    if "mediator" in roles:
        yield Place(href="/caseload", text=_("Caseload"), sub=_("As a mediator"), icon="layout-list", current=True)
    if "administrator" in roles:
        sub = _("As its administrator")
        yield Place(href="/programme", text=_("Programme"), sub=sub, icon="building-2", current=True)


def _own(trials: list[Here]) -> Iterator[Place]:
    now = clock.now()
    for here in trials:
        last = day(here.facts.last_day)
        ended = here.state(now) is State.ENDED
        yield Place(
            href=f"/trials/{here.trial.id}/today",
            text=here.trial.title,
            sub=_("Ended on %(day)s", day=last) if ended else _("Until %(day)s", day=last),
            icon="notebook-pen",
            current=not ended,
        )


def _shared(trials: list[Here]) -> Iterator[Place]:
    for here in trials:
        sub = _("The summary, as a guest")
        yield Place(href=f"/shared/{here.trial.id}", text=here.trial.title, sub=sub, icon="eye", current=True)
