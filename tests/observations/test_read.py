"""Which observations count, and who is shown which."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from tests.cast import Cast
from tests.observations.writing import NOW, TUESDAY, entry
from tracker.db import db
from tracker.observations import read
from tracker.observations.record import record
from tracker.trials.here import Here


def _a(cast: Cast) -> Here:
    return cast.here(cast.parent_a, cast.parenting)


def _me(cast: Cast) -> UUID:
    party = _a(cast).party
    assert party is not None
    return party.id


def test_of_a_day_the_latest_recorded_counts_whatever_arrived_first(cast: Cast) -> None:
    here = _a(cast)
    late = entry(answers={"terms": {"bedtime": "partly"}}, recorded_at=NOW - timedelta(minutes=1))
    early = entry(answers={"terms": {"bedtime": "not_kept"}}, recorded_at=NOW - timedelta(hours=1))
    record(here, late, NOW)
    record(here, early, NOW)
    assert [o.id for o in read.counting(read.about_day(cast.parenting.id, _me(cast), TUESDAY))] == [late.id]
    assert read.days_logged(cast.parenting.id, _me(cast)) == {TUESDAY: {"terms": {"bedtime": "partly"}}}


def test_at_the_same_moment_the_greater_id_counts(cast: Cast) -> None:
    ids = [UUID(int=n) for n in (0xF << 120, 1 << 120, 9 << 120)]
    for n, id_ in enumerate(ids, 1):
        record(_a(cast), entry(id_=id_, answers={"child": n}), NOW)
    assert [o.id for o in read.counting(read.about_day(cast.parenting.id, _me(cast), TUESDAY))] == [ids[0]]
    assert read.days_logged(cast.parenting.id, _me(cast)) == {TUESDAY: {"child": 1}}


def test_what_was_said_since_a_day_is_told_once_for_each_kind_and_day(cast: Cast) -> None:
    for day in (date(2026, 3, 8), date(2026, 3, 9), TUESDAY, TUESDAY):
        record(_a(cast), entry(day=day), NOW)
    record(_a(cast), entry("handoff", date(2026, 3, 9)), NOW)
    record(cast.here(cast.parent_b, cast.parenting), entry("handoff", TUESDAY, party="B"), NOW)
    said = read.said_since(cast.parenting.id, _me(cast), date(2026, 3, 9))
    assert said == {("day", date(2026, 3, 9)), ("day", TUESDAY), ("handoff", date(2026, 3, 9))}


def test_what_is_shared_is_what_counts_and_is_marked_for_the_summary(cast: Cast) -> None:
    there = cast.here(cast.parent_b, cast.parenting)
    record(there, entry(party="B", note="Taken back.", audience="summary", recorded_at=NOW - timedelta(hours=2)), NOW)
    record(there, entry(party="B", note="Only mine now.", audience="me"), NOW)
    record(there, entry("handoff", party="B", note="At the gate.", audience="summary"), NOW)
    shared = read.shared_about_day(cast.parenting.id, _me(cast), TUESDAY)
    assert [o.note for o in shared] == ["At the gate."]


def test_one_is_its_authors_alone(cast: Cast) -> None:
    mine = entry()
    record(_a(cast), mine, NOW)
    other = cast.here(cast.parent_b, cast.parenting).party
    assert other is not None
    assert read.one(cast.parenting.id, _me(cast), mine.id) is not None
    assert read.one(cast.parenting.id, other.id, mine.id) is None
    assert read.one(cast.noise.id, _me(cast), mine.id) is None


def test_a_milestone_is_as_it_was_last_said(cast: Cast) -> None:
    for n, done in enumerate((True, False, True)):
        answers = {"at": "2026-03-10T12:00:00-04:00", "milestone": "estimate", "done": done}
        row = {"answers": answers, "recorded_at": NOW + timedelta(minutes=n)}
        db.session.add(_stored(cast, **row))
    db.session.commit()
    assert read.milestones_done(cast.parenting.id, _me(cast)) == {"estimate": True}


def _stored(cast: Cast, **row: object) -> object:
    from uuid import uuid4

    from tracker.observations.model import Observation

    here = _a(cast)
    values = {"trial_id": here.trial.id, "id": uuid4(), "case_id": here.case.id, "party_id": _me(cast)}
    return Observation(**values, kind="moment", day=TUESDAY, received_at=NOW, **row)
