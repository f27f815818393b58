"""Who may use a trial's routes at each stage of it, before and after everything that changes what there is to see.

`test_access.py` walks every route while the trial runs. Here each route below a trial is walked again before it, while
it rests, after its end, release, closing, withdrawal, and after it was purged. Whoever is not meant learns nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.access_table import GUEST, TABLE
from tests.cast import NIGHTS, Cast, begin, proposed
from tests.conftest import NOW
from tests.test_access import ROLES, person_of
from tests.visitor import Visitor
from tracker.cases import close, guests
from tracker.db import db, transaction
from tracker.keeping.purge import purge
from tracker.people.model import Person
from tracker.summaries import release
from tracker.trials import rest
from tracker.trials.model import Trial

Visit = Callable[[Person | None], Visitor]
Travel = Callable[[datetime], None]
OVER = datetime(2026, 3, 31, 18, tzinfo=UTC)
NEAR = ("party", "other_party", "mediator", "guest")  # who has a part in it; strangers are asked where most has changed
SLOW = ".pdf"  # setting a page takes a while, and tests/documents asks for each as everybody


def _coming(cast: Cast, *, accepted: bool) -> Trial:
    people = {"Parent A": cast.parent_a, "Parent B": cast.parent_b}
    names = [("A", "Parent A", "UTC"), ("B", "Parent B", "UTC")]
    plan = proposed("Next weeks", "parenting", 28, "UTC", {"nights": NIGHTS}, date(2026, 3, 16))
    with transaction():
        return begin(cast.programme.id, cast.mediator.id, names, people, plan, NOW, accepted=accepted)


def proposed_only(cast: Cast, _travel: Travel) -> tuple[Trial, set[str]]:
    return _coming(cast, accepted=False), GUEST


def accepted(cast: Cast, _travel: Travel) -> tuple[Trial, set[str]]:
    return _coming(cast, accepted=True), GUEST


def paused(cast: Cast, _travel: Travel) -> tuple[Trial, set[str]]:
    rest.pause(cast.here(cast.parent_a, cast.parenting), cast.parent_a.id, NOW)
    return cast.parenting, set()


def left(cast: Cast, _travel: Travel) -> tuple[Trial, set[str]]:
    rest.leave(cast.here(cast.parent_a, cast.parenting), NOW)
    return cast.parenting, set()


def ended(cast: Cast, travel: Travel) -> tuple[Trial, set[str]]:
    travel(OVER)
    return cast.parenting, set()


def released(cast: Cast, travel: Travel) -> tuple[Trial, set[str]]:
    travel(OVER)
    release.release(cast.here(cast.parent_a, cast.parenting), cast.mediator.id, OVER)
    return cast.parenting, set()


def a_guests_yes_was_taken_back(cast: Cast, travel: Travel) -> tuple[Trial, set[str]]:
    released(cast, travel)
    here = cast.here(cast.parent_b, cast.parenting)
    assert here.party is not None
    (guest,) = guests.of_case(here.case.id)
    guests.allow(here.case, guest.id, here.party.id, False, OVER)
    return cast.parenting, GUEST


def closed(cast: Cast, travel: Travel) -> tuple[Trial, set[str]]:
    released(cast, travel)
    close.close(cast.parenting.case_id, OVER)
    return cast.parenting, set()


def purged(cast: Cast, travel: Travel) -> tuple[Trial, set[str]]:
    """Nobody has any part in it any more."""
    closed(cast, travel)
    purge(cast.parenting.case_id, OVER + timedelta(days=120))
    return cast.parenting, set(ROLES)


STAGES = (
    proposed_only, accepted, paused, left, ended, released, a_guests_yes_was_taken_back, closed, purged,
)  # fmt: skip


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: str(stage.__name__))
def test_every_route_of_a_trial(
    app: Flask, cast: Cast, visit: Visit, travel: Travel, stage: Callable[[Cast, Travel], tuple[Trial, set[str]]]
) -> None:
    if db.engine.dialect.name == "postgresql" and stage is not purged:
        pytest.skip("who may do what is decided by the same code")
    trial_id, gone = _at(stage, cast, travel)
    wrong = []
    for role in ROLES if stage in (left, purged) else NEAR:
        browser = visit(db.session.get(Person, person.id) if (person := person_of(cast, role)) else None)
        for rule in app.url_map.iter_rules():
            if "trial" in rule.arguments:
                wrong += _ask(browser, rule, trial_id, role, allowed=role in TABLE[rule.endpoint] - gone)
    assert not wrong, "\n".join(wrong)


def _at(stage: Callable[[Cast, Travel], tuple[Trial, set[str]]], cast: Cast, travel: Travel) -> tuple[str, set[str]]:
    trial, gone = stage(cast, travel)
    db.session.commit()
    found = str(trial.id), gone
    db.session.expire_all()
    return found


def _ask(browser: Visitor, rule: Rule, trial: str, role: str, *, allowed: bool) -> list[str]:
    """What is wrong with the answers: to whoever may, of a page; to others, of anything that they could send too."""
    path = rule.rule.replace("<uuid:trial>", trial).replace("<day:day>", "2026-03-09").replace("<topic>", "goals")
    while "<uuid:" in path:
        path = path[: path.index("<uuid:")] + str(uuid4()) + path[path.index(">") + 1 :]
    wrong = []
    for method in ("GET", "POST"):
        if method not in (rule.methods or ()) or (allowed and (method == "POST" or path.endswith(SLOW))):
            continue
        data = {"csrf_token": browser.token()} if method == "POST" else None
        answer = browser.client.open(path, method=method, data=data)
        to_sign_in = answer.status_code == 303 and answer.headers["Location"].startswith("/sign-in")
        if allowed:
            fits = answer.status_code in (200, 303, 404) and not to_sign_in
        else:
            fits = to_sign_in if role == "anonymous" else answer.status_code == 404
        if not fits:
            wrong.append(f"{method} {path} as {role}: {answer.status_code}, {'allowed' if allowed else 'denied'}")
    return wrong
