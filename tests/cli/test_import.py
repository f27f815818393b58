"""`tracker import`: whose the trial is, and what it is afterwards."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import Cast
from tests.cli.command import imported, row_counts, saved, tracker
from tests.conftest import NOW
from tests.interchange.whole import whole
from tracker.cases.model import Case, Party
from tracker.db import db
from tracker.people.model import Programme
from tracker.trials import find
from tracker.trials.here import Here
from tracker.trials.model import Acceptance
from tracker.trials.state import State


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return saved(tmp_path, whole())


def stored(trial: str) -> Here:
    here = find.by_id(UUID(trial))
    assert here is not None
    return here


def test_it_prints_the_id_alone(app: Flask, path: Path) -> None:
    typed = tracker("import", path)
    assert (typed.status, typed.err) == (0, "")
    assert str(UUID(typed.out.strip())) + "\n" == typed.out


def test_the_plan_counts_as_accepted_on_paper_by_both_who_have_not_joined_yet(app: Flask, path: Path) -> None:
    here = stored(imported(path))
    assert here.state(NOW) is State.RUNNING
    acceptances = db.session.scalars(select(Acceptance).where(Acceptance.trial_id == here.trial.id)).all()
    assert [acceptance.on_paper for acceptance in acceptances] == [True, True]
    parties = db.session.scalars(select(Party).order_by(Party.position)).all()
    assert [(party.key, party.name, party.timezone, party.person_id) for party in parties] == [
        ("A", "Parent A", "America/New_York", None),
        ("B", "Parent B", "America/Chicago", None),
    ]


def test_without_a_programme_one_is_made_once(app: Flask, path: Path) -> None:
    imported(path)
    imported(path)
    assert db.session.scalars(select(Programme.name)).all() == ["Meanwhile"]
    assert db.session.scalars(select(Case.mediator_id)).all() == [None, None]


def test_several_programmes_have_to_be_told_apart(cast: Cast, path: Path) -> None:
    before = row_counts()
    assert tracker("import", path).problems == [
        "--programme: say which one, there are several: 'Hillside Mediation', 'Riverside Mediation'"
    ]
    assert tracker("import", path, "--programme", "Riverside").problems == [
        "--programme: no programme is called 'Riverside'"
    ]
    assert row_counts() == before
    here = stored(imported(path, "--programme", "Hillside Mediation"))
    assert here.case.programme_id == cast.other_programme.id


def test_the_only_mediator_of_a_programme_gets_the_case(cast: Cast, path: Path) -> None:
    alone = stored(imported(path, "--programme", "Hillside Mediation"))
    assert alone.case.mediator_id == cast.outsider.id
    one_of_two = stored(imported(path, "--programme", "Riverside Mediation"))
    assert one_of_two.case.mediator_id is None


def test_a_named_mediator_gets_the_case_and_nobody_else_sees_it(cast: Cast, path: Path) -> None:
    here = stored(imported(path, "--mediator", " Mediator@Example.org"))
    assert (here.case.programme_id, here.case.mediator_id) == (cast.programme.id, cast.mediator.id)
    assert find.for_mediator(cast.mediator.id, cast.programme.id, here.trial.id) is not None
    assert find.for_mediator(cast.other_mediator.id, cast.programme.id, here.trial.id) is None


@pytest.mark.parametrize("email", ["parent-a@example.org", "administrator@example.org", "nobody@example.org", "no"])
def test_only_a_mediator_can_get_it(cast: Cast, path: Path, email: str) -> None:
    before = row_counts()
    (problem,) = tracker("import", path, "--programme", "Riverside Mediation", "--mediator", email).problems
    assert problem == f"--mediator: '{email}' is no mediator of 'Riverside Mediation'"
    assert tracker("import", path, "--mediator", email).problems == [f"--mediator: '{email}' is no mediator here"]
    assert row_counts() == before


def test_what_cannot_be_read_is_refused(app: Flask, tmp_path: Path) -> None:
    before = row_counts()
    assert tracker("import", tmp_path / "none.json").problems == [f"{tmp_path}/none.json: No such file or directory"]
    assert tracker("import", tmp_path).problems == [f"{tmp_path}: Is a directory"]
    (tmp_path / "binary").write_bytes(bytes(range(128, 256)))
    assert tracker("import", tmp_path / "binary").problems == ["byte 0: is not UTF-8"]
    (tmp_path / "empty").touch()
    assert len(tracker("import", tmp_path / "empty").problems) == 1
    assert tracker("import", "/dev/zero").problems == ["/dev/zero: is larger than 64 MiB"]
    assert row_counts() == before


def test_every_problem_has_its_line(app: Flask, tmp_path: Path) -> None:
    document = whole() | {"days": 3, "timezone": "Mars"}
    document["observations"][0]["answers"]["terms"]["bedtime"] = "okay"
    problems = tracker("import", saved(tmp_path, document)).problems
    assert [problem.split(":")[0] for problem in problems] == ["days", "timezone"]
    document |= {"days": 28, "timezone": "America/New_York"}
    assert tracker("import", saved(tmp_path, document)).problems == [
        "observations[0].answers.terms.bedtime: 'okay' is not one of kept, partly, not_kept, not_today"
    ]
