"""A reminder without a day leads to its page, for the one who got it; the address itself says nothing."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from tests.cast import Cast
from tests.visitor import Visitor
from tracker import clock
from tracker.checkins.model import CheckIn
from tracker.db import transaction

Visit = Callable[..., Visitor]


def _sent(cast: Cast, kind: str) -> UUID:
    here, now = cast.here(cast.parent_a, cast.parenting), clock.now()
    assert here.party is not None
    one = CheckIn(
        id=uuid4(),
        case_id=here.case.id,
        trial_id=here.trial.id,
        party_id=here.party.id,
        kind=kind,
        day=here.facts.today(now),
        about=here.facts.today(now),
        due_at=now,
        until=now,
    )
    with transaction() as session:
        session.add(one)
    return one.id


@pytest.mark.parametrize(
    ("kind", "page"),
    [("gentle", "reminders"), ("return_in_a_week", "prepare"), ("starts_tomorrow", "today")],
)
def test_its_reader_gets_to_the_page(cast: Cast, visit: Visit, kind: str, page: str) -> None:
    address = f"/reminders/{_sent(cast, kind)}"
    assert visit(cast.parent_a).get(address, 303).location == f"/trials/{cast.parenting.id}/{page}"
    for other in (cast.parent_b, cast.mediator, cast.stranger, cast.administrator):
        visit(other).get(address, 404)


def test_half_way_leads_the_mediator_to_the_trial(cast: Cast, visit: Visit) -> None:
    address = f"/reminders/{_sent(cast, 'half_way')}"
    assert visit(cast.mediator).get(address, 303).location == f"/caseload/{cast.parenting.id}"
    for other in (cast.parent_a, cast.other_mediator):
        visit(other).get(address, 404)


def test_before_signing_in_it_says_nothing(cast: Cast, visit: Visit) -> None:
    address = f"/reminders/{_sent(cast, 'gentle')}"
    assert visit().get(address, 303).location == f"/sign-in?next={address}"
