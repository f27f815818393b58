"""A case's second trial beside the first: what changed, without a verdict."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.cast import NIGHTS, Cast
from tests.conftest import NOW
from tests.mediator.keeping import note
from tests.visitor import Visitor
from tracker.cases.model import Case, Party
from tracker.db import db, transaction
from tracker.trials import agree, propose
from tracker.trials.model import PlanVersion, Trial
from tracker.trials.propose import Proposal

Visit = Callable[..., Visitor]
MONDAY = date(2026, 2, 2)


@pytest.fixture
def earlier(cast: Cast) -> Trial:
    """The parents' trial of the month before: two terms, of which one was worded otherwise and one was dropped."""
    case = db.session.get_one(Case, cast.parenting.case_id)
    terms = [{"key": "bedtime", "text": "Lights out by 20:00"}, {"key": "shoes", "text": "Shoes by the door"}]
    proposal = Proposal(
        "First weeks",
        "parenting",
        MONDAY,
        28,
        "America/New_York",
        "private",
        terms,
        {"nights": NIGHTS | {"anchor": MONDAY.isoformat()}},
    )
    with transaction() as session:
        trial = propose.propose(case, proposal, cast.mediator.id, NOW - timedelta(days=40))
        session.flush()
        plan = session.query(PlanVersion).filter_by(trial_id=trial.id).one()
        for party in session.query(Party).filter_by(case_id=case.id):
            agree.record_acceptance(plan, party.id, NOW - timedelta(days=39))
    return trial


def test_a_second_trial_stands_beside_the_first(cast: Cast, visit: Visit, earlier: Trial) -> None:
    for n in range(4):
        said = {"terms": {"bedtime": "kept" if n else "not_kept", "shoes": "partly"}}
        note(cast, cast.parent_a, earlier, MONDAY + timedelta(days=n), answers=said)
    for n in range(2):
        note(cast, cast.parent_a, cast.parenting, date(2026, 3, 2) + timedelta(days=n))
    browser = visit(cast.mediator)
    summary = browser.get(f"/caseload/{cast.parenting.id}/summary")
    assert f"/caseload/{cast.parenting.id}/comparison" in summary.links()
    page = browser.get(f"/caseload/{cast.parenting.id}/comparison")
    assert page.has("First weeks · Four-week parenting plan · 2 Feb to 1 Mar")
    # Parent A first and now, then Parent B, who wrote nothing.
    assert page.has("Lights out by 20:30 on school nights First: Lights out by 20:00 3 of 4 2 of 2 0 of 0 0 of 0")
    assert page.has("Homework done before the handoff –not in this trial 2 of 2 –not in this trial 0 of 0")
    assert page.has("Shoes by the door 0 of 4 –not in this trial 0 of 0 –not in this trial")
    assert page.has("Days with an entry 4 of 28 2 of 9 0 of 28 0 of 9")
    assert page.has("Handoffs on time 0 of 11 0 of 3 0 of 11 0 of 3")
    assert "%" not in page.text


def test_a_first_trial_stands_alone(cast: Cast, visit: Visit, earlier: Trial) -> None:
    browser = visit(cast.mediator)
    assert f"/caseload/{earlier.id}/comparison" not in browser.get(f"/caseload/{earlier.id}/summary").links()
    assert browser.get(f"/caseload/{earlier.id}/comparison", 404).status == 404
