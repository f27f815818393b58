"""Where a person can go: their tasks, the trials in which they are a party, the summaries that they read as a guest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from flask_babel import gettext as _
from flask_login import current_user

from tracker import clock
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


def places_of_reader() -> list[Place]:
    """Every trial and every task of whoever is signed in. Three queries."""
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


def rows_of_others() -> list[dict[str, str]]:
    """The way to all of them, as the only row of a list; no row for who has this one trial and nothing else."""
    if len(places_of_reader()) < 2:
        return []
    sub = _("also those that have ended, and what else you do here")
    return [{"text": _("Your other trials"), "sub": sub, "href": "/places", "icon": "layout-list"}]
