"""The caseload: every trial, those that need a call first, in as many queries for one as for a hundred."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import Cast, begin, proposed
from tests.conftest import NOW
from tests.mediator.keeping import fill, note, rated
from tests.visitor import Visitor, counted
from tracker.db import db
from tracker.people.model import Person
from tracker.returns import session
from tracker.returns.caseload import caseload
from tracker.summaries.daily import day_mark
from tracker.trials import agree, find, rest, safety
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]
TODAY = date(2026, 3, 10)


def _needs(cast: Cast, trial: Trial) -> list[tuple[str, str, int]]:
    rows, _left_out = caseload(cast.mediator.id, cast.programme.id, NOW)
    row = next(row for row in rows if row.here.trial.id == trial.id)
    return [(need.kind, need.party.name if need.party else "", need.days) for need in row.needs]


def _titles(cast: Cast) -> list[str]:
    return [row.here.trial.title for row in caseload(cast.mediator.id, cast.programme.id, NOW)[0]]


@pytest.mark.parametrize(
    ("terms", "mark"),
    [
        ({"a": "kept", "b": "kept"}, "kept"),
        ({"a": "kept", "b": "partly"}, "partly"),
        ({"a": "partly", "b": "not_kept", "c": "kept"}, "not_kept"),
        ({"a": "not_today", "b": "kept"}, "kept"),
        ({"a": "not_today", "b": "not_today"}, "not_today"),
        ({}, "not_today"),
    ],
)
def test_one_mark_for_a_day_is_the_term_that_went_least_as_planned(terms: dict[str, str], mark: str) -> None:
    assert day_mark({"terms": terms}) == mark


def test_no_entry_is_a_mark_of_its_own() -> None:
    assert day_mark(None) == "none"


def test_the_strips_show_both_accounts_with_days_still_to_come(cast: Cast) -> None:
    for n in range(3):
        note(cast, cast.parent_b, cast.parenting, date(2026, 3, 2) + timedelta(days=n), answers=rated("partly"))
    note(cast, cast.parent_b, cast.parenting, date(2026, 3, 3), at=datetime(2026, 3, 4, 9, tzinfo=UTC))  # a correction
    rows, _ = caseload(cast.mediator.id, cast.programme.id, NOW)
    strips = next(row.strips for row in rows if row.here.trial.id == cast.parenting.id)
    assert strips[0] == ["none"] * 9 + ["ahead"] * 19
    assert strips[1] == ["partly", "kept", "partly"] + ["none"] * 6 + ["ahead"] * 19


def test_three_whole_days_without_an_entry_ask_for_a_call(cast: Cast) -> None:
    note(cast, cast.parent_a, cast.parenting, TODAY - timedelta(days=3))
    note(cast, cast.parent_b, cast.parenting, TODAY - timedelta(days=4))
    assert _needs(cast, cast.parenting) == [("no_entry", "Parent B", 4)]


def test_whoever_has_written_nothing_counts_from_the_first_day(cast: Cast) -> None:
    note(cast, cast.parent_a, cast.parenting, TODAY)
    assert _needs(cast, cast.parenting) == [("no_entry", "Parent B", 9)]


def test_a_safety_message_comes_before_everything_else(cast: Cast) -> None:
    fill(cast.noise, 17)
    assert _titles(cast)[0] == "School weeks"  # nobody has written there for nine days
    safety.feels_unsafe(cast.here(cast.upstairs, cast.noise), "", NOW)
    assert _titles(cast)[0] == "Maple Street"
    assert _needs(cast, cast.noise)[0][:2] == ("safety", "Upstairs")


def test_a_safety_message_that_was_seen_asks_for_nothing(cast: Cast) -> None:
    fill(cast.noise, 17)
    message = safety.feels_unsafe(cast.here(cast.upstairs, cast.noise), "", NOW)
    here = find.by_id(cast.noise.id)
    assert here is not None
    assert safety.mark_seen(here, message.id, NOW)
    assert _needs(cast, cast.noise) == []


def test_a_pause_and_a_party_who_left_are_named_for_the_mediator_alone(cast: Cast) -> None:
    rest.pause(cast.here(cast.parent_a, cast.parenting), cast.parent_a.id, NOW)
    rest.leave(cast.here(cast.downstairs, cast.noise), NOW)
    assert _needs(cast, cast.parenting) == [("paused", "Parent A", 0)]
    assert _needs(cast, cast.noise) == [("left", "Downstairs", 0)]


def test_a_return_session_within_a_week_is_announced(cast: Cast) -> None:
    fill(cast.noise, 17)
    here = find.by_id(cast.noise.id)
    assert here is not None
    session.arrange(here, session.Arrangement(NOW + timedelta(days=8), ""))
    assert _needs(cast, cast.noise) == []
    session.arrange(here, session.Arrangement(NOW + timedelta(days=7), "Room 2"))
    assert _needs(cast, cast.noise) == [("session", "", 7)]


def test_a_proposed_trial_waits_for_whoever_has_not_accepted(cast: Cast) -> None:
    waiting = _proposed(cast, date(2026, 3, 16))
    assert [need[:2] for need in _needs(cast, waiting)] == [("waiting", "Parent A"), ("waiting", "Parent B")]
    agree.ask_for_change(cast.here(cast.parent_b, waiting), 1, "Later, please", NOW)
    agree.accept(cast.here(cast.parent_a, waiting), 1, NOW)
    assert _needs(cast, waiting) == [("asked", "Parent B", 0)]


def test_a_first_day_that_passed_without_both_is_said(cast: Cast) -> None:
    lapsed = _proposed(cast, date(2026, 3, 9))
    assert _needs(cast, lapsed)[0] == ("lapsed", "", 0)


def test_an_extension_waits_for_an_answer(cast: Cast) -> None:
    fill(cast.parenting, 9)
    here = find.by_id(cast.parenting.id)
    assert here is not None
    rest.extend(here, date(2026, 4, 12), cast.mediator.id, NOW)
    agree.accept(cast.here(cast.parent_a, cast.parenting), 2, NOW)
    assert _needs(cast, cast.parenting) == [("extending", "Parent B", 0)]


def test_the_page_has_its_groups_and_says_everything_in_words(cast: Cast, visit: Visit) -> None:
    _proposed(cast, date(2026, 3, 16))
    _proposed(cast, date(2026, 3, 16), title="Shared fence", accepted=True)  # nothing runs before its first day
    _ended(cast)
    note(cast, cast.upstairs, cast.noise, TODAY)
    note(cast, cast.downstairs, cast.noise, TODAY - timedelta(days=4))
    page = visit(cast.mediator).get("/caseload")
    groups = [" ".join(h.itertext()).split()[0] for h in page.all("h2")]
    assert groups == ["Running", "Waiting", "Accepted,", "Ended"]
    for words in (
        "Day 9 of 28", "Day 17 of 30", "Downstairs: no entry for 4 days", "Parent A has not accepted yet",
        "Ended on Sun 22 Feb", "Summary not released yet", "Four-week parenting plan",
        "Still to come",
    ):  # fmt: skip  # read in rows, as it is laid out
        assert page.has(words), words
    pictures = [e.get("aria-label") for e in page.all("div") if e.get("role") == "img"]
    assert "Days with an entry, of 17: Upstairs 1, Downstairs 1" in pictures


def test_an_empty_caseload_offers_the_first_step(cast: Cast, visit: Visit) -> None:
    page = visit(cast.outsider).get("/caseload")
    assert page.has("No trials yet")
    assert "/caseload/new" in page.links()


def test_nobody_sees_the_trials_of_others(cast: Cast, visit: Visit) -> None:
    assert visit(cast.other_mediator).get("/caseload").has("Shared garden")
    for person in (cast.mediator, cast.outsider):
        assert not visit(person).get("/caseload").has("Shared garden")


def test_the_number_of_queries_does_not_grow(cast: Cast, visit: Visit) -> None:
    def queries() -> int:
        browser = visit(cast.mediator)
        with counted() as statements:
            browser.get("/caseload")
        return len(statements)

    few = queries()
    for n in range(40):
        trial = _proposed(cast, date(2026, 3, 2), title=f"Trial {n}", accepted=True)
        fill(trial, 9)
    assert fill(cast.parenting, 9, each=60) == 1080
    assert queries() == few <= 12


def test_ended_trials_beyond_a_dozen_are_one_tap_away(cast: Cast, visit: Visit) -> None:
    for n in range(14):
        _ended(cast, f"Old {n}")
    page = visit(cast.mediator).get("/caseload")
    assert page.has("2 earlier trials")
    assert not visit(cast.mediator).get("/caseload?ended=all").has("earlier trial")


def test_what_cannot_wait_comes_first_however_long_ago_it_ended(cast: Cast, visit: Visit) -> None:
    unsafe, soon = _ended(cast, "Unsafe weeks"), _ended(cast, "Session soon")
    for n in range(13):
        _ended(cast, f"Old {n}")
    safety.feels_unsafe(cast.here(cast.parent_a, unsafe), "", NOW)
    here = find.by_id(soon.id)
    assert here is not None
    session.arrange(here, session.Arrangement(NOW + timedelta(days=2), "Room 2"))
    page = visit(cast.mediator).get("/caseload")
    assert page.has("1 earlier trial")
    (first,) = (one for one in page.all("section") if one.get("aria-labelledby") == "group-first")
    titles = ["".join(one.itertext()).strip() for one in first.iter() if one.tag == "h3"]
    assert titles == ["Unsafe weeks", "Session soon"]
    assert "".join(page.all("h2")[0].itertext()).split() == ["Needs", "you", "first", "2"]


def _people(cast: Cast) -> dict[str, Person]:
    return {person.name: person for person in (cast.parent_a, cast.parent_b)}


def _proposed(cast: Cast, starts_on: date, *, title: str = "Garden wall", accepted: bool = False) -> Trial:
    names = [("A", "Parent A", "UTC"), ("B", "Parent B", "UTC")]
    proposal = proposed(title, "open", 28, "UTC", {}, starts_on)
    trial = begin(
        cast.programme.id, cast.mediator.id, names, _people(cast), proposal, NOW - timedelta(days=40), accepted=accepted
    )
    db.session.commit()
    return trial


def _ended(cast: Cast, title: str = "Winter weeks") -> Trial:
    return _proposed(cast, date(2026, 1, 26), title=title, accepted=True)
