"""Who may use which route at each moment of a trial, before and after everything that changes what there is to see.

`test_access.py` walks every route while a trial runs. Here the routes are walked as every role at every moment of four
lives, as far as each route's view; and for whoever is let in, each page of the trial is there then, or is not. What was
undone gives everybody exactly the access back that they had.

`make soak` asks every route at every moment and looks into every page, on both databases. Here one route of each kind
stands for its kind: for the gate, which decides by the table's kinds, and among the pages, where those that are there
together are one kind, too. In each life every page is looked into once, when most are there; on PostgreSQL none is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator

import pytest
from flask import Flask

from tests.access_moments import LIVES, NOBODY, Moment
from tests.access_table import MEDIATORS, PAGES_OF, TABLE
from tests.access_walk import LET_IN, NOTHING, SIGN_IN, Ask, Walk
from tests.cast import Cast
from tests.life import Life, Travel
from tests.test_access import ROLES, person_of
from tests.visitor import Visitor
from tracker.db import db
from tracker.people.model import Person

Visit = Callable[[Person | None], Visitor]
Moments = tuple[Moment, ...]
Routes = dict[str, bool]
THERE = {200, 303, 422}  # a page, a better place for what it would say, or a question that is still open


@pytest.fixture(autouse=True)
def _no_log() -> Iterator[None]:
    """Tens of thousands of refusals need not be written down."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def walk(app: Flask, cast: Cast, visit: Visit, life: Life) -> Walk:
    people = {role: person.id if (person := person_of(cast, role)) else None for role in ROLES}
    return Walk(app, visit, life, people)


@pytest.fixture
def life(cast: Cast, travel: Travel) -> Life:
    return Life(cast, travel)


@pytest.fixture
def routes(app: Flask) -> Routes:
    """Every route by its name, and whether it is below a trial."""
    return {rule.endpoint: "trial" in rule.arguments for rule in app.url_map.iter_rules()}


@pytest.mark.parametrize("moments", LIVES.values(), ids=LIVES)
def test_every_moment(life: Life, walk: Walk, routes: Routes, moments: Moments) -> None:
    below = [name for name, below in routes.items() if below and walk.is_page(name)]
    fullest = max(moments, key=lambda moment: len(moment.there.split()))
    few = _one_of_each(below, lambda name: [name in pages for pages in PAGES_OF.values()])

    def looked(moment: Moment) -> list[str]:
        return [] if db.engine.dialect.name == "postgresql" else below if moment is fullest else few

    _live(life, walk, moments, routes, _one_of_each(routes, routes.get), looked)


@pytest.mark.soak
@pytest.mark.parametrize("moments", LIVES.values(), ids=LIVES)
def test_every_moment_on_both(life: Life, walk: Walk, routes: Routes, moments: Moments) -> None:
    below = [name for name, below in routes.items() if below]
    _live(life, walk, moments, routes, routes, lambda _moment: below)


def _one_of_each(names: Iterable[str], more: Callable[[str], object]) -> list[str]:
    """One route of each kind: those for the same roles are one kind, if they have the rest in common, too."""
    return list({(frozenset(TABLE[name]), str(more(name))): name for name in names}.values())


def _live(
    life: Life,
    walk: Walk,
    moments: Moments,
    routes: Routes,
    asked: Iterable[str],
    looked: Callable[[Moment], list[str]],
) -> None:
    """Live through the moments, and look around at each: before the routes that are `asked`, into those `looked` at."""
    seen: dict[str, dict[Ask, int]] = {}
    for number, moment in enumerate(moments, 1):
        moment.deed(life)
        db.session.commit()
        db.session.expire_all()
        meant, where = _as_at(moment, moments), f"at moment {number}, {moment.name}"
        told = walk.gate(asked)
        assert told == {ask: _meant(*ask, meant, below=routes[ask[1]]) for ask in told}, where
        if pages := looked(moment):
            found = walk.pages(pages, meant.gone)
            there = {ask: status in THERE for ask, status in found.items()}
            assert there == {ask: _there(ask[1], meant) for ask in found}, where
            before = seen.setdefault(meant.name, found)
            assert found == {ask: before[ask] for ask in found}, f"{where}, as {meant.name}"


def _as_at(moment: Moment, moments: tuple[Moment, ...]) -> Moment:
    return next(one for one in moments if one.name == moment.again) if moment.again else moment


def _meant(role: str, endpoint: str, moment: Moment, *, below: bool) -> str:
    """What the table says, without those who have no part in the trial, or no task, at the moment."""
    gone = moment.gone if below else moment.idle if TABLE[endpoint] <= MEDIATORS else NOBODY
    if role in TABLE[endpoint] - gone:
        return LET_IN
    return SIGN_IN if role == "anonymous" else NOTHING


def _there(endpoint: str, moment: Moment) -> bool:
    """Whether there is such a page at the moment."""
    there = moment.there.split()
    return all(what in there for what, pages in PAGES_OF.items() if endpoint in pages)
