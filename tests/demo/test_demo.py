"""The demo: what a visitor finds, on any day of the year."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from tests.cast import programme_of
from tests.cli.command import exported, imported, row_counts, tracker
from tests.conftest import NOW, empty
from tests.kept import Kept
from tracker.db import db
from tracker.demo import people
from tracker.demo.create import SEED, create
from tracker.errors import Refused
from tracker.observations import read
from tracker.people import memberships, persons
from tracker.plans.entry import Entry
from tracker.plans.lateness import lateness
from tracker.returns import session as return_session
from tracker.summaries import release
from tracker.trials import changes, find
from tracker.trials.here import Here
from tracker.trials.state import State

TITLES = ["School weeks", "Maple Street", "Roof and gutter", "First four weeks"]
TODAY = NOW.date()


def everything(mediator: str = "mediator") -> dict[str, Here]:
    """The demo's trials as its mediator finds them, by title."""
    person = persons.by_email(people.address(mediator))
    assert person is not None
    return {here.trial.title: here for here in find.all_of_mediator(person.id, programme_of(person).id)}


def account(here: Here, key: str) -> list[Entry]:
    keys = {party.id: party.key for party in here.parties}
    entries = (read.entry(row, keys[row.party_id]) for row in read.rows(here.trial.id))
    return [entry for entry in entries if entry.party == key]


def logged(here: Here, key: str) -> set[str]:
    """The days with a `day` entry, as days before today."""
    return {str((TODAY - entry.day).days) for entry in account(here, key) if entry.kind == "day"}


def exports() -> list[str]:
    return [exported(str(here.trial.id)) for here in everything().values()]


@pytest.fixture
def demo(app: Flask) -> dict[str, Here]:
    """Made once for each database, then put back as it was."""
    kind = db.engine.dialect.name
    if kind in _MADE:
        _MADE[kind].restore()
    else:
        create(NOW)
        _MADE[kind] = Kept.of()
    return everything()


_MADE: dict[str, Kept] = {}


def test_two_trials_run_and_two_are_over(demo: dict[str, Here]) -> None:
    assert list(demo) == TITLES
    assert [here.state(NOW) for here in demo.values()] == [State.RUNNING, State.RUNNING, State.ENDED, State.ENDED]
    days = [(here.facts.day_number(NOW), here.trial.days) for here in demo.values()]
    assert days == [(9, 28), (17, 30), (30, 30), (28, 28)]


def test_today_is_open_for_those_who_may_want_to_try_and_yesterday_for_one(demo: dict[str, Here]) -> None:
    assert not {"0"} & logged(demo["School weeks"], "A")
    assert not {"0"} & logged(demo["Maple Street"], "U")
    assert "1" in logged(demo["School weeks"], "A")
    assert "1" not in logged(demo["School weeks"], "B")


def test_accounts_are_as_real_people_leave_them(demo: dict[str, Here]) -> None:
    for title, key in (("First four weeks", "B"), ("Roof and gutter", "U")):
        here = demo[title]
        silent = [str((TODAY - day).days) not in logged(here, key) for day in here.agreed.all_days()]
        assert [True] * 7 in [silent[at : at + 7] for at in range(len(silent))], "nobody stopped for a week"
    entries = [(here, entry) for here in demo.values() for key in here.agreed.parties for entry in account(here, key)]
    late = {lateness(entry.day, entry.recorded_at, here.zone) for here, entry in entries if entry.kind == "day"}
    assert late == {"on_time", "added_later", "recollection"}
    assert {entry.kind for _, entry in entries} == {"day", "handoff", "noise", "moment"}
    notes = [entry for _, entry in entries if entry.note]
    assert {entry.audience for entry in notes} == {"me", "mediator", "summary"}
    assert len({entry.note for entry in notes}) > 40
    assert all(len(entry.note) <= 280 for entry in notes)


def test_corrections_are_kept_beside_what_they_correct(demo: dict[str, Here]) -> None:
    rows = read.rows(demo["Maple Street"].trial.id)
    assert len([row for row in rows if row.corrects]) == 1
    assert len(read.current(rows)) == len(rows) - 1
    days = [entry.day for entry in account(demo["School weeks"], "A") if entry.kind == "day"]
    assert len(days) == len(set(days)) + 1


def test_the_accounts_differ_and_the_agenda_has_something_to_say(demo: dict[str, Here]) -> None:
    for here in demo.values():
        today = here.facts.today(NOW).isoformat()
        summary = json.loads(tracker("summary", str(here.trial.id), "--json", "--as-of", today).out)
        assert summary["agenda"]["narrow"]
        matching = [term["matching"] for term in summary["terms"]]
        assert sum(one["differ"] + one["near"] for one in matching)
        assert sum(one["same"] for one in matching)


def test_a_swap_waits_for_parent_a_and_another_was_accepted(demo: dict[str, Here]) -> None:
    found = changes.of_trial(demo["School weeks"].trial.id)
    assert [change.answer for change in found] == [None, "accepted"]
    assert found[0].day > TODAY
    keys = {party.id: party.key for party in demo["School weeks"].parties}
    assert keys[found[0].proposed_by] == "B"


def test_return_sessions_are_planned_and_one_summary_is_released(demo: dict[str, Here]) -> None:
    to_come = {title: return_session.of_trial(here.trial.id) for title, here in demo.items()}
    assert [title for title, one in to_come.items() if one and one.starts_at > NOW] == TITLES[:3]
    assert [title for title, here in demo.items() if release.current(here.trial.id)] == ["First four weeks"]


def test_everybody_sees_what_is_theirs(demo: dict[str, Here]) -> None:
    def titles(name: str) -> list[str]:
        person = persons.by_email(people.address(name))
        assert person is not None
        return [here.trial.title for here in find.all_of_party(person.id)]

    assert titles("parent-a") == titles("parent-b") == ["School weeks", "First four weeks"]
    assert titles("upstairs") == titles("downstairs") == ["Maple Street", "Roof and gutter"]
    assert titles("mediator") == titles("administrator") == []
    administrator = persons.by_email(people.address("administrator"))
    assert administrator is not None
    assert memberships.roles_of(administrator.id) == ["administrator"]


def test_the_same_moment_and_seed_make_the_same_accounts(app: Flask) -> None:
    first = made_anew(NOW)
    assert first == made_anew(NOW)
    assert first != made_anew(NOW, "another seed")


def made_anew(now: datetime, seed: str | None = None) -> list[str]:
    """The exports of a demo in an empty database, which is empty again afterwards."""
    create(now, seed or SEED)
    found = exports()
    empty(db.engine.dialect.name)
    return found


MOMENTS = [
    datetime(2026, 1, 1, 0, 30, tzinfo=UTC),  # still the old year in the demo's zone
    datetime(2026, 3, 8, 9, 0, tzinfo=UTC),  # the morning on which its clocks go forward
    datetime(2026, 4, 1, 3, 59, tzinfo=UTC),  # a minute before its midnight
    datetime(2026, 4, 1, 4, 0, tzinfo=UTC),
    datetime(2026, 11, 1, 5, 30, tzinfo=UTC),  # the hour that comes twice
    datetime(2028, 2, 29, 17, 0, tzinfo=UTC),
]


@pytest.mark.parametrize("now", [*MOMENTS, *(NOW + timedelta(days=n, hours=5 * n) for n in (1, 4))], ids=str)
def test_it_can_be_made_at_any_moment(app: Flask, travel: Callable[[datetime], None], now: datetime) -> None:
    """Every entry passes the same rules as a visitor's, so a moment at which one would not shows here."""
    travel(now)
    create(now)
    demo = everything()
    assert [here.facts.day_number(now) for here in demo.values()] == [9, 17, 30, 28]
    for here in demo.values():
        assert all(row.received_at <= now for row in read.rows(here.trial.id))


def test_it_survives_export_and_import(demo: dict[str, Here], tmp_path: Path) -> None:
    path = tmp_path / "demo.json"
    for here in demo.values():
        text = exported(str(here.trial.id))
        path.write_text(text, encoding="utf-8")
        assert exported(imported(path)) == text


def test_twice_is_refused_and_changes_nothing(demo: dict[str, Here]) -> None:
    before = row_counts()
    with pytest.raises(Refused):
        create(NOW)
    (problem,) = tracker("demo").problems
    assert "already there" in problem
    assert tracker("demo", "--once").status == 0
    assert row_counts() == before


def test_the_command_makes_it(app: Flask) -> None:
    assert tracker("demo").status == 0
    assert list(everything()) == TITLES
    ids = {str(UUID(str(here.trial.id))) for here in everything().values()}
    assert len(ids) == 4
